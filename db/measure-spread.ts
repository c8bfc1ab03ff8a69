import { knownText } from './as-of.ts';
import type { Database } from './connect.ts';

/** How widely measures of a type are spread: what a source says it covers can be held against it. */
export interface MeasureSpread {
  measure_type: string;
  measures: number;
  chapters: string[];
}

/** Counts by type of the measures of a source that are known at an instant, of any date of law. */
export async function measureSpread(
  database: Database,
  source: string,
  known: string | null,
): Promise<MeasureSpread[]> {
  const { rows } = await database.pool.query<MeasureSpread>(
    `select m.measure_type, count(*)::int as measures, array_agg(distinct left(m.code, 2)) as chapters
     from measure m where m.source_id = $1 and ${knownText('m', known === null ? null : '$2')}
     group by m.measure_type order by m.measure_type`,
    known === null ? [source] : [source, known],
  );
  return rows;
}
