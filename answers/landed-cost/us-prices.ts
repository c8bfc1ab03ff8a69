import { shareCharges, type SharedLine } from '../../transforms/landed-cost/free-on-board.ts';
import { Problem } from '../problem.ts';
import type { HeldRates } from '../reference/published-rates.ts';
import { type Converter, converter } from './currency.ts';
import type { LandedCostQuestion } from './landed-cost-data.ts';

export const US_CURRENCY = 'USD';

export const RATE_NOTE =
  'Converted at reference rates of the entry date; customs uses rates certified by the Federal Reserve Bank of New York for the date of exportation (31 U.S.C. 5151), which are not held here.';

export interface UsPrices {
  /** Null: a price, a charge or the way to share it is not known, see `missing`. */
  lines: SharedLine[] | null;
  missing: string[];
  assumptions: string[];
  money: Converter;
}

/** Prices and charges of a consignment in US dollars: the customs value leaves the charges out, whatever the price includes. */
export function usPrices(question: LandedCostQuestion, held: HeldRates['byKind']): UsPrices {
  const money = converter(US_CURRENCY, question.as_of, held, ['daily', 'monthly']);
  const missing: string[] = [];
  const assumptions: string[] = [];
  const included = { shipping: question.basis !== 'FOB', insurance: question.basis === 'CIF' };
  const charge = (name: 'shipping' | 'insurance' | 'inland'): string | null => {
    const stated = question[name];
    if (stated !== null) return money.amount(stated);
    if (name !== 'inland' && included[name]) {
      // What the price includes must be known to be taken out of it.
      missing.push(name);
      return null;
    }
    if (name !== 'inland') assumptions.push(`No ${name} is stated: none is taken.`);
    return '0.00';
  };
  const values = question.lines.map((line) => money.amount(line.value));
  const shipping = charge('shipping');
  const insurance = charge('insurance');
  const inland = charge('inland');
  const known = values.filter((value) => value !== null);
  const done = (lines: SharedLine[] | null): UsPrices => {
    if (money.used().length > 0) assumptions.push(RATE_NOTE);
    return { lines, missing: [...missing, ...money.missing()], assumptions, money };
  };
  if (known.length < values.length || shipping === null || insurance === null || inland === null) return done(null);
  const priced = known.map((value, index) => ({ value, weight: question.lines[index]?.weight ?? null }));
  try {
    const lines = shareCharges(priced, { shipping, insurance, inland, by: question.charges_by, included });
    if (lines === null) missing.push('weight');
    return done(lines);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new Problem('invalid-request', error.message, {
      errors: [
        { field: 'basis', message: `values that include their charges, or basis FOB (it is ${question.basis})` },
      ],
    });
  }
}
