import { UNRECOGNISED, type DutyExpression } from '../duty/expression.ts';
import { Exact } from '../exact.ts';

/** Units of Canadian specific rates, as printed after the slash or 'per'. */
const UNITS: Readonly<Record<string, string>> = {
  kg: 'KGM',
  tonne: 'TNE',
  litre: 'LTR',
  each: 'NAR',
  dozen: 'DZN',
  pair: 'NPR',
};

/**
 * A rate of the Canadian Customs Tariff: 'Free', '6.5%', '3.32¢/kg', '$2.12/kg', '2.81¢/kg and 5%', '$1.90/kg but not less than 10%'.
 * Null for 'N/A': the treatment gives no rate of its own. Anything else is not computable, never left out.
 */
export function parseCanadianRate(printed: string): DutyExpression | null {
  const text = printed.replace(/[\s\u00a0]+/g, ' ').trim();
  if (/^n\/?a$/i.test(text) || text === '') return null;
  if (/^free$/i.test(text)) return { op: 'free' };
  const unknown: DutyExpression = { op: 'not_computable', reason: UNRECOGNISED, text };
  const [base = '', floor, ...others] = text.split(/ but not less than /i);
  if (others.length > 0) return unknown;
  const sum = sumOf(base);
  if (floor === undefined) return sum ?? unknown;
  const least = sumOf(floor);
  return sum && least ? { op: 'larger_of', terms: [sum, least] } : unknown;
}

function sumOf(text: string): DutyExpression | null {
  const terms: DutyExpression[] = [];
  for (const part of text.split(/ (?:and|plus) /i)) {
    const term = termOf(part.trim());
    if (term === null) return null;
    terms.push(term);
  }
  const [only, ...more] = terms;
  return only === undefined ? null : more.length === 0 ? only : { op: 'sum', terms };
}

function termOf(text: string): DutyExpression | null {
  const [, percent] = /^(\d+(?:\.\d+)?) ?%$/.exec(text) ?? [];
  if (percent !== undefined) return { op: 'ad_valorem', rate: new Exact(percent).div(100).toFixed() };
  const [, dollars, cents, name] =
    /^(?:\$ ?(\d+(?:\.\d+)?)|(\d+(?:\.\d+)?) ?¢) ?(?:\/ ?|per )?([a-z]+)$/i.exec(text) ?? [];
  const unit = UNITS[(name ?? '').toLowerCase()];
  if (unit === undefined) return null;
  const amount = dollars ?? (cents === undefined ? undefined : new Exact(cents).div(100).toFixed());
  return amount === undefined ? null : { op: 'specific', amount, currency: 'CAD', per: '1', unit };
}
