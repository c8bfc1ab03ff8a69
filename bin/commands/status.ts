import type { Command } from 'commander';
import { type SourceState, sourceStates } from '../../db/status.ts';
import { nextSlot } from '../../ingest/cadence.ts';
import { SOURCES } from '../../ingest/registry.ts';
import type { Source } from '../../ingest/source.ts';
import { freshness } from '../../transforms/freshness.ts';
import { type CommonOptions, define, perform } from '../perform.ts';
import { textTable } from '../tables.ts';

export function statusCommand(program: Command): void {
  define(program, 'status', 'every source: newest release, its age against the promise, last and next run, what is held back').action(
    (options: CommonOptions) =>
      perform(options, async ({ open, result }) => {
        const { database, clock, env } = await open();
        const rows = new Map((await sourceStates(database.db)).map((row) => [row.source_id, row]));
        const now = clock();
        const value = SOURCES.map((source) => statusOf(source, rows.get(source.id) ?? null, now));
        const table = textTable(
          ['source', 'release', 'as of', 'age', 'promise', '', 'last run', 'state', 'next run', 'held back', 'issues'],
          value.map((status) => [
            status.source,
            status.release?.label ?? null,
            status.release?.data_as_of ?? null,
            status.age_days,
            status.promised_days,
            status.release === null ? 'not loaded' : status.stale ? 'stale' : 'fresh',
            minute(status.last_run?.started_at ?? null),
            status.last_run?.state ?? null,
            minute(status.next_run_at),
            status.quarantined,
            status.warnings + status.errors,
          ]),
        );
        const held = value.filter((status) => status.last_run?.state === 'quarantined' || status.last_run?.state === 'failed');
        const notes = held.map((status) => `${status.source}: ${status.last_run?.state ?? ''}: ${status.last_run?.message ?? ''}`);
        result({ source: env.source, now, sources: value }, [table, ...notes].join('\n'));
        return undefined;
      }),
  );
}

/** One source as `tariff status` shows it. */
export function statusOf(source: Source, row: SourceState | null, now: string) {
  const { cadence } = source;
  return {
    source: source.id,
    title: source.title,
    release:
      row?.label == null
        ? null
        : { release_id: row.release_id, label: row.label, published_at: row.published_at, data_as_of: row.data_as_of, releases: row.releases },
    ...freshness(row?.data_as_of ?? null, cadence.staleAfter, now),
    cadence,
    last_run:
      row?.run_state == null
        ? null
        : { run_id: row.run_id, state: row.run_state, started_at: row.run_started_at, finished_at: row.run_finished_at, message: row.run_message },
    next_run_at: nextSlot(cadence, now),
    quarantined: row?.quarantines ?? 0,
    warnings: row?.warnings ?? 0,
    errors: row?.errors ?? 0,
  };
}

function minute(instant: string | null): string | null {
  return instant === null ? null : `${instant.slice(0, 16).replace('T', ' ')}Z`;
}
