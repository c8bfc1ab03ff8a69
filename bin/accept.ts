import type { Command } from 'commander';
import type { Acceptance } from '../ingest/acceptance.ts';
import { CommandFailure, EXIT } from './exit-codes.ts';

export interface AcceptOptions {
  accept?: string;
  reason?: string;
}

/** The two options of every command that publishes. */
export function acceptOptions(command: Command): Command {
  return command
    .option(
      '--accept <edition=expectation,…>',
      'publish this edition although it violates these expectations (2026HTSRev11=mass-removal); needs --reason',
    )
    .option('--reason <text>', 'who accepts it and why; kept with the run');
}

/**
 * '2026HTSRev11=mass-removal,size' with its reason: one edition of one source, and each violated expectation by the name under which the
 * run reports it. Null without the option. Throws CommandFailure 'usage'.
 */
export function acceptanceOf({ accept, reason }: AcceptOptions, sources = 1): Acceptance | null {
  if (accept === undefined) {
    if (reason !== undefined) throw new CommandFailure(EXIT.usage, '--reason goes with --accept');
    return null;
  }
  const cut = accept.lastIndexOf('=');
  const edition = accept.slice(0, Math.max(cut, 0)).trim();
  const expectations = accept
    .slice(cut + 1)
    .split(',')
    .map((code) => code.trim());
  if (edition === '' || !expectations.every((code) => /^[a-z][a-z-]*$/.test(code))) {
    const form =
      'EDITION=EXPECTATION[,EXPECTATION], as 2026HTSRev11=mass-removal: the names stand in the report of the run';
    throw new CommandFailure(EXIT.usage, `--accept takes ${form} (it is '${accept}')`);
  }
  if (reason === undefined || reason.trim() === '')
    throw new CommandFailure(EXIT.usage, '--accept needs --reason: who accepts it and why');
  if (sources > 1)
    throw new CommandFailure(EXIT.usage, '--accept names an edition of one source: name that source only');
  return { edition, expectations, reason: reason.trim() };
}
