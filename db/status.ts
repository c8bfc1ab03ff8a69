import { sql } from 'kysely';
import type { Db } from './connect.ts';
import type { RunState } from './runs.ts';

/** How a source stands: its newest release by publication, its last run, and what is open. */
export interface SourceState {
  source_id: string;
  jurisdiction: string;
  title: string;
  manifest: Record<string, unknown>;
  release_id: number | null;
  label: string | null;
  published_at: string | null;
  data_as_of: string | null;
  loaded_at: string | null;
  releases: number;
  run_id: number | null;
  run_state: RunState | null;
  run_message: string | null;
  run_started_at: string | null;
  run_finished_at: string | null;
  /** Runs held back since the last one that published or found nothing new. */
  quarantines: number;
  /** Issues of the newest release, and of runs that published nothing after it. */
  warnings: number;
  errors: number;
}

/** Every registered source, loaded or not. */
export async function sourceStates(db: Db): Promise<SourceState[]> {
  const { rows } = await sql<SourceState>`
    select s.source_id, s.jurisdiction, s.title, s.manifest,
      r.release_id, r.label, r.published_at, r.data_as_of, r.loaded_at,
      (select count(*)::int from release a where a.source_id = s.source_id) as releases,
      l.run_id, l.state as run_state, l.message as run_message, l.started_at as run_started_at, l.finished_at as run_finished_at,
      (select count(*)::int from run q where q.source_id = s.source_id and q.state = 'quarantined'
        and q.run_id > coalesce((select max(g.run_id) from run g where g.source_id = s.source_id and g.state in ('published', 'unchanged')), 0)) as quarantines,
      i.warnings, i.errors
    from source s
    left join lateral (select * from release a where a.source_id = s.source_id order by a.published_at desc limit 1) r on true
    left join lateral (select * from run a where a.source_id = s.source_id order by a.run_id desc limit 1) l on true
    left join lateral (select count(*) filter (where severity = 'warning')::int as warnings, count(*) filter (where severity = 'error')::int as errors
      from issue a where a.source_id = s.source_id
        and (a.release_id = r.release_id or (a.release_id is null and a.run_id > coalesce(r.run_id, 0)))) i on true
    order by s.source_id`.execute(db);
  return rows;
}
