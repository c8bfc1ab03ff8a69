import { sql } from 'kysely';
import type { Db } from './connect.ts';
import type { Kind } from './kinds.ts';

export interface ChangeRow {
  op: 'add' | 'modify' | 'remove';
  kinds: string[];
  natural_key: string;
  code: string | null;
  fields: string[];
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
}

export async function insertChanges(
  db: Db,
  releaseId: number,
  kind: Kind,
  changes: readonly ChangeRow[],
): Promise<void> {
  if (changes.length === 0) return;
  await sql`insert into change (release_id, entity, op, kinds, natural_key, code, fields, before, after)
    select ${releaseId}, ${kind}, c.op, c.kinds, c.natural_key, c.code, c.fields, c.before, c.after
    from jsonb_to_recordset(${JSON.stringify(changes)}::jsonb)
      as c(op text, kinds text[], natural_key text, code text, fields text[], before jsonb, after jsonb)`.execute(db);
}

/** Change rows are relative to the predecessor: when a release is spliced in, its successor's rows for these keys are void. */
export async function deleteChanges(db: Db, releaseId: number, kind: Kind, keys: readonly string[]): Promise<void> {
  await sql`delete from change where release_id = ${releaseId} and entity = ${kind} and natural_key = any(${keys}::text[])`.execute(
    db,
  );
}

/** What a release says of itself: records that came, changed and went. Zeros for a release without change rows. */
export async function countChanges(
  db: Db,
  releaseId: number,
): Promise<{ added: number; modified: number; removed: number }> {
  const { rows } = await sql<{ added: number; modified: number; removed: number }>`
    select count(*) filter (where op = 'add')::int as added, count(*) filter (where op = 'modify')::int as modified,
      count(*) filter (where op = 'remove')::int as removed
    from change where release_id = ${releaseId}`.execute(db);
  return rows[0] ?? { added: 0, modified: 0, removed: 0 };
}
