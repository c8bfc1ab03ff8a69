import { sql } from 'kysely';
import { KIND_TABLES, type Kind } from './kinds.ts';
import type { Session } from './session.ts';
import { stageTable } from './stage.ts';

/** Reading and rewriting the stored rows of single records: the part of publishing that speaks SQL. */

export interface StoredRow {
  id: number;
  natural_key: string;
  content_hash: string;
  valid_from: string;
  valid_to: string | null;
  known_from: string;
  known_to: string | null;
  stated_by: number;
  introduced_by: number;
  ended_by: number | null;
}

/** What a source was believed to list at `known`: key -> content hash and end; of rows of any date, of those that have no end, or valid on a date. */
export async function believedAt(
  session: Session,
  kind: Kind,
  at: { sourceId: string; known: string; valid: 'ever' | 'open' | { on: string } },
): Promise<Map<string, { hash: string; to: string | null }>> {
  const valid =
    at.valid === 'ever'
      ? sql`true`
      : at.valid === 'open'
        ? sql`valid_to is null`
        : sql`valid_from <= ${at.valid.on}::date and (valid_to is null or valid_to > ${at.valid.on}::date)`;
  // One text instead of 73,000 row objects: a third of the time and of the garbage. Keys hold no control characters (transforms/records.ts).
  const { rows } = await sql<{ listing: string | null }>`
    select string_agg(natural_key || E'\\x1f' || content_hash || E'\\x1f' || coalesce(valid_to::text, ''), E'\\x1e') as listing
    from ${sql.raw(KIND_TABLES[kind].table)}
    where source_id = ${at.sourceId} and known_from <= ${at.known}::timestamptz
      and (known_to is null or known_to > ${at.known}::timestamptz) and ${valid}`.execute(session.db);
  const listing = rows[0]?.listing ?? '';
  const listed = new Map<string, { hash: string; to: string | null }>();
  if (listing === '') return listed;
  for (const entry of listing.split('\x1e')) {
    const [key = '', hash = '', to = ''] = entry.split('\x1f');
    listed.set(key, { hash, to: to === '' ? null : to });
  }
  return listed;
}

/** Every row that was ever believed of the records, closed ones included: the line that publishing works on. */
export async function rowsOfKeys(
  session: Session,
  kind: Kind,
  sourceId: string,
  keys: readonly string[],
): Promise<StoredRow[]> {
  const { table, id } = KIND_TABLES[kind];
  const { rows } = await sql<StoredRow>`
    select ${sql.raw(id)} as id, natural_key, content_hash, valid_from, valid_to, known_from, known_to, stated_by, introduced_by, ended_by
    from ${sql.raw(table)} where source_id = ${sourceId} and natural_key = any(${keys}::text[])
    order by known_from, valid_from`.execute(session.db);
  return rows;
}

/** Keys with a row that begins or ends after `date`: only their timelines can change when a release takes effect before its predecessor. */
export async function keysWithHistoryAfter(
  session: Session,
  kind: Kind,
  sourceId: string,
  date: string,
): Promise<string[]> {
  const { rows } = await sql<{ natural_key: string }>`
    select distinct natural_key from ${sql.raw(KIND_TABLES[kind].table)}
    where source_id = ${sourceId} and (valid_from > ${date}::date or valid_to > ${date}::date)`.execute(session.db);
  return rows.map((row) => row.natural_key);
}

/** Keys of a source that begin with `prefix`, in any row. */
export async function keysUnder(session: Session, kind: Kind, sourceId: string, prefix: string): Promise<string[]> {
  const { rows } = await sql<{ natural_key: string }>`
    select distinct natural_key from ${sql.raw(KIND_TABLES[kind].table)}
    where source_id = ${sourceId} and starts_with(natural_key, ${prefix})`.execute(session.db);
  return rows.map((row) => row.natural_key);
}

/** Content of stored rows as JSON objects without the columns of time, for the change feed. */
export async function storedContent(
  session: Session,
  kind: Kind,
  ids: readonly number[],
): Promise<Map<number, Record<string, unknown>>> {
  const { table, id } = KIND_TABLES[kind];
  const { rows } = await sql<{ id: number; content: Record<string, unknown> }>`
    select t.id, to_jsonb(t) - 'id' - 'content_hash' - 'sort_key' as content
    from (select ${sql.raw(id)} as id, ${sql.raw(KIND_TABLES[kind].columns.join(', '))}, valid_from, valid_to from ${sql.raw(table)}
          where ${sql.raw(id)} = any(${ids}::bigint[])) t`.execute(session.db);
  return new Map(rows.map((row) => [row.id, row.content]));
}

export interface NewRow extends Omit<StoredRow, 'id'> {
  /** Where the content is copied from. */
  stage_id: number | null;
  copy_of: number | null;
}

export interface RowPlan {
  remove: number[];
  /** Rows whose dates of knowledge or provenance change; content and valid time stay. */
  touch: Pick<StoredRow, 'id' | 'known_to' | 'stated_by' | 'introduced_by' | 'ended_by'>[];
  insert: NewRow[];
}

/** Applies a plan: content of new rows is taken from the stage or from a stored row before anything is removed. */
export async function applyPlan(session: Session, kind: Kind, sourceId: string, plan: RowPlan): Promise<void> {
  const { table, id, columns } = KIND_TABLES[kind];
  const content = columns.filter((column) => column !== 'natural_key' && column !== 'content_hash');
  const names = sql.raw(content.join(', '));
  if (plan.insert.length > 0) {
    const rows = sql`jsonb_to_recordset(${JSON.stringify(plan.insert)}::jsonb) as n(natural_key text, content_hash text, valid_from date, valid_to date,
      known_from timestamptz, known_to timestamptz, stated_by bigint, introduced_by bigint, ended_by bigint, stage_id bigint, copy_of bigint)`;
    const times = sql`n.natural_key, n.content_hash, n.valid_from, n.valid_to, n.known_from, n.known_to, n.stated_by, n.introduced_by, n.ended_by`;
    await sql`drop table if exists plan_rows`.execute(session.db);
    await sql`create temporary table plan_rows as
      select ${times}, ${sql.raw(content.map((column) => `s.${column}`).join(', '))}
      from ${rows} join ${sql.raw(stageTable(kind))} s on s.stage_id = n.stage_id
      union all
      select ${times}, ${sql.raw(content.map((column) => `t.${column}`).join(', '))}
      from ${rows} join ${sql.raw(table)} t on t.${sql.raw(id)} = n.copy_of`.execute(session.db);
  }
  if (plan.remove.length > 0) {
    await sql`delete from ${sql.raw(table)} where ${sql.raw(id)} = any(${plan.remove}::bigint[])`.execute(session.db);
  }
  if (plan.touch.length > 0) {
    await sql`update ${sql.raw(table)} t
      set known_to = u.known_to, stated_by = u.stated_by, introduced_by = u.introduced_by, ended_by = u.ended_by
      from jsonb_to_recordset(${JSON.stringify(plan.touch)}::jsonb)
        as u(id bigint, known_to timestamptz, stated_by bigint, introduced_by bigint, ended_by bigint)
      where t.${sql.raw(id)} = u.id`.execute(session.db);
  }
  if (plan.insert.length > 0) {
    await sql`insert into ${sql.raw(table)} (source_id, natural_key, content_hash, valid_from, valid_to, known_from, known_to,
        stated_by, introduced_by, ended_by, ${names})
      select ${sourceId}, natural_key, content_hash, valid_from, valid_to, known_from, known_to,
        stated_by, introduced_by, ended_by, ${names} from plan_rows`.execute(session.db);
  }
}
