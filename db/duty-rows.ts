import type { Database } from './connect.ts';
import { knownText } from './as-of.ts';
import { LINE_COLUMNS, MEASURE_COLUMNS, type LineRow, type MeasureRow } from './line-rows.ts';
import type { ReferenceRow } from './reference.ts';

/** Everything about a code that a duty answer can depend on, read in one statement, and so from one state of the ledger. */
export interface DutyReading {
  version: number | null;
  /** Lines on the code and its prefixes, and, when asked for, below it. */
  lines: LineRow[];
  measures: MeasureRow[];
  /** Entries of product lists on the same codes. */
  lists: ReferenceRow[];
}

export interface DutyRowsQuestion {
  source: string;
  code: string;
  prefixes: readonly string[];
  /** Also what stands on longer codes: for a code that is not declarable. */
  below: boolean;
  /** Dates of law, both inclusive: rows valid on any of them. */
  from: string;
  to: string;
  known: string | null;
}

// $1 source, $2 code, $3 prefixes, $4 with what is below, $5 and $6 the span of dates, $7 known instant.
function statement(known: string | null): string {
  const onPath = (t: string) =>
    `(${t}.code = any($3::text[]) or ($4::boolean and ${t}.code > $2 and ${t}.code < $2 || ':'))`;
  const within = (t: string) =>
    `${t}.valid_from <= $6::date and (${t}.valid_to is null or ${t}.valid_to > $5::date) and ${knownText(t, known)}`;
  return `
select (select max(release_id) from release) as version,
  coalesce((select json_agg(l) from (select ${LINE_COLUMNS('g')} from goods_nomenclature g
    where g.source_id = $1 and ${onPath('g')} and ${within('g')} order by g.sort_key, g.depth) l), '[]') as lines,
  coalesce((select json_agg(m) from (select ${MEASURE_COLUMNS('m')} from measure m
    where m.source_id = $1 and ${onPath('m')} and ${within('m')} order by m.code, m.natural_key, m.valid_from) m), '[]') as measures,
  coalesce((select json_agg(r) from (select r.source_id, r.natural_key, r.topic, r.code, r.subject, r.data, r.valid_from, r.valid_to, r.stated_by
    from reference_data r where r.topic = 'list-entry' and r.code is not null and ${onPath('r')} and ${within('r')}
    order by r.code, r.subject, r.natural_key) r), '[]') as lists`;
}

const CURRENT = statement(null);
const KNOWN = statement('$7');

export async function readDutyRows(database: Database, question: DutyRowsQuestion): Promise<DutyReading> {
  const { source, code, prefixes, below, from, to, known } = question;
  const values: unknown[] = [source, code, prefixes, below, from, to];
  if (known !== null) values.push(known);
  const { rows } = await database.pool.query<DutyReading>({
    name: known === null ? 'duty-rows-current' : 'duty-rows-known',
    text: known === null ? CURRENT : KNOWN,
    values,
  });
  const [row] = rows;
  if (!row) throw new Error('an aggregate returned no row');
  return row;
}

/** Ids of the product lists of which anything is known: a list that is not among them is not empty, it is missing. */
export async function knownLists(database: Database, known: string | null): Promise<string[]> {
  const { rows } = await database.pool.query<{ subject: string }>(
    `select distinct r.subject from reference_data r where r.topic = 'list-entry' and r.subject is not null and ${knownText('r', known === null ? null : '$1')}`,
    known === null ? [] : [known],
  );
  return rows.map((row) => row.subject);
}

/** All rows of a topic known at an instant, of any date of law. For the small topics that answers keep in memory. */
export async function knownRows(
  database: Database,
  topic: string,
  known: string | null,
): Promise<(ReferenceRow & { version: number | null })[]> {
  const { rows } = await database.pool.query<ReferenceRow & { version: number | null }>(
    `select (select max(release_id) from release) as version, r.source_id, r.natural_key, r.topic, r.code, r.subject, r.data, r.valid_from, r.valid_to, r.stated_by
     from reference_data r where r.topic = $1 and ${knownText('r', known === null ? null : '$2')} order by r.source_id, r.natural_key, r.valid_from`,
    known === null ? [topic] : [topic, known],
  );
  return rows;
}
