import { knownText } from './as-of.ts';
import type { Database } from './connect.ts';
import type { ReferenceRow } from './reference.ts';

export interface OrderRowsQuestion {
  /** Scope numbers that meet the code, and the digits that longer ones begin with (transforms/adcvd/scope-match.ts). */
  numbers: { above: readonly string[]; below: string };
  /** ISO alpha-2. */
  origin: string;
  /** The law on this date. */
  on: string;
  known: string | null;
}

export interface OrderReading {
  version: number | null;
  /** 'order-scope' records whose number meets the code, for goods of the origin. */
  scopes: ReferenceRow[];
  /** All 'order' records of the origin, those without tariff numbers too. */
  orders: ReferenceRow[];
}

export const REFERENCE_COLUMNS = (t: string): string =>
  `${t}.source_id, ${t}.natural_key, ${t}.topic, ${t}.code, ${t}.subject, ${t}.data, ${t}.valid_from, ${t}.valid_to, ${t}.stated_by`;

/**
 * The one selection of scope rows, for /orders and inside the statement of a duty: numbers from above, and the range of
 * longer numbers below. Two branches instead of an `or`, which would keep PostgreSQL from using the index on (topic, code).
 * The arguments are SQL expressions; `within` is the condition on the two time axes.
 */
export function scopeRowsText(
  question: { above: string; below: string; origin: string },
  within: (alias: string) => string,
): string {
  const branch = (condition: string) =>
    `select ${REFERENCE_COLUMNS('s')} from reference_data s
      where s.topic = 'order-scope' and s.code is not null and ${condition} and s.subject = ${question.origin} and ${within('s')}`;
  const { above, below } = question;
  return `(${branch(`s.code = any(${above})`)}
    union all ${branch(`s.code > ${below} and s.code < (${below} || ':') collate "C" and s.code <> all(${above})`)})`;
}

/** Candidate orders for a code and an origin, in one statement and so from one state of the ledger. */
export async function readOrders(database: Database, question: OrderRowsQuestion): Promise<OrderReading> {
  const { numbers, origin, on, known } = question;
  const within = (t: string) =>
    `${t}.valid_from <= $4::date and (${t}.valid_to is null or ${t}.valid_to > $4::date)
      and ${knownText(t, known === null ? null : '$5')}`;
  const scopes = scopeRowsText({ above: '$1::text[]', below: '$2::text', origin: '$3' }, within);
  const { rows } = await database.pool.query<OrderReading>({
    name: known === null ? 'orders-current' : 'orders-known',
    text: `
select (select max(release_id) from release) as version,
  coalesce((select json_agg(s order by s.source_id, s.natural_key, s.valid_from) from ${scopes} s), '[]') as scopes,
  coalesce((select json_agg(o) from (select ${REFERENCE_COLUMNS('o')} from reference_data o
    where o.topic = 'order' and o.subject = $3 and ${within('o')}
    order by o.source_id, o.natural_key, o.valid_from) o), '[]') as orders`,
    values: [numbers.above, numbers.below, origin, on, ...(known === null ? [] : [known])],
  });
  const [row] = rows;
  if (!row) throw new Error('an aggregate returned no row');
  return row;
}
