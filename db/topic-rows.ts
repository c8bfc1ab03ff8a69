import { knownText } from './as-of.ts';
import type { Database } from './connect.ts';
import type { ReferenceRow } from './reference.ts';

export interface TopicRowsQuestion {
  topics: readonly string[];
  /** Records about one of these codes; null: whatever code they are about, or none. */
  codes?: readonly string[] | null;
  /** With `codes`: also records about longer codes than this one. */
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

// $1 topics, $2 codes, $3 below, $4 subjects, $5 and $6 the span of dates, $7 known instant.
function statement(known: string | null): string {
  return `
select (select max(release_id) from release) as version,
  coalesce((select json_agg(t) from (
    select r.source_id, r.natural_key, r.topic, r.code, r.subject, r.data, r.valid_from, r.valid_to, r.stated_by
    from reference_data r
    where r.topic = any($1::text[])
      and ($2::text[] is null or r.code = any($2::text[]) or (r.code > $3::text and r.code < $3::text || ':'))
      and ($4::text[] is null or r.subject = any($4::text[]))
      and r.valid_from <= $6::date and (r.valid_to is null or r.valid_to > $5::date) and ${knownText('r', known)}
    order by r.topic, r.source_id, r.natural_key, r.valid_from) t), '[]') as rows`;
}

const CURRENT = statement(null);
const KNOWN = statement('$7');

/** Records of some topics in one statement, with the version of the ledger it saw. */
export async function readTopicRows(database: Database, question: TopicRowsQuestion): Promise<TopicReading> {
  const { topics, codes = null, below = null, subjects = null, from, to, known } = question;
  const values: unknown[] = [topics, codes, below, subjects, from, to];
  if (known !== null) values.push(known);
  const { rows } = await database.pool.query<TopicReading>({
    name: known === null ? 'topic-rows-current' : 'topic-rows-known',
    text: known === null ? CURRENT : KNOWN,
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
