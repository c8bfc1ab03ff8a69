import { Exact } from '../exact.ts';
import { convertUnit } from '../units.ts';
import type { DutyExpression } from './expression.ts';
import { WHOLE_VALUE_BASES } from './hts-basis.ts';
import { inSeason } from './season.ts';

/** A declared quantity. `qualifier` as in TARIC ('E' drained weight), `basis` as in the HTS ('lead_content'); both must match the duty's. */
export interface Quantity {
  unit: string;
  qualifier?: string;
  basis?: string;
  amount: string;
}

export interface EvaluationInput {
  /** Value of the goods in `currency`; null when not declared. */
  customsValue: string | null;
  /** Currency of the customs value and of the result. */
  currency: string;
  quantities: readonly Quantity[];
  /** Values of parts of the goods by basis name ('case', 'non_us_content', 'retail_price'), in `currency`. */
  basisValues?: Readonly<Record<string, string>>;
  /** Duty of the line a chapter 98 or 99 expression refers to, in `currency`. */
  baseDuty?: string | null;
  /** Declared facts by stable name: 'sugar_degrees', 'under_bond', 'date', 'small_producer_relief' … */
  facts?: Readonly<Record<string, string | boolean>>;
  /** EUR per 100 kg net of a Meursing component; null when the additional code or the row is missing. */
  meursing?: (table: 'EA' | 'ADSZ' | 'ADFM', reduced: boolean) => string | null;
  /** Units of `to` for one of `from`; null when there is no rate. */
  exchange?: (from: string, to: string) => string | null;
}

export interface Evaluation {
  /** Exact decimal string in the input's currency; round with roundMoney. Null when it does not follow from the input. */
  amount: string | null;
  /** The rate of customs value when the expression is nothing else, as a fraction. */
  adValoremRate: string | null;
  /** What would settle it, stable names: 'customs_value', 'quantity:KGM:lead_content', 'exchange_rate:EUR:GBP', 'fact:date' … */
  missing: string[];
  /** Null with an amount; otherwise 'input_missing' or the reason of the part no input can settle. */
  reason: string | null;
}

interface Part {
  amount: Exact | null;
  missing: string[];
  reason: string | null;
}

const known = (amount: Exact): Part => ({ amount, missing: [], reason: null });
const lacking = (...missing: string[]): Part => ({ amount: null, missing, reason: null });
const impossible = (reason: string): Part => ({ amount: null, missing: [], reason });

/**
 * What the expression amounts to for the declared goods. Something missing gives no number, never 0;
 * a part printed as zero is zero whatever the quantity. Units convert through the table only.
 */
export function evaluateDuty(expression: DutyExpression, input: EvaluationInput): Evaluation {
  const part = evaluate(expression, input);
  const rate = adValoremRate(expression)?.toFixed() ?? null;
  if (part.amount !== null) {
    // A difference ('42.903 EUR DTN - 30 %') may fall below nothing owed; no tariff pays out.
    return { amount: Exact.max(part.amount, 0).toFixed(), adValoremRate: rate, missing: [], reason: null };
  }
  return {
    amount: null,
    adValoremRate: rate,
    missing: [...new Set(part.missing)],
    reason: part.reason ?? 'input_missing',
  };
}

/** Half-up to `places` (cents). Applied once per component; sums are sums of rounded components. */
export function roundMoney(amount: string, places = 2): string {
  // Twelve places first, so that 33 1/3 % of 0.015 is half a cent and not a hair below it.
  return new Exact(amount).toDecimalPlaces(12).toDecimalPlaces(places).toFixed(places);
}

