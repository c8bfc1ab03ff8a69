import type { Command } from 'commander';
import { SOURCES } from '../../ingest/registry.ts';
import type { Context } from '../context.ts';
import { type Loaded, loadSources } from '../load.ts';
import { type CommonOptions, define, perform } from '../perform.ts';
import { startServer } from '../server.ts';
import { whenAborted } from '../stopping.ts';
import { scheduleAll } from './schedule.ts';
import { thingsToTry } from './things-to-try.ts';

export function startCommand(program: Command): void {
  define(program, 'start', 'migrate, load, schedule and serve: everything in one process').action(
    (options: CommonOptions) =>
      perform(options, async ({ open, stop, progress, result, json }) => {
        const context = await open();
        // The sample takes seconds, so the first answer is already a whole one; a mirror or the live sites take minutes, and what is loaded
        // so far is answered meanwhile (/ready and /status say how far that is).
        let loaded = context.env.source === 'sample' ? await load(context) : null;
        const server = await startServer(context);
        result(
          { url: server.url, source: context.env.source, loaded: loaded && summary(loaded) },
          thingsToTry(server.url, context.env.source),
        );
        loaded ??= await load(context);
        const { absent } = loaded;
        const scheduler = stop.aborted
          ? null
          : scheduleAll(
              context,
              SOURCES.filter((source) => !absent.includes(source.id)),
            );
        if (!json) progress.note(`serving ${server.url}; Ctrl-C stops`);
        await whenAborted(stop);
        await scheduler?.drain();
        await server.close();
        return undefined;
      }),
  );
}

async function load(context: Context): Promise<Loaded> {
  context.progress.note(`loading (${context.env.source})`);
  const loaded = await loadSources(context, SOURCES);
  const { published, failed } = summary(loaded);
  const trouble = failed.length > 0 ? `; not loaded: ${failed.join(', ')} (tariff status says why)` : '';
  context.progress.note(
    `${loaded.reports.length} sources asked, ${published} new releases, ${loaded.absent.length} sources not in the ${context.env.source}, ${loaded.seconds.toFixed(1)} s${trouble}`,
  );
  return loaded;
}

function summary({ reports, absent, seconds }: Loaded) {
  const published = reports.reduce(
    (sum, report) => sum + report.outcomes.filter((outcome) => outcome.state === 'published').length,
    0,
  );
  const failed = reports
    .filter((report) => report.state === 'failed' || report.state === 'quarantined')
    .map((report) => report.source);
  return { sources: reports.length, published, failed, absent, seconds };
}
