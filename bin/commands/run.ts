import type { Command } from 'commander';
import { isOffered } from '../../ingest/offered.ts';
import { type RunReport, runSource } from '../../ingest/run.ts';
import { exitCodeOf, reportTable } from '../load.ts';
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
        const sources = chosenSources(ids, options.all === true);
        const context = await open();
        const reports: RunReport[] = [];
        for (const source of sources) {
          if (stop.aborted) break;
          const deps = context.deps(source);
          const offline = context.env.source !== 'live';
          if (options.all && offline && !(await isOffered(source, deps.fetch, deps.clock().slice(0, 10)))) continue;
          reports.push(
            await runSource(deps, source, { trigger: 'manual', dryRun: options.dryRun === true, accept: options.accept ?? null, stop }),
          );
        }
        result(reports, reportTable(reports));
        return exitCodeOf(reports);
      }),
    );
}
