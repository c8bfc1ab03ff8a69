import type { Database } from './connect.ts';
import { knownText } from './as-of.ts';
import type { ReferenceRow } from './reference.ts';

/** For which releases a row was believed: from that which introduced it up to before that which ended it. */
interface Believed {
  introduced_by: number;
  /** Also set when a later release restated the row with other dates. */
  ended_by: number | null;
}

/** Every row of a heading over all dates of law, read in one statement: what its history is made of. */
export interface HeadingHistory {
  version: number | null;
  lines: (Believed & {
    natural_key: string;
    code: string | null;
    ancestors: string[];
    description: string;
    units: string[];
    declarable: boolean;
    valid_from: string;
    valid_to: string | null;
  })[];
  rates: (Believed & {
    code: string;
    measure_type: string;
    geographical_area: string;
    duty_expression: string | null;
    valid_from: string;
    valid_to: string | null;
  })[];
  /** Records of the given topic on codes of the heading. */
  items: ReferenceRow[];
}

// $1 source, $2 heading, $3 its chapter, $4 measure types, $5 topic, $6 known instant. Keys begin with the digits of their heading.
function statement(known: string | null, beliefs: 'last' | 'all'): string {
  const believed = (t: string) =>
    beliefs === 'last' ? knownText(t, known) : known === null ? 'true' : `${t}.known_from <= ${known}::timestamptz`;
  // Keys of lines without a code go on with '~' or '-' after the digits: chr(127) stands behind both and behind every digit.
  const within = (t: string, column: string) =>
    `${t}.${column} >= $2 and ${t}.${column} < ($2 || chr(127)) collate "C"`;
  return `
select (select max(release_id) from release) as version,
  coalesce((select json_agg(l) from (
    select g.natural_key, g.code, g.ancestors, g.description, g.units, g.declarable, g.valid_from, g.valid_to, g.introduced_by, g.ended_by
    from goods_nomenclature g
    where g.source_id = $1 and ((${within('g', 'natural_key')}) or g.code = $3) and ${believed('g')}
    order by g.natural_key, g.valid_from) l), '[]') as lines,
  coalesce((select json_agg(m) from (
    select m.code, m.measure_type, m.geographical_area, m.duty_expression, m.valid_from, m.valid_to, m.introduced_by, m.ended_by
    from measure m
    where m.source_id = $1 and ${within('m', 'code')} and m.measure_type = any($4::text[]) and ${believed('m')}
    order by m.natural_key, m.valid_from) m), '[]') as rates,
  coalesce((select json_agg(r) from (
    select r.source_id, r.natural_key, r.topic, r.code, r.subject, r.data, r.valid_from, r.valid_to, r.stated_by from reference_data r
    where r.topic = $5 and ${within('r', 'code')} and ${knownText('r', known)}
    order by r.natural_key) r), '[]') as items`;
}

const STATEMENTS = {
  last: { current: statement(null, 'last'), known: statement('$6', 'last') },
  all: { current: statement(null, 'all'), known: statement('$6', 'all') },
};

/**
 * `heading`: four digits. `types`: measure types of the general rate. `topic`: of the records to read beside it. `beliefs`: the rows
 * believed last, or also those that a later release restated.
 */
export async function readHeadingHistory(
  database: Database,
  question: {
    source: string;
    heading: string;
    types: readonly string[];
    topic: string;
    known: string | null;
    beliefs: 'last' | 'all';
  },
): Promise<HeadingHistory> {
  const { source, heading, types, topic, known, beliefs } = question;
  const at = known === null ? 'current' : 'known';
  const values: unknown[] = [source, heading, heading.slice(0, 2), types, topic];
  if (known !== null) values.push(known);
  const { rows } = await database.pool.query<HeadingHistory>({
    name: `heading-history-${beliefs}-${at}`,
    text: STATEMENTS[beliefs][at],
    values,
  });
  const [row] = rows;
  if (!row) throw new Error('an aggregate returned no row');
  return row;
}
