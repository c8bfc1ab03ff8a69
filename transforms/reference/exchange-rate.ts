import { Decimal } from 'decimal.js';
import { z } from 'zod';
import { addDays, daysBetween, isValidAt, type PlainDate } from '../dates.ts';

/** `data` of topic 'exchange-rate': units of `quote` for one unit of `base`. The record's subject is `quote`. */
export const exchangeRateData = z.object({
  base: z.string().regex(/^[A-Z]{3}$/),
  quote: z.string().regex(/^[A-Z]{3}$/),
  rate: z.string().regex(/^\d+(\.\d+)?$/),
  /** 'daily': a reference rate of one day. 'monthly': the customs rate of a whole month. */
  kind: z.enum(['daily', 'monthly']),
  source: z.enum(['ecb', 'hmrc']),
});
export type ExchangeRateData = z.infer<typeof exchangeRateData>;

/** A rate with the time it is valid for, half-open: a day for the ECB's, a month for HMRC's. */
export interface DatedRate extends ExchangeRateData {
  valid_from: PlainDate;
  valid_to: PlainDate | null;
}

export interface Conversion<Rate extends DatedRate = DatedRate> {
  /** In the target currency, rounded half-up to `places`. */
  amount: string;
  /** Units of the target currency for one of the given, 10 significant digits. */
  rate: string;
  /** The published rates used: one, or two when the way leads over a common base. */
  used: Rate[];
}

/**
 * Converts with the rates valid on `date`, directly, inversely or over a common base. Null when one of them is not published for
 * that date: a rate of another day is never taken in its place. Give rates of one source and kind; of several that
 * fit, the one that starts last counts. `used` are the rates as given, with whatever else they carry (their release).
 */
export function convert<Rate extends DatedRate>(
  amount: string,
  from: string,
  to: string,
  date: PlainDate,
  rates: readonly Rate[],
  places = 2,
): Conversion<Rate> | null {
  if (from === to) return { amount: new Decimal(amount).toFixed(places), rate: '1', used: [] };
  const valid = rates.filter((rate) => isValidAt(rate, date)).sort((a, b) => (a.valid_from < b.valid_from ? 1 : -1));
  const path = directPath(valid, from, to) ?? crossPath(valid, from, to);
  if (!path) return null;
  return {
    amount: new Decimal(amount).mul(path.rate).toFixed(places, Decimal.ROUND_HALF_UP),
    rate: path.rate.toSignificantDigits(10).toFixed(),
    used: path.used,
  };
}

interface Path<Rate> {
  rate: Decimal;
  used: Rate[];
}

function directPath<Rate extends DatedRate>(rates: readonly Rate[], from: string, to: string): Path<Rate> | null {
  const direct = rates.find((rate) => rate.base === from && rate.quote === to);
  if (direct) return { rate: new Decimal(direct.rate), used: [direct] };
  const inverse = rates.find((rate) => rate.base === to && rate.quote === from);
  return inverse ? { rate: new Decimal(1).div(inverse.rate), used: [inverse] } : null;
}

function crossPath<Rate extends DatedRate>(rates: readonly Rate[], from: string, to: string): Path<Rate> | null {
  for (const first of rates.filter((rate) => rate.quote === from)) {
    const second = rates.find((rate) => rate.base === first.base && rate.quote === to);
    if (second) return { rate: new Decimal(second.rate).div(first.rate), used: [first, second] };
  }
  return null;
}

/**
 * The day whose rates the EU uses for customs value in the month of `date`: the penultimate Wednesday of the month before
 * (Article 146 of Implementing Regulation (EU) 2015/2447).
 */
export function customsRateDay(date: PlainDate): PlainDate {
  const lastDay = addDays(`${date.slice(0, 7)}-01`, -1);
  // 1970-01-01 was a Thursday; 1969-12-31 a Wednesday.
  const sinceWednesday = daysBetween('1969-12-31', lastDay) % 7;
  return addDays(lastDay, -sinceWednesday - 7);
}

/**
 * The monthly customs rates that follow from daily ones, valid for the month of `date`. If nothing was published on the day, the
 * last published before it counts, as the Article says; but only within a week, since a longer gap is a gap in our data.
 * Each keeps what else it carries (its release).
 */
export function customsMonthRates<Rate extends DatedRate>(daily: readonly Rate[], date: PlainDate): Rate[] {
  const day = customsRateDay(date);
  const published = daily
    .filter((rate) => rate.kind === 'daily' && rate.valid_from <= day && daysBetween(rate.valid_from, day) < 7)
    .map((rate) => rate.valid_from)
    .sort()
    .at(-1);
  if (published === undefined) return [];
  const start = `${date.slice(0, 7)}-01`;
  const end = `${addDays(start, 31).slice(0, 7)}-01`;
  return daily
    .filter((rate) => rate.kind === 'daily' && rate.valid_from === published)
    .map((rate) => ({ ...rate, kind: 'monthly', valid_from: start, valid_to: end }));
}
