import { sql } from 'kysely';
import type { Db } from './connect.ts';
import { KIND_TABLES, KINDS } from './kinds.ts';

export interface Overlap {
  table: string;
  source_id: string;
  natural_key: string;
  /** Start dates of the two rows. */
  first: string;
  second: string;
}

/** Pairs of currently known rows of one key whose valid times overlap: two laws for one day. There must be none. */
export async function overlappingRows(db: Db, limit = 20): Promise<Overlap[]> {
  const found: Overlap[] = [];
  for (const kind of KINDS) {
    const { table } = KIND_TABLES[kind];
    const { rows } = await sql<Overlap>`
      select ${table} as "table", source_id, natural_key, previous_from::text as first, valid_from::text as second from (
        select source_id, natural_key, valid_from,
          lag(valid_from) over w as previous_from, lag(valid_to) over w as previous_to, row_number() over w as nth
        from ${sql.raw(table)} where known_to is null
        window w as (partition by source_id, natural_key order by valid_from)
      ) dated where nth > 1 and (previous_to is null or previous_to > valid_from) limit ${limit}`.execute(db);
    found.push(...rows);
  }
  return found;
}
