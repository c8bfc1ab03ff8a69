import type { Command } from 'commander';
import { notPublished, type RunReport, runSource } from '../../ingest/run.ts';
import { exitCodeOf, fetchable, reportTable } from '../load.ts';
import { type CommonOptions, define, perform } from '../perform.ts';
import { chosenSources } from '../sources-of.ts';

interface Options extends CommonOptions {
  all?: boolean;
  dryRun?: boolean;
  accept?: string;
}

export function runCommand(program: Command): void {
  define(program, 'run', 'ask publishers for news now and publish it')
    .argument('[sources...]', 'source ids')
    .option('--all', 'every source that can be fetched')
    .option('--dry-run', 'stop before publishing and say what would change')
    .option('--accept <reason>', 'publish in spite of violated expectations; the reason is kept with the run')
    .action((ids: string[], options: Options) =>
      perform(options, async ({ open, stop, result }) => {
        const chosen = chosenSources(ids, options.all === true);
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
              accept: options.accept ?? null,
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
