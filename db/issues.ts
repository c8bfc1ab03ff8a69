import { sql } from 'kysely';
import type { Db } from './connect.ts';

export interface IssueRow {
  severity: 'info' | 'warning' | 'error';
  code: string;
  message: string;
  place: Record<string, string | number | null>;
}

/** Keeps what a run found; `releaseId` null when nothing was published. */
export async function insertIssues(
  db: Db,
  about: { sourceId: string; runId: number; releaseId: number | null },
  issues: readonly IssueRow[],
): Promise<void> {
  if (issues.length === 0) return;
  await sql`insert into issue (source_id, run_id, release_id, severity, code, message, place)
    select ${about.sourceId}, ${about.runId}, ${about.releaseId}, i.severity, i.code, i.message, coalesce(i.place, '{}')
    from jsonb_to_recordset(${JSON.stringify(issues)}::jsonb) as i(severity text, code text, message text, place jsonb)`.execute(
    db,
  );
}

/** The first `limit` issues of a release, in the order in which they were found. */
export async function issuesOfRelease(db: Db, releaseId: number, limit = 200): Promise<IssueRow[]> {
  const { rows } = await sql<IssueRow>`select severity, code, message, place from issue
    where release_id = ${releaseId} order by issue_id limit ${limit}`.execute(db);
  return rows;
}
