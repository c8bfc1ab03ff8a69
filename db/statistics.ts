import { sql } from 'kysely';
import type { Db } from './connect.ts';

/** The share by which a table may grow before the planner should look at it again: autovacuum's own bound. */
const SHARE = 0.1;

/** What statements search and join by. Sampling texts and JSON as well takes three times as long and helps no plan. */
const SEARCHED = {
  goods_nomenclature: 'source_id, natural_key, code, parent_key, declarable',
  measure: 'source_id, natural_key, code, measure_type, geographical_area',
  reference_data: 'source_id, natural_key, topic, code, subject',
};
const TIMES = 'valid_from, valid_to, known_from, known_to, stated_by, introduced_by, ended_by';

/**
 * Tells the planner about freshly loaded records, inside the transaction that loads them. Autovacuum would do so within minutes; until
 * then lookups in a first load were planned as for an empty table: 5 ms instead of 0.3 (test/real/lookup.test.ts). Only tables that grew by
 * a tenth since they were last looked at: sampling all three for each of 36 product lists took 90 s of a full load, for a few hundred rows each.
 */
export async function refreshStatistics(db: Db): Promise<void> {
  const { rows } = await sql<{ name: keyof typeof SEARCHED }>`
    select loading.relname as name
    from pg_stat_xact_user_tables loading
    join pg_stat_user_tables loaded using (relid)
    join pg_class c on c.oid = relid
    where loading.relname in ('goods_nomenclature', 'measure', 'reference_data') and loading.schemaname = current_schema()
      and loading.n_tup_ins > 0 and loaded.n_live_tup + loading.n_tup_ins > ${1 + SHARE}::float8 * c.reltuples`.execute(
    db,
  );
  for (const { name } of rows) await sql.raw(`analyze ${name} (${SEARCHED[name]}, ${TIMES})`).execute(db);
}
