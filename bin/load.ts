import { isOffered } from '../ingest/offered.ts';
import type { RunReport } from '../ingest/attempt.ts';
import { notPublished, runSource } from '../ingest/run.ts';
import type { Source } from '../ingest/source.ts';
import type { Context } from './context.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { textTable } from './tables.ts';

/** The sources that can be asked here: on live HTTP all, of a mirror or the sample those it has something of. */
export async function fetchable(context: Context, sources: readonly Source[]): Promise<readonly Source[]> {
  if (context.env.source === 'live') return sources;
  const found: Source[] = [];
  for (const source of sources) {
    const deps = context.deps(source);
    if (await isOffered(source, deps.fetch, deps.clock().slice(0, 10))) found.push(source);
  }
  return found;
}

export interface Loaded {
  reports: RunReport[];
  /** Sources of which the mirror or sample has nothing. */
  absent: string[];
  seconds: number;
}

/**
 * Brings sources up to date, one after the other. A mirror and the sample hold a finite set of editions: all that are not published yet are
 * loaded, so that questions about earlier dates are answered. Live, the newest is enough to begin with; `tariff backfill` loads the rest.
 */
export async function loadSources(context: Context, sources: readonly Source[]): Promise<Loaded> {
  const started = Date.now();
  const offline = context.env.source !== 'live';
  const reports: RunReport[] = [];
  const offered = await fetchable(context, sources);
  const absent = sources.filter((source) => !offered.includes(source)).map((source) => source.id);
  for (const source of offered) {
    if (context.stop.aborted) break;
    reports.push(
      await runSource(context.deps(source), source, {
        trigger: 'manual',
        stop: context.stop,
        ...(offline ? { select: notPublished } : {}),
      }),
    );
  }
  return { reports, absent, seconds: (Date.now() - started) / 1000 };
}

export function reportTable(reports: readonly RunReport[]): string {
  return textTable(
    ['source', 'state', 'published', 'records in', 'message'],
    reports.map((report) => {
      const published = report.outcomes.filter((outcome) => outcome.state === 'published');
      const rows = published.reduce((sum, outcome) => sum + outcome.published.added + outcome.published.modified, 0);
      return [report.source, report.busy ? 'busy' : report.state, published.length, rows, report.message ?? ''];
    }),
  );
}

/** The worst of several runs decides. */
export function exitCodeOf(reports: readonly RunReport[]): ExitCode {
  if (reports.some((report) => report.state === 'failed' && !report.busy)) return EXIT.failure;
  if (reports.some((report) => report.state === 'quarantined')) return EXIT.quarantined;
  if (reports.some((report) => report.busy)) return EXIT.busy;
  return EXIT.ok;
}