function evaluate(duty: DutyExpression, input: EvaluationInput): Part {
  switch (duty.op) {
    case 'free':
      return duty.condition === undefined || isDeclared(input, conditionFact(duty.condition))
        ? known(new Exact(0))
        : lacking(`fact:${conditionFact(duty.condition)}`);
    case 'ad_valorem':
      return adValorem(duty, input);
    case 'specific':
      return specific(duty, input);
    case 'sum':
      return combined(duty.terms, input, (amounts) =>
        amounts.reduce((total, amount) => total.plus(amount), new Exact(0)),
      );
    case 'difference':
      return combined([duty.from, duty.less], input, ([from = new Exact(0), less = new Exact(0)]) => from.minus(less));
    case 'smaller_of':
      return combined(duty.terms, input, (amounts) => Exact.min(...amounts));
    case 'larger_of':
      return combined(duty.terms, input, (amounts) => Exact.max(...amounts));
    case 'per_step_below': {
      const value = numericFact(input, duty.fact);
      if (value === null) return lacking(`fact:${duty.fact}`);
      return combined([duty.duty], input, ([amount = new Exact(0)]) =>
        amount.times(Exact.max(new Exact(duty.below).minus(value), 0)),
      );
    }
    case 'base_duty':
      return input.baseDuty === undefined || input.baseDuty === null
        ? lacking('base_duty')
        : known(new Exact(input.baseDuty));
    case 'seasonal': {
      const date = input.facts?.['date'];
      if (typeof date !== 'string') return lacking('fact:date');
      const period = duty.periods.find((candidate) => inSeason(candidate, date));
      return period === undefined ? impossible('no_rate_for_season') : evaluate(period.duty, input);
    }
    case 'meursing': {
      const amount = input.meursing?.(duty.table, duty.reduced) ?? null;
      if (amount === null) return lacking(`meursing:${duty.table}${duty.reduced ? 'R' : ''}`);
      return specific({ amount, currency: 'EUR', per: '1', unit: 'DTN' }, input);
    }
    case 'supplementary_unit':
      return impossible('supplementary_unit');
    case 'not_computable':
      return impossible(duty.reason);
  }
}

/** All parts must be known; otherwise everything that is missing is named. */
function combined(
  terms: readonly DutyExpression[],
  input: EvaluationInput,
  combine: (amounts: Exact[]) => Exact,
): Part {
  const parts = terms.map((term) => evaluate(term, input));
  const amounts = parts.map((part) => part.amount).filter((amount) => amount !== null);
  if (amounts.length > 0 && amounts.length === parts.length) return known(combine(amounts));
  const reason = terms.length === 0 ? 'no_terms' : (parts.find((part) => part.reason !== null)?.reason ?? null);
  return { amount: null, missing: parts.flatMap((part) => part.missing), reason };
}

function adValorem(duty: { rate: string; basis?: string }, input: EvaluationInput): Part {
  if (new Exact(duty.rate).isZero()) return known(new Exact(0));
  const whole = duty.basis === undefined || WHOLE_VALUE_BASES.has(duty.basis);
  const value = whole ? input.customsValue : (input.basisValues?.[duty.basis ?? ''] ?? null);
  if (value === null) return lacking(whole ? 'customs_value' : `value:${duty.basis ?? ''}`);
  return known(new Exact(value).times(duty.rate));
}

type SpecificRate = Omit<Extract<DutyExpression, { op: 'specific' }>, 'op'>;

function specific(duty: SpecificRate, input: EvaluationInput): Part {
  if (new Exact(duty.amount).isZero()) return known(new Exact(0));
  const quantity = measuredQuantity(duty, input);
  const rate = exchangeRate(duty.currency, input);
  if (typeof quantity === 'string' || rate === null) {
    const missing = typeof quantity === 'string' ? [quantity] : [];
    return lacking(...missing, ...(rate === null ? [`exchange_rate:${duty.currency}:${input.currency}`] : []));
  }
  return known(new Exact(duty.amount).times(quantity).div(duty.per).times(rate));
}

