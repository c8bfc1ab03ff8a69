import { sql } from 'kysely';
import type { Db } from './connect.ts';
import type { Release } from './releases.ts';

/** A release as answers cite it: with the largest of the files it was made from. */
export interface CitedRelease extends Omit<Release, 'run_id' | 'code_version' | 'state_hash'> {
  jurisdiction: string;
  url: string | null;
  sha256: string | null;
}

/** Every release of every source in order of publication. A few hundred rows: answers keep them in memory per dataset version. */
export async function citedReleases(db: Db): Promise<CitedRelease[]> {
  const { rows } = await sql<CitedRelease>`
    select r.release_id, r.source_id, s.jurisdiction, r.label, r.published_at, r.effective_date, r.effective_basis, r.data_as_of,
      r.retrieved_at, r.loaded_at, r.cause, r.corrects, r.scope, r.records, r.added, r.modified, r.removed, f.url, f.sha256
    from release r join source s using (source_id)
    left join lateral (select rs.url, n.sha256 from release_snapshot rs join snapshot n using (snapshot_id)
      where rs.release_id = r.release_id order by n.bytes desc, rs.part limit 1) f on true
    order by r.published_at, r.release_id`.execute(db);
  return rows;
}
