import { Decimal } from 'decimal.js';
import { shareCharges, type SharedLine } from '../../transforms/landed-cost/free-on-board.ts';
import { Problem } from '../problem.ts';
import type { HeldRates } from '../reference/published-rates.ts';
import { type Converter, converter } from './currency.ts';
import type { LandedCostQuestion } from './landed-cost-data.ts';

export interface EuropeanPrices {
  /** Null: a price or the way to share a charge is not known, see `missing`. */
  lines: (SharedLine & { customs_value: string })[] | null;
  /** Price of all goods without charges; null when one is not known. */
  intrinsic: string | null;
  /** What the customs value lacks though it could be computed from what is stated. */
  understated: string[];
  missing: string[];
  assumptions: string[];
  money: Converter;
}

/**
 * Prices and charges in the currency of customs, at its rate for the month: the customs value includes carriage and insurance to the
 * border (Article 71(1)(e) of Regulation (EU) No 952/2013; the Customs (Import Duty) (EU Exit) Regulations 2018, regulation 121).
 */
export function europeanPrices(
  question: LandedCostQuestion,
  held: HeldRates['byKind'],
  of: { currency: string; rates: 'eu_customs' | 'monthly' },
): EuropeanPrices {
  const money = converter(of.currency, question.as_of, held, [of.rates]);
  const assumptions: string[] = [];
  const understated: string[] = [];
  const stated = { shipping: question.basis !== 'FOB', insurance: question.basis === 'CIF' };
  const charge = (name: 'shipping' | 'insurance' | 'inland'): string | null => {
    const given = question[name];
    if (given !== null) return money.amount(given);
    if (name === 'inland') assumptions.push('No inland carriage is stated: none is in the base of VAT.');
    else if (stated[name]) assumptions.push(`The price includes ${name}; it is not shown on its own.`);
    else {
      // Part of the customs value: without it duty and tax are too low.
      understated.push(name);
      assumptions.push(`No ${name} is stated: the customs value is without it.`);
    }
    return '0.00';
  };
  const values = question.lines.map((line) => money.amount(line.value));
  const charges = { shipping: charge('shipping'), insurance: charge('insurance'), inland: charge('inland') };
  const known = values.filter((value) => value !== null);
  const { shipping, insurance, inland } = charges;
  const none = (missing: string[]): EuropeanPrices => ({
    lines: null,
    intrinsic: null,
    understated,
    missing: [...missing, ...money.missing()],
    assumptions,
    money,
  });
  if (known.length < values.length || shipping === null || insurance === null || inland === null) return none([]);
  const included = {
    shipping: stated.shipping && question.shipping !== null,
    insurance: stated.insurance && question.insurance !== null,
  };
  const priced = known.map((value, index) => ({ value, weight: question.lines[index]?.weight ?? null }));
  const shared = shareOrProblem(question, priced, { shipping, insurance, inland, by: question.charges_by, included });
  if (shared === null) return none(['weight']);
  const lines = shared.map((line) => ({
    ...line,
    customs_value: new Decimal(line.price).add(line.shipping).add(line.insurance).toFixed(2),
  }));
  const intrinsic = lines.reduce((sum, line) => sum.add(line.price), new Decimal(0)).toFixed(2);
  return { lines, intrinsic, understated, missing: [], assumptions, money };
}

function shareOrProblem(
  question: LandedCostQuestion,
  lines: Parameters<typeof shareCharges>[0],
  charges: Parameters<typeof shareCharges>[1],
): SharedLine[] | null {
  try {
    return shareCharges(lines, charges);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new Problem('invalid-request', error.message, {
      errors: [
        { field: 'basis', message: `values that include their charges, or basis FOB (it is ${question.basis})` },
      ],
    });
  }
}
