import { sql } from 'kysely';
import type { Db } from './connect.ts';
import { KIND_TABLES, type Kind } from './kinds.ts';

/** A record with its dates, as stored; column names are those of the table. */
export type KnownRow = Record<string, unknown> & { natural_key: string };

const PAGE = 5000;
const DATES = ['valid_from', 'valid_to', 'known_from', 'known_to', 'stated_by', 'introduced_by', 'ended_by'];

/**
 * Records of a source in key order: the law `on` a date (null: all dates), as `known` at an instant (null: now). Read in pages by key,
 * so memory stays flat and no transaction stays open while a slow reader reads.
 */
export async function* knownRows(
  db: Db,
  kind: Kind,
  at: { sourceId: string; on: string | null; known: string | null },
): AsyncGenerator<KnownRow> {
  const { table, id } = KIND_TABLES[kind];
  const columns = [...KIND_TABLES[kind].columns, ...DATES].join(', ');
  const known =
    at.known === null
      ? sql`known_to is null`
      : sql`known_from <= ${at.known}::timestamptz and (known_to is null or known_to > ${at.known}::timestamptz)`;
  const valid =
    at.on === null ? sql`true` : sql`valid_from <= ${at.on}::date and (valid_to is null or valid_to > ${at.on}::date)`;
  let last: { key: string; id: number } = { key: '', id: 0 };
  for (;;) {
    const { rows } = await sql<KnownRow & { row_id: number }>`
      select ${sql.raw(id)} as row_id, ${sql.raw(columns)} from ${sql.raw(table)}
      where source_id = ${at.sourceId} and ${known} and ${valid} and (natural_key, ${sql.raw(id)}) > (${last.key}, ${last.id})
      order by natural_key, ${sql.raw(id)} limit ${PAGE}`.execute(db);
    for (const { row_id: rowId, ...row } of rows) {
      last = { key: row.natural_key, id: rowId };
      yield row;
    }
    if (rows.length < PAGE) return;
  }
}
