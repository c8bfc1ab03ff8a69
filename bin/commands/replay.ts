import type { Command } from 'commander';
import { replaySource } from '../../ingest/replay.ts';
import type { RunReport } from '../../ingest/attempt.ts';
import { type AcceptOptions, acceptanceOf, acceptOptions } from '../accept.ts';
import { CommandFailure, EXIT } from '../exit-codes.ts';
import { exitCodeOf, reportTable } from '../load.ts';
import { type CommonOptions, define, perform } from '../perform.ts';
import { chosenSources } from '../sources-of.ts';

interface Options extends CommonOptions, AcceptOptions {
  all?: boolean;
  from?: string;
  dryRun?: boolean;
}

export function replayCommand(program: Command): void {
  acceptOptions(
    define(
      program,
      'replay',
      'parse the kept bytes again with the code of today; what differs is published as our correction',
    ),
  )
    .argument('[sources...]', 'source ids')
    .option('--all', 'every source')
    .option('--from <label>', 'first edition')
    .option('--dry-run', 'stop before publishing and say what would change')
    .action((ids: string[], options: Options) =>
      perform(options, async ({ open, stop, result }) => {
        const sources = chosenSources(ids, options.all === true);
        const accept = acceptanceOf(options, sources.length);
        const context = await open();
        const reports: RunReport[] = [];
        for (const source of sources) {
          if (stop.aborted) break;
          reports.push(
            await replaySource(context.deps(source), source, {
              from: options.from,
              dryRun: options.dryRun === true,
              accept,
              stop,
            }).catch((error: unknown) => {
              if (error instanceof RangeError)
                throw new CommandFailure(EXIT.notFound, `${source.id}: ${error.message}`);
              throw error;
            }),
          );
        }
        result(reports, reportTable(reports));
        return exitCodeOf(reports);
      }),
    );
}
