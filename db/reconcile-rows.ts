import type { Database } from './connect.ts';
import { at, type Moment } from './as-of.ts';
import { sql } from 'kysely';

/** What lists are reconciled against each other and against the schedule with, all on one date. */
export interface ReconcileReading {
  version: number | null;
  /** Chapter 99 numbers that footnotes of the schedule name ('99038803', or a range 'first..last'). */
  footnotes: { code: string; heading: string }[];
  /** Entries of product lists that are law or a second rendition of it. */
  listed: { code: string; list: string }[];
  /** Digits of every printed number. */
  schedule: string[];
}

export async function readReconcileRows(database: Database, source: string, moment: Moment): Promise<ReconcileReading> {
  const { rows } = await sql<ReconcileReading>`
    select (select max(release_id) from release) as version,
      coalesce((select json_agg(json_build_object('code', g.code, 'heading', ref)) from goods_nomenclature g
        cross join lateral jsonb_array_elements(to_jsonb(g.footnotes)) f
        cross join lateral jsonb_array_elements_text(f->'refs') ref
        where g.source_id = ${source} and g.code is not null and ${at('g', moment)}), '[]') as footnotes,
      coalesce((select json_agg(json_build_object('code', r.code, 'list', r.subject)) from reference_data r
        where r.topic = 'list-entry' and r.code is not null and r.subject is not null
          and coalesce(r.data->>'role', 'law') in ('law', 'cross-check') and ${at('r', moment)}), '[]') as listed,
      coalesce((select json_agg(distinct g.code) from goods_nomenclature g
        where g.source_id = ${source} and g.code is not null and ${at('g', moment)}), '[]') as schedule`.execute(
    database.db,
  );
  const [row] = rows;
  if (!row) throw new Error('an aggregate returned no row');
  return row;
}
