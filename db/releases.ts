import { sql } from 'kysely';
import type { Db } from './connect.ts';

/** A published version of a source. */
export interface Release {
  release_id: number;
  source_id: string;
  run_id: number;
  label: string;
  published_at: string;
  effective_date: string;
  effective_basis: string | null;
  data_as_of: string;
  retrieved_at: string;
  loaded_at: string;
  cause: 'publisher' | 'parser' | 'correction';
  corrects: number | null;
  scope: ReleaseScope;
  code_version: string;
  state_hash: string;
  records: number;
  added: number;
  modified: number;
  removed: number;
}

/** What a release speaks about: families and codes it covers, holes in them, and keys it is silent about. */
export interface ReleaseScope {
  families: readonly string[];
  codes?: readonly string[];
  partial?: Readonly<Record<string, string>>;
  /** Declared families of which the release holds nothing at all. */
  absent?: readonly string[];
  /** Families that the release states as of an earlier date than the rest of it. */
  as_of?: Readonly<Record<string, string>>;
  silent?: readonly { kind: string; prefix: string; stated: readonly string[] }[];
}

/** All releases of a source in order of publication. */
export async function releasesOf(db: Db, sourceId: string): Promise<Release[]> {
  const { rows } =
    await sql<Release>`select * from release where source_id = ${sourceId} order by published_at`.execute(db);
  return rows;
}

/** The id of the new release. Ids commit in order only under the lock 'release'. */
export async function insertRelease(db: Db, release: Omit<Release, 'release_id'>): Promise<number> {
  const { rows } = await sql<{ release_id: number }>`
    insert into release (source_id, run_id, label, published_at, effective_date, effective_basis, data_as_of, retrieved_at, loaded_at,
      cause, corrects, scope, code_version, state_hash, records, added, modified, removed)
    values (${release.source_id}, ${release.run_id}, ${release.label}, ${release.published_at}, ${release.effective_date},
      ${release.effective_basis}, ${release.data_as_of}, ${release.retrieved_at}, ${release.loaded_at}, ${release.cause},
      ${release.corrects}, ${JSON.stringify(release.scope)}::jsonb, ${release.code_version}, ${release.state_hash}, ${release.records},
      ${release.added}, ${release.modified}, ${release.removed})
    returning release_id`.execute(db);
  const [row] = rows;
  if (!row) throw new Error('insert into release returned no row');
  return row.release_id;
}

/** Counts follow from the change rows; splicing an older release in changes those of its successor. */
export async function setReleaseCounts(
  db: Db,
  releaseId: number,
  counts: { added: number; modified: number; removed: number },
): Promise<void> {
  await sql`update release set added = ${counts.added}, modified = ${counts.modified}, removed = ${counts.removed}
    where release_id = ${releaseId}`.execute(db);
}

/** Which kept bytes a release was made from, by part; `url` is where they came from for this release. */
export async function linkSnapshots(
  db: Db,
  releaseId: number,
  parts: readonly { part: string; snapshotId: number; url: string }[],
): Promise<void> {
  for (const part of parts) {
    await sql`insert into release_snapshot (release_id, part, snapshot_id, url)
      values (${releaseId}, ${part.part}, ${part.snapshotId}, ${part.url})`.execute(db);
  }
}

/** Other labels of the source whose `part` has the same bytes: the publisher may have filed one edition under another's name. */
export async function labelsWithSameBytes(
  db: Db,
  releaseId: number,
): Promise<{ part: string; label: string; release_id: number }[]> {
  const { rows } = await sql<{ part: string; label: string; release_id: number }>`
    select mine.part, r.label, r.release_id
    from release_snapshot mine
    join release_snapshot other on other.snapshot_id = mine.snapshot_id and other.part = mine.part and other.release_id <> mine.release_id
    join release me on me.release_id = mine.release_id
    join release r on r.release_id = other.release_id and r.source_id = me.source_id and r.label <> me.label
    where mine.release_id = ${releaseId} order by r.published_at`.execute(db);
  return rows;
}

/** The earliest release of a source under another label whose `part` is these bytes; asked before an edition is published. */
export async function releaseOfBytes(
  db: Db,
  sourceId: string,
  bytes: { part: string; sha256: string; otherThan: string },
): Promise<{ release_id: number; label: string } | null> {
  const { rows } = await sql<{ release_id: number; label: string }>`
    select r.release_id, r.label
    from snapshot s
    join release_snapshot rs on rs.snapshot_id = s.snapshot_id and rs.part = ${bytes.part}
    join release r on r.release_id = rs.release_id and r.source_id = ${sourceId} and r.label <> ${bytes.otherThan}
    where s.sha256 = ${bytes.sha256} order by r.published_at limit 1`.execute(db);
  return rows[0] ?? null;
}

/** Bytes a release was made from. */
export async function snapshotsOfRelease(
  db: Db,
  releaseId: number,
): Promise<{ part: string; url: string; sha256: string; bytes: number; media_type: string }[]> {
  const { rows } = await sql<{ part: string; url: string; sha256: string; bytes: number; media_type: string }>`
    select rs.part, rs.url, s.sha256, s.bytes, s.media_type
    from release_snapshot rs join snapshot s using (snapshot_id) where rs.release_id = ${releaseId} order by rs.part`.execute(
    db,
  );
  return rows;
}

/** The newest release id in load order: the version that current answers are given from. Null on an empty database. */
export async function datasetVersion(db: Db): Promise<number | null> {
  const { rows } = await sql<{ version: number | null }>`select max(release_id) as version from release`.execute(db);
  return rows[0]?.version ?? null;
}
