import type { Command } from 'commander';
import { type SourceStatus, statusOfSources } from '../../answers/status.ts';
import { nextSlot } from '../../ingest/cadence.ts';
import { SOURCES } from '../../ingest/registry.ts';
import type { Source } from '../../ingest/source.ts';
import { durationDays } from '../../transforms/dates.ts';
import type { Context } from '../context.ts';
import { type CommonOptions, define, perform } from '../perform.ts';
import { textTable } from '../tables.ts';

export function statusCommand(program: Command): void {
  define(
    program,
    'status',
    'every source: newest release, its age against the promise, last and next run, what is held back',
  ).action((options: CommonOptions) =>
    perform(options, async ({ open, result }) => {
      const context = await open();
      const statuses = await scheduledStatuses(context);
      const table = textTable(
        [
          'source',
          'release',
          'as of',
          'days',
          'promise',
          'state',
          'last run',
          'ended',
          'next run',
          'held back',
          'issues',
        ],
        statuses.map((status) => [
          status.id,
          status.last_release?.label ?? null,
          status.last_release?.data_as_of ?? null,
          status.last_release?.age_days ?? null,
          durationDays(status.cadence.staleAfter),
          status.last_release === null ? 'not loaded' : status.stale ? 'stale' : 'fresh',
          minute(status.last_run?.started_at ?? null),
          status.last_run?.state ?? null,
          minute(status.next_run_at),
          status.quarantines,
          status.open_issues.errors + status.open_issues.warnings,
        ]),
      );
      const notes = statuses.flatMap(({ id, last_run: run }) =>
        run?.state === 'quarantined' || run?.state === 'failed' ? [`${id}: ${run.state}: ${run.message ?? ''}`] : [],
      );
      result({ source: context.env.source, now: context.clock(), sources: statuses }, [table, ...notes].join('\n'));
      return undefined;
    }),
  );
}

/** A source as GET /status shows it, with its cadence and the next slot; also one that nothing was ever asked of. */
export interface ScheduledStatus extends SourceStatus {
  cadence: Source['cadence'];
  next_run_at: string | null;
}

export async function scheduledStatuses({
  database,
  clock,
}: Pick<Context, 'database' | 'clock'>): Promise<ScheduledStatus[]> {
  const now = clock();
  const known = new Map((await statusOfSources(database, now.slice(0, 10))).map((status) => [status.id, status]));
  return SOURCES.map((source) => ({
    ...(known.get(source.id) ?? never(source)),
    cadence: source.cadence,
    next_run_at: nextSlot(source.cadence, now),
  }));
}

function never({ id, jurisdiction, title }: Source): SourceStatus {
  const none = { releases: 0, last_release: null, fresh_until: null, stale: true, last_run: null, quarantines: 0 };
  return { id, jurisdiction, title, ...none, open_issues: { errors: 0, warnings: 0 } };
}

function minute(instant: string | null): string | null {
  return instant === null ? null : `${instant.slice(0, 16).replace('T', ' ')}Z`;
}
