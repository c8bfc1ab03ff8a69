import type { Command } from 'commander';
import { cronTicker } from '../../ingest/cron-ticker.ts';
import { SOURCES } from '../../ingest/registry.ts';
import { startScheduler, type Scheduler } from '../../ingest/schedule.ts';
import type { Source } from '../../ingest/source.ts';
import type { Context } from '../context.ts';
import { fetchable } from '../load.ts';
import { type CommonOptions, define, perform } from '../perform.ts';
import { whenAborted } from '../stopping.ts';

export function scheduleCommand(program: Command): void {
  define(
    program,
    'schedule',
    'ask every source at its cadence until stopped; slots missed meanwhile are caught up once',
  ).action((options: CommonOptions) =>
    perform(options, async ({ open, stop, progress, result }) => {
      const context = await open();
      const sources = await fetchable(context, SOURCES);
      const scheduler = scheduleAll(context, sources);
      progress.note(`scheduling ${sources.length} sources`);
      await whenAborted(stop);
      await scheduler.drain();
      result({ stopped: true }, 'stopped');
      return undefined;
    }),
  );
}

/** The scheduler as `tariff schedule` and `tariff start` run it. */
export function scheduleAll(context: Context, sources: readonly Source[]): Scheduler {
  return startScheduler({
    sources,
    deps: context.deps,
    ticker: cronTicker,
    onRun: (report) =>
      context.progress.note(`${report.source}: ${report.state}${report.message === null ? '' : `: ${report.message}`}`),
    onFault: (source, error) =>
      context.progress.note(`${source.id}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`),
  });
}
