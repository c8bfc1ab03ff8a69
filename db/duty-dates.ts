import type { Database } from './connect.ts';
import { knownText } from './as-of.ts';

/**
 * Dates on which anything that a duty on the code can depend on begins or ends, within [from, to]: lines, measures and list entries on its
 * path and below it (a code that only gathers lines answers for all of them), and all records of the given topics (programmes, group
 * memberships) whatever their code.
 */
export async function dutyDates(
  database: Database,
  question: {
    source: string;
    code: string;
    prefixes: readonly string[];
    topics: readonly string[];
    from: string;
    to: string;
    known: string | null;
  },
): Promise<string[]> {
  const known = (t: string) => knownText(t, question.known === null ? null : '$7');
  // Digits come before ':', so this is the range of all codes that begin with the code.
  const near = (t: string) => `(${t}.code = any($2::text[]) or (${t}.code > $6 and ${t}.code < $6 || ':'))`;
  const bounds = (t: string) => `select unnest(array[${t}.valid_from, ${t}.valid_to])`;
  const { rows } = await database.pool.query<{ day: string }>(
    `select distinct day from (
       ${bounds('g')} as day from goods_nomenclature g where g.source_id = $1 and ${near('g')} and ${known('g')}
       union all ${bounds('m')} from measure m where m.source_id = $1 and ${near('m')} and ${known('m')}
       union all ${bounds('r')} from reference_data r where r.topic = 'list-entry' and ${near('r')} and ${known('r')}
       union all ${bounds('t')} from reference_data t where t.topic = any($3::text[]) and ${known('t')}
       -- Exceptions and relations inside a programme have dates of their own.
       union all select (d.value #>> '{}')::date from reference_data p,
         lateral jsonb_path_query(p.data, '$.**.valid_from') d(value)
         where p.topic = 'programme' and 'programme' = any($3::text[]) and jsonb_typeof(d.value) = 'string' and ${known('p')}
       union all select (d.value #>> '{}')::date from reference_data p,
         lateral jsonb_path_query(p.data, '$.**.valid_to') d(value)
         where p.topic = 'programme' and 'programme' = any($3::text[]) and jsonb_typeof(d.value) = 'string' and ${known('p')}
     ) bound where day > $4::date and day <= $5::date order by day`,
    [
      question.source,
      question.prefixes,
      question.topics,
      question.from,
      question.to,
      question.code,
      ...(question.known === null ? [] : [question.known]),
    ],
  );
  return rows.map((row) => row.day);
}