/** The declared quantity in the duty's unit, or the name of the quantity or fact that is missing. */
function measuredQuantity(
  duty: { unit: string; qualifier?: string; basis?: string },
  input: EvaluationInput,
): Exact | string {
  // Units that are a product of two declared figures.
  if (duty.unit === 'ASV' && duty.qualifier === 'X') return product(['ASV', 'HLT'], input);
  if (duty.unit === 'SPQ') {
    const relief = numericFact(input, 'small_producer_relief');
    const litres = measuredQuantity({ unit: 'LPA' }, input);
    return typeof litres === 'string' ? litres : relief === null ? 'fact:small_producer_relief' : litres.times(relief);
  }
  if (duty.qualifier === 'Z') return product([duty.unit, 'BRX'], input);
  const candidates = input.quantities.filter(
    (quantity) =>
      (quantity.qualifier ?? null) === (duty.qualifier ?? null) && (quantity.basis ?? null) === (duty.basis ?? null),
  );
  const exact = candidates.find((quantity) => quantity.unit === duty.unit);
  if (exact !== undefined) return new Exact(exact.amount);
  for (const quantity of candidates) {
    const converted = convertUnit(quantity.amount, quantity.unit, duty.unit);
    if (converted !== null) return new Exact(converted);
  }
  // Pure alcohol is the volume times its strength (Directive 92/83/EEC article 21).
  const plain = duty.qualifier === undefined && duty.basis === undefined;
  const alcohol = duty.unit === 'LPA' && plain ? product(['LTR', 'ASV'], input) : null;
  if (alcohol !== null && typeof alcohol !== 'string') return alcohol.div(100);
  return quantityName(duty);
}

function product(units: readonly string[], input: EvaluationInput): Exact | string {
  let total = new Exact(1);
  for (const unit of units) {
    const factor = measuredQuantity({ unit }, input);
    if (typeof factor === 'string') return factor;
    total = total.times(factor);
  }
  return total;
}

/** 'quantity:DTN/E', 'quantity:KGM:lead_content'. */
export function quantityName(duty: { unit: string; qualifier?: string; basis?: string }): string {
  return `quantity:${duty.unit}${duty.qualifier === undefined ? '' : `/${duty.qualifier}`}${duty.basis === undefined ? '' : `:${duty.basis}`}`;
}

/** EUC is the euro under the code of the agricultural amounts. */
function exchangeRate(printed: string, input: EvaluationInput): string | null {
  const from = printed === 'EUC' ? 'EUR' : printed;
  return from === input.currency ? '1' : (input.exchange?.(from, input.currency) ?? null);
}

function conditionFact(condition: string): string {
  return /^under bond\b/.test(condition) ? 'under_bond' : condition.toLowerCase().replace(/[^a-z0-9]+/g, '_');
}

function isDeclared(input: EvaluationInput, fact: string): boolean {
  const value = input.facts?.[fact];
  return value === true || value === 'true';
}

function numericFact(input: EvaluationInput, fact: string): string | null {
  const value = input.facts?.[fact];
  return typeof value === 'string' && /^\d+(?:\.\d+)?$/.test(value) ? value : null;
}

/** The rate of an expression made of nothing but shares of the whole customs value; null otherwise. */
function adValoremRate(duty: DutyExpression): Exact | null {
  if (duty.op === 'free') return duty.condition === undefined ? new Exact(0) : null;
  if (duty.op === 'ad_valorem')
    return duty.basis === undefined || WHOLE_VALUE_BASES.has(duty.basis) ? new Exact(duty.rate) : null;
  if (duty.op !== 'sum' && duty.op !== 'difference' && duty.op !== 'smaller_of' && duty.op !== 'larger_of') return null;
  const parts = (duty.op === 'difference' ? [duty.from, duty.less] : duty.terms).map(adValoremRate);
  const rates = parts.filter((rate) => rate !== null);
  const [first, ...others] = rates;
  if (first === undefined || rates.length < parts.length) return null;
  if (duty.op === 'smaller_of') return Exact.min(...rates);
  if (duty.op === 'larger_of') return Exact.max(...rates);
  return others.reduce((total, rate) => (duty.op === 'sum' ? total.plus(rate) : total.minus(rate)), first);
}
