import type { RateRow } from '../db/nomenclature.ts';
import { formatCode } from '../transforms/code.ts';
import type { DutyExpression } from '../transforms/duty/expression.ts';
import type { RateColumn, Tariff } from './tariffs.ts';

/** A rate of a line: printed on it, or on the nearest line above it that prints this column. */
export interface LookupRate {
  column: RateColumn;
  measure_type: string;
  /** Programme symbols of a special rate ('A*', 'S+'). */
  programmes: string[];
  /** As printed; null for a rate that follows from another one (see `implied`). */
  expression: string | null;
  /** Parsed; null when the text gives none. */
  duty: DutyExpression | null;
  /** Fraction of the customs value ("0.165"), when that is the whole duty; null otherwise, and never 0 for a missing rate. */
  ad_valorem_rate: string | null;
  /** Where it is printed. */
  code: string;
  formatted: string;
  /** The code it was inherited from; null when the line prints it itself. */
  inherited_from: string | null;
  /** Why there is a rate although none is printed. */
  implied: string | null;
  additional_code: string | null;
  valid_from: string;
  valid_to: string | null;
  release: number;
}

const FREE_TOO =
  'The special column is blank and the general rate is Free: nothing remains to be preferred, so the goods are free of duty.';

/**
 * Rates of a line from the measures on its code and prefixes. Columns are inherited one by one: 9006.59.15.20 prints a column 2 rate and takes
 * the general rate from 9006.59.15. Within a column the longest code wins, with all its rates.
 */
export function lookupRates(code: string, tariff: Tariff, measures: readonly RateRow[]): LookupRate[] {
  const rates = tariff.columns.flatMap(({ column, types }) => {
    const candidates = measures.filter((measure) => types.includes(measure.measure_type));
    const longest = Math.max(0, ...candidates.map((measure) => measure.code.length));
    return candidates
      .filter((measure) => measure.code.length === longest)
      .map((measure) => rateOf(code, column, measure));
  });
  return withImpliedFree(rates);
}

function rateOf(code: string, column: RateColumn, measure: RateRow): LookupRate {
  // Publishing stored what transforms/duty parsed.
  const duty = measure.duty as DutyExpression | null;
  return {
    column,
    measure_type: measure.measure_type,
    programmes: measure.programmes,
    expression: measure.duty_expression,
    duty,
    ad_valorem_rate: adValoremRate(duty),
    code: measure.code,
    formatted: formatCode(measure.code),
    inherited_from: measure.code === code ? null : measure.code,
    implied: null,
    additional_code: measure.additional_code,
    valid_from: measure.valid_from,
    valid_to: measure.valid_to,
    release: measure.stated_by,
  };
}

function withImpliedFree(rates: LookupRate[]): LookupRate[] {
  const general = rates.find((rate) => rate.column === 'general');
  if (general?.duty?.op !== 'free' || general.duty.condition !== undefined) return rates;
  if (rates.some((rate) => rate.column === 'special')) return rates;
  const special: LookupRate = {
    ...general,
    column: 'special',
    measure_type: 'preference',
    expression: null,
    implied: FREE_TOO,
  };
  return rates.flatMap((rate) => (rate === general ? [rate, special] : [rate]));
}

function adValoremRate(duty: DutyExpression | null): string | null {
  if (duty?.op === 'free' && duty.condition === undefined) return '0';
  return duty?.op === 'ad_valorem' && duty.basis === undefined ? duty.rate : null;
}
