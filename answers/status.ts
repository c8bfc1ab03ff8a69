import type { Database } from '../db/connect.ts';
import { type SourceState, sourceStates } from '../db/status.ts';
import { addDays, daysBetween, durationDays, type Instant, type PlainDate } from '../transforms/dates.ts';

export interface SourceStatus {
  id: string;
  jurisdiction: string;
  title: string;
  releases: number;
  last_release: {
    id: number;
    label: string;
    published_at: Instant;
    data_as_of: PlainDate;
    loaded_at: Instant;
    /** Whole days from data_as_of to today. */
    age_days: number;
  } | null;
  /** Nothing newer than this date is expected to be missing; null when the source is empty or names no limit. */
  fresh_until: PlainDate | null;
  /** True when fresh_until has passed, or when there is no release at all. */
  stale: boolean;
  last_run: {
    id: number;
    state: string;
    message: string | null;
    started_at: Instant;
    finished_at: Instant | null;
  } | null;
  /** Editions held back since the last run that went through. */
  quarantines: number;
  open_issues: { errors: number; warnings: number };
}

/** How every source stands on `today`. */
export async function statusOfSources(database: Database, today: PlainDate): Promise<SourceStatus[]> {
  return (await sourceStates(database.db)).map((state) => statusOf(state, today));
}

function statusOf(state: SourceState, today: PlainDate): SourceStatus {
  const { release_id, label, published_at, data_as_of, loaded_at, run_id, run_state, run_started_at } = state;
  const limit = staleAfter(state.manifest);
  const freshUntil = data_as_of !== null && limit !== null ? addDays(data_as_of, durationDays(limit)) : null;
  const released =
    release_id !== null && label !== null && published_at !== null && data_as_of !== null && loaded_at !== null;
  return {
    id: state.source_id,
    jurisdiction: state.jurisdiction,
    title: state.title,
    releases: state.releases,
    last_release: released
      ? { id: release_id, label, published_at, data_as_of, loaded_at, age_days: daysBetween(data_as_of, today) }
      : null,
    fresh_until: freshUntil,
    stale: !released || (freshUntil !== null && today > freshUntil),
    last_run:
      run_id === null || run_state === null || run_started_at === null
        ? null
        : {
            id: run_id,
            state: run_state,
            message: state.run_message,
            started_at: run_started_at,
            finished_at: state.run_finished_at,
          },
    quarantines: state.quarantines,
    open_issues: { errors: state.errors, warnings: state.warnings },
  };
}

function staleAfter(manifest: Record<string, unknown>): string | null {
  const cadence = manifest['cadence'];
  if (typeof cadence !== 'object' || cadence === null || !('staleAfter' in cadence)) return null;
  return typeof cadence.staleAfter === 'string' ? cadence.staleAfter : null;
}
