import type { Command } from 'commander';
import type { RunReport } from '../../ingest/attempt.ts';
import { notPublished, runSource } from '../../ingest/run.ts';
import { type AcceptOptions, acceptanceOf, acceptOptions } from '../accept.ts';
import { exitCodeOf, fetchable, reportTable } from '../load.ts';
import { type CommonOptions, define, perform } from '../perform.ts';
import { chosenSources } from '../sources-of.ts';

interface Options extends CommonOptions, AcceptOptions {
  all?: boolean;
  dryRun?: boolean;
}

export function runCommand(program: Command): void {
  acceptOptions(define(program, 'run', 'ask publishers for news now and publish it'))
    .argument('[sources...]', 'source ids')
    .option('--all', 'every source that can be fetched')
    .option('--dry-run', 'stop before publishing and say what would change')
    .action((ids: string[], options: Options) =>
      perform(options, async ({ open, stop, result }) => {
        const chosen = chosenSources(ids, options.all === true);
        const accept = acceptanceOf(options, chosen.length);
        const context = await open();
        const sources = options.all ? await fetchable(context, chosen) : chosen;
        // A mirror holds a finite set of editions: all of them; live, the newest (tariff backfill loads the rest).
        const select = options.all && context.env.source !== 'live' ? { select: notPublished } : {};
        const reports: RunReport[] = [];
        for (const source of sources) {
          if (stop.aborted) break;
          reports.push(
            await runSource(context.deps(source), source, {
              trigger: 'manual',
              dryRun: options.dryRun === true,
              accept,
              stop,
              ...select,
            }),
          );
        }
        result(reports, reportTable(reports));
        return exitCodeOf(reports);
      }),
    );
}
