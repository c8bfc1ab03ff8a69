import { atText, knownText } from './as-of.ts';
import type { Database } from './connect.ts';
import { declarableText } from './declarable.ts';

/** A line of a whole state of a tariff, without what only a lookup of it needs. */
export interface StateLineRow {
  natural_key: string;
  code: string | null;
  /** Nearest first. */
  ancestors: string[];
  description: string;
  declarable: boolean;
  stated_by: number;
}

/** Every line of a source on a date, with the version of the ledger that was seen. Some 30,000 rows: for what is kept in memory. */
export async function stateLines(
  database: Database,
  question: { source: string; on: string; known: string | null },
): Promise<{ version: number | null; lines: StateLineRow[] }> {
  const { source, on, known } = question;
  const values: unknown[] = known === null ? [source, on] : [source, on, known];
  const given = known === null ? null : '$3';
  const { rows } = await database.pool.query<{ version: number | null; lines: StateLineRow[] }>(
    `select (select max(release_id) from release) as version,
      coalesce((select json_agg(l) from (
        select g.natural_key, g.code, g.ancestors, g.description, g.stated_by,
          ${declarableText('g', '$1', given, { on: '$2' })} as declarable from goods_nomenclature g
        where g.source_id = $1 and ${atText('g', '$2', given)}
        order by g.sort_key, g.depth) l), '[]') as lines`,
    values,
  );
  const [row] = rows;
  if (!row) throw new Error('an aggregate returned no row');
  return row;
}

/** When a code could be declared, over all dates of law: its first and its last day (exclusive), null while it lasts. */
export async function declarableSpan(
  database: Database,
  question: { source: string; code: string; known: string | null },
): Promise<{ from: string; to: string | null; release: number } | null> {
  const { source, code, known } = question;
  const { rows } = await database.pool.query<{ from: string | null; to: string | null; release: number | null }>(
    `select min(g.valid_from) as "from", case when bool_or(g.valid_to is null) then null else max(g.valid_to) end as "to",
      max(coalesce(g.ended_by, g.introduced_by)) as release
     from goods_nomenclature g where g.source_id = $1 and g.code = $2 and g.declarable and ${knownText('g', known === null ? null : '$3')}`,
    known === null ? [source, code] : [source, code, known],
  );
  const [row] = rows;
  return row?.from == null || row.release === null ? null : { from: row.from, to: row.to, release: row.release };
}

/** Dates on which a line of the source begins or ends, oldest first: between two of them its state is one and the same. */
export async function turningDates(database: Database, source: string, known: string | null): Promise<string[]> {
  const { rows } = await database.pool.query<{ date: string }>(
    `select distinct d.date from goods_nomenclature g cross join lateral (values (g.valid_from), (g.valid_to)) d(date)
     where g.source_id = $1 and d.date is not null and ${knownText('g', known === null ? null : '$2')} order by 1`,
    known === null ? [source] : [source, known],
  );
  return rows.map((row) => row.date);
}
