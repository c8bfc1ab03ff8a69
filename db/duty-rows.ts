import type { Database } from './connect.ts';
import { knownText } from './as-of.ts';
import { declarableText } from './declarable.ts';
import { LINE_COLUMNS, MEASURE_COLUMNS, type LineRow, type MeasureRow } from './line-rows.ts';
import { type OrderRowsQuestion, REFERENCE_COLUMNS, scopeRowsText } from './order-rows.ts';
import type { ReferenceRow } from './reference.ts';

/** Everything about a code that a duty answer can depend on, read in one statement, and so from one state of the ledger. */
export interface DutyReading {
  version: number | null;
  /** Lines on the code and its prefixes, and, when asked for, below it. */
  lines: LineRow[];
  measures: MeasureRow[];
  /** Entries of product lists on the same codes. */
  lists: ReferenceRow[];
  /** 'order-scope' records of `origin` whose number meets the code (db/order-rows.ts) and the 'order' records of their cases; none without an origin. */
  orders: ReferenceRow[];
  /** 'risk-sector' records on the code or a prefix for goods of the same origin. */
  sectors: ReferenceRow[];
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
  /** Orders on goods of `origin` (ISO alpha-2) whose scope numbers meet the code. */
  orders?: Pick<OrderRowsQuestion, 'origin' | 'numbers'>;
}

/**
 * One row per question, in their order. $1 source, $2 the questions as JSON, $3 known instant.
 *
 * The questions are JSON because PostgreSQL then keeps the plan: of unnest($2) it knows the number of rows only when it plans anew for
 * every execution, thinks that worth it, and plans for 0.6 ms what it reads in 0.4 ms. An `or` for what is below would cost the same
 * again, which is why there is a statement without it.
 */
function statement(below: boolean, known: string | null): string {
  const path = 'q.prefixes';
  const onPath = (t: string) =>
    below
      ? `(${t}.code = any(${path}) or (${t}.code > q.code and ${t}.code < q.code || ':'))`
      : `${t}.code = any(${path})`;
  const within = (t: string) =>
    `${t}.valid_from <= q.last and (${t}.valid_to is null or ${t}.valid_to > q.first) and ${knownText(t, known)}`;
  // Lines above the code do not answer: their place in the tree is not looked into.
  const declarable = `case when g.code < q.code then g.declarable else ${declarableText('g', '$1', known, within)} end`;
  const scopes = scopeRowsText({ above: 'q.above', below: 'q.beneath', origin: 'q.origin' }, within);
  return `
select (select max(release_id) from release) as version,
  coalesce((select json_agg(l) from (select ${LINE_COLUMNS('g', declarable)} from goods_nomenclature g
    where g.source_id = $1 and ${onPath('g')} and ${within('g')} order by g.sort_key, g.depth) l), '[]') as lines,
  coalesce((select json_agg(m) from (select ${MEASURE_COLUMNS('m')} from measure m
    where m.source_id = $1 and ${onPath('m')} and ${within('m')} order by m.code, m.natural_key, m.valid_from) m), '[]') as measures,
  coalesce((select json_agg(r) from (select ${REFERENCE_COLUMNS('r')}
    from reference_data r where r.topic = 'list-entry' and r.code is not null and ${onPath('r')} and ${within('r')}
    order by r.code, r.subject, r.natural_key) r), '[]') as lists,
  coalesce((with scope as ${scopes}
    select json_agg(o order by o.topic, o.source_id, o.natural_key, o.valid_from) from (
      select * from scope
      union all select ${REFERENCE_COLUMNS('c')} from reference_data c
        where c.topic = 'order' and c.subject = q.origin and ${within('c')}
          and c.natural_key in (select scope.data->>'case_number' from scope)) o), '[]') as orders,
  coalesce((select json_agg(k) from (select ${REFERENCE_COLUMNS('k')} from reference_data k
    where k.topic = 'risk-sector' and k.code = any(${path}) and k.subject = q.origin and ${within('k')}
    order by k.code, k.natural_key) k), '[]') as sectors
from rows from (json_to_recordset($2::json)
  as (code text, prefixes text[], first date, last date, origin text, above text[], beneath text))
  with ordinality as q(code, prefixes, first, last, origin, above, beneath, place)
order by q.place`;
}

const STATEMENTS = {
  'duty-rows-current': statement(false, null),
  'duty-rows-known': statement(false, '$3'),
  'duty-rows-below-current': statement(true, null),
  'duty-rows-below-known': statement(true, '$3'),
};

export async function readDutyRows(database: Database, question: DutyRowsQuestion): Promise<DutyReading> {
  const [reading] = await readAllDutyRows(database, [question]);
  if (!reading) throw new Error('a question was put and not answered');
  return reading;
}

/** Several questions in one statement, answered in their order; `source`, `below` and `known` are those of the first for all. */
export async function readAllDutyRows(
  database: Database,
  questions: readonly DutyRowsQuestion[],
): Promise<DutyReading[]> {
  const [first] = questions;
  if (!first) return [];
  const name = `duty-rows-${first.below ? 'below-' : ''}${first.known === null ? 'current' : 'known'}` as const;
  const { rows } = await database.pool.query<DutyReading>({
    name,
    text: STATEMENTS[name],
    values: [
      first.source,
      JSON.stringify(
        questions.map(({ code, prefixes, from, to, orders }) => ({
          code,
          prefixes,
          first: from,
          last: to,
          origin: orders?.origin,
          above: orders?.numbers.above,
          beneath: orders?.numbers.below,
        })),
      ),
      ...(first.known === null ? [] : [first.known]),
    ],
  });
  return rows;
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
