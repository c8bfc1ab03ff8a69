import { knownText } from './as-of.ts';
import type { Database } from './connect.ts';
import type { ReferenceRow } from './reference.ts';

export interface TopicRowsQuestion {
  topics: readonly string[];
  /** Records about one of these codes; null: whatever code they are about, or none. */
  codes?: readonly string[] | null;
  /** With `codes` only: also records about longer codes than this one. */
  below?: string | null;
  /** Records of one of these subjects; null: of any. */
  subjects?: readonly string[] | null;
  /** Dates of law, both inclusive: rows valid on any of them. */
  from: string;
  to: string;
  known: string | null;
}

export interface TopicReading {
  version: number | null;
  rows: ReferenceRow[];
}

/**
 * Records of some topics in one statement, with the version of the ledger it saw. The statement has only the conditions that are asked
 * for: with `$2 is null or r.code = any($2)` in a prepared statement no index can be used, and 150,000 rows are read for one flag.
 */
export async function readTopicRows(database: Database, question: TopicRowsQuestion): Promise<TopicReading> {
  const { topics, codes = null, below = null, subjects = null, from, to, known } = question;
  const values: unknown[] = [topics, from, to];
  const place = (value: unknown): string => `$${values.push(value)}`;
  const conditions: string[] = [];
  if (codes !== null) {
    const on = `r.code = any(${place(codes)}::text[])`;
    const prefix = below === null ? null : place(below);
    conditions.push(
      prefix === null ? on : `(${on} or (r.code > ${prefix} and r.code < (${prefix} || ':') collate "C"))`,
    );
  }
  if (subjects !== null) conditions.push(`r.subject = any(${place(subjects)}::text[])`);
  conditions.push(knownText('r', known === null ? null : place(known)));
  const name = [
    'topic-rows',
    codes && 'codes',
    codes && below !== null && 'below',
    subjects && 'subjects',
    known && 'known',
  ];
  const { rows } = await database.pool.query<TopicReading>({
    name: name.filter(Boolean).join('-'),
    text: `
select (select max(release_id) from release) as version,
  coalesce((select json_agg(t) from (
    select r.source_id, r.natural_key, r.topic, r.code, r.subject, r.data, r.valid_from, r.valid_to, r.stated_by
    from reference_data r
    where r.topic = any($1::text[]) and r.valid_from <= $3::date and (r.valid_to is null or r.valid_to > $2::date)
      and ${conditions.join(' and ')}
    order by r.topic, r.source_id, r.natural_key, r.valid_from) t), '[]') as rows`,
    values,
  });
  const [row] = rows;
  if (!row) throw new Error('an aggregate returned no row');
  return row;
}

/** Those of the codes with a line at or below them on the date; a ten-digit code that ends in 00 also stands for its first eight digits. */
export async function codesInSchedule(
  database: Database,
  question: { source: string; codes: readonly string[]; on: string; known: string | null },
): Promise<Set<string>> {
  const { source, codes, on, known } = question;
  const { rows } = await database.pool.query<{ code: string }>(
    `select c.code from unnest($2::text[]) c(code) where exists (
       select 1 from goods_nomenclature g where g.source_id = $1
         and ((g.code >= c.code and g.code < (c.code || ':') collate "C")
           or (length(c.code) = 10 and right(c.code, 2) = '00' and g.code = left(c.code, 8)))
         and g.valid_from <= $3::date and (g.valid_to is null or g.valid_to > $3::date) and ${knownText('g', known === null ? null : '$4')})`,
    known === null ? [source, codes, on] : [source, codes, on, known],
  );
  return new Set(rows.map((row) => row.code));
}
