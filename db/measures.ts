import { sql } from 'kysely';
import { at, type Moment } from './as-of.ts';
import type { Db } from './connect.ts';
import { MEASURE_COLUMNS, type MeasureRow } from './line-rows.ts';

/** Measures on any of the given codes (a code with its prefixes: measures at different levels apply together). */
export async function measuresOn(
  db: Db,
  source: string,
  codes: readonly string[],
  moment: Moment,
  types: readonly string[] | null = null,
): Promise<MeasureRow[]> {
  const { rows } = await sql<MeasureRow>`
    select ${sql.raw(MEASURE_COLUMNS('m'))} from measure m
    where m.source_id = ${source} and m.code = any(${codes}::text[])
      and (${types}::text[] is null or m.measure_type = any(${types}::text[])) and ${at('m', moment)}
    order by m.code, m.natural_key`.execute(db);
  return rows;
}

/** Measures on lines below a prefix. */
export async function measuresBelow(
  db: Db,
  source: string,
  prefix: string,
  moment: Moment,
  types: readonly string[] | null = null,
): Promise<MeasureRow[]> {
  const { rows } = await sql<MeasureRow>`
    select ${sql.raw(MEASURE_COLUMNS('m'))} from measure m
    where m.source_id = ${source} and m.code > ${prefix} and m.code < ${`${prefix}:`}
      and (${types}::text[] is null or m.measure_type = any(${types}::text[])) and ${at('m', moment)}
    order by m.code, m.natural_key`.execute(db);
  return rows;
}
