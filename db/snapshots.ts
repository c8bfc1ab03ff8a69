import { sql } from 'kysely';
import type { Db } from './connect.ts';

export type DownloadOutcome = 'changed' | 'unchanged' | 'not-modified' | 'failed';

/** Remembers bytes by their hash; the same bytes are one row. */
export async function keepSnapshot(
  db: Db,
  snapshot: { sha256: string; bytes: number; mediaType: string; now: string },
): Promise<number> {
  const { rows } = await sql<{ snapshot_id: number }>`
    insert into snapshot (sha256, bytes, media_type, first_seen)
    values (${snapshot.sha256}, ${snapshot.bytes}, ${snapshot.mediaType}, ${snapshot.now})
    on conflict (sha256) do update set sha256 = excluded.sha256 returning snapshot_id`.execute(db);
  const [row] = rows;
  if (!row) throw new Error('insert into snapshot returned no row');
  return row.snapshot_id;
}

/** One row per part that was asked for, whatever came of it; `snapshotId` null when no bytes were kept. */
export async function recordDownload(
  db: Db,
  download: {
    runId: number;
    sourceId: string;
    edition: string;
    part: string;
    url: string;
    outcome: DownloadOutcome;
    status: number | null;
    etag: string | null;
    lastModified: string | null;
    snapshotId: number | null;
    now: string;
  },
): Promise<void> {
  await sql`insert into download (run_id, source_id, edition, part, url, outcome, status, etag, last_modified, snapshot_id, requested_at)
    values (${download.runId}, ${download.sourceId}, ${download.edition}, ${download.part}, ${download.url}, ${download.outcome},
      ${download.status}, ${download.etag}, ${download.lastModified}, ${download.snapshotId}, ${download.now})`.execute(
    db,
  );
}

export interface LastDownload {
  url: string;
  part: string;
  edition: string;
  etag: string | null;
  last_modified: string | null;
  snapshot_id: number;
  sha256: string;
}

/** The newest kept answer per url of a source: its validators make the next request conditional. */
export async function lastDownloads(db: Db, sourceId: string): Promise<Map<string, LastDownload>> {
  const { rows } = await sql<LastDownload>`
    select distinct on (d.url) d.url, d.part, d.edition, d.etag, d.last_modified, d.snapshot_id, s.sha256
    from download d join snapshot s using (snapshot_id)
    where d.source_id = ${sourceId} and d.outcome in ('changed', 'unchanged')
    order by d.url, d.download_id desc`.execute(db);
  return new Map(rows.map((row) => [row.url, row]));
}

/** Every kept file, for verification. */
export async function allSnapshots(db: Db): Promise<{ sha256: string; bytes: number }[]> {
  const { rows } = await sql<{
    sha256: string;
    bytes: number;
  }>`select sha256, bytes from snapshot order by snapshot_id`.execute(db);
  return rows;
}
