import { Decimal } from 'decimal.js';
import { isValidAt, type PlainDate } from '../dates.ts';
import type { DatedThreshold } from '../reference/import-threshold.ts';

export interface LowValueConsignment {
  date: PlainDate;
  /** Intrinsic value of all goods in the currency of the thresholds (EUR), without carriage and insurance; null: not known. */
  value: string | null;
  /** Codes of the lines. */
  codes: readonly string[];
}

/** How duty is charged on a consignment of little value. */
export interface LowValueVerdict {
  /** relief: none. flat: `amount` per item in the place of the tariff. tariff: as in the tariff. unknown: see `reason`. */
  charge: 'relief' | 'flat' | 'tariff' | 'unknown';
  amount: string | null;
  reason: string;
  rules: DatedThreshold[];
  /** Codes of a consignment within the limit that keep it out of the rules. */
  keptOut: string[];
}

/** Alcohol, perfume and toilet water, tobacco: kept out of the relief by Article 24 of Regulation (EC) No 1186/2009. */
const WITHOUT_RELIEF = ['2203', '2204', '2205', '2206', '2207', '2208', '3303', '24'];

/**
 * Duty on low-value consignments into the Union by date: relief (topic 'threshold', de_minimis) until 2026-07-01, a flat duty per item
 * (low_value_duty) from then on. `thresholds`: those of the Union known at the moment asked. The flat duty carries no limit of its own
 * in the data: it is that of the relief it follows.
 */
export function lowValueDuty(consignment: LowValueConsignment, thresholds: readonly DatedThreshold[]): LowValueVerdict {
  const { date, value, codes } = consignment;
  const valid = (rule: DatedThreshold) => isValidAt(rule, date);
  const flat = thresholds.find((rule) => rule.threshold === 'low_value_duty' && valid(rule));
  const relief = thresholds.find((rule) => rule.threshold === 'de_minimis' && rule.status === 'granted' && valid(rule));
  const limit = (relief ?? thresholds.find((rule) => rule.threshold === 'de_minimis'))?.amount ?? null;
  const none = (reason: string, charge: 'tariff' | 'unknown', keptOut: string[] = []): LowValueVerdict => ({
    charge,
    amount: null,
    reason,
    rules: [flat ?? relief].filter((rule) => rule !== undefined),
    keptOut,
  });
  if (limit === null) return none('the limit of low-value consignments is not held', 'unknown');
  if (value === null) return none('the value of the consignment is not known', 'unknown');
  if (new Decimal(value).gt(limit)) return none(`above ${limit} EUR`, 'tariff');
  if (!flat && !relief) return none(`no rule for low-value consignments is held for ${date}`, 'unknown');
  const kept = [...new Set(codes)].filter((code) => WITHOUT_RELIEF.some((prefix) => code.startsWith(prefix)));
  if (kept.length > 0) {
    return none(`${kept.join(', ')} kept out of the rules for low-value consignments`, 'tariff', kept);
  }
  if (flat) {
    const charge = flat.amount === null ? 'unknown' : 'flat';
    return { charge, amount: flat.amount, reason: `up to ${limit} EUR: ${flat.citation}`, rules: [flat], keptOut: [] };
  }
  const rules = relief ? [relief] : [];
  return {
    charge: 'relief',
    amount: '0.00',
    reason: `up to ${limit} EUR: ${relief?.citation ?? ''}`,
    rules,
    keptOut: [],
  };
}
