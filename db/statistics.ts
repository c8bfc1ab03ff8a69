import { sql } from 'kysely';
import type { Db } from './connect.ts';

/** The share of a table past which new rows change what the planner should know: autovacuum's own bound. */
const SHARE = 0.1;

/**
 * Tells the planner about freshly loaded records, inside the transaction that loads them. Autovacuum would do so within minutes; until
 * then lookups in a first load were planned as for an empty table: 5 ms instead of 0.3 (test/real/lookup.test.ts). Only tables that grew by
 * a tenth since they were last looked at: sampling all three for each of 36 product lists took 90 s of a full load, for a few hundred rows each.
 */
export async function refreshStatistics(db: Db): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    select loading.relname as name
    from pg_stat_xact_user_tables loading
    join pg_stat_user_tables loaded using (relid)
    join pg_class c on c.oid = relid
    where loading.relname in ('goods_nomenclature', 'measure', 'reference_data') and loading.schemaname = current_schema()
      and loading.n_tup_ins > 0 and loading.n_tup_ins + loaded.n_mod_since_analyze > ${SHARE}::float8 * c.reltuples`.execute(
    db,
  );
  for (const { name } of rows) await sql`analyze ${sql.table(name)}`.execute(db);
}
