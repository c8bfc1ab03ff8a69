import { readTopicRows } from '../../db/topic-rows.ts';
import { addDays, isValidAt, type PlainDate } from '../../transforms/dates.ts';
import {
  customsMonthRates,
  customsRateDay,
  type DatedRate,
  exchangeRateData,
} from '../../transforms/reference/exchange-rate.ts';
import type { Database } from '../../db/connect.ts';

/**
 * 'daily': the ECB's reference rate of the day. 'monthly': HMRC's rate for customs, of the month. 'eu_customs': the rate for EU customs
 * value in the month, which follows from a day of the month before.
 */
export const RATE_KINDS = ['daily', 'monthly', 'eu_customs'] as const;
export type RateKind = (typeof RATE_KINDS)[number];

export type HeldRate = DatedRate & { release: number; source_id: string };

export interface HeldRates {
  version: number | null;
  /** Valid on the date; of one source and kind each, fit for `convert`. */
  byKind: Readonly<Record<RateKind, HeldRate[]>>;
}

/** Rates of the currencies for a date: never those of another date. */
export async function publishedRates(
  database: Database,
  currencies: readonly string[],
  date: PlainDate,
  known: string | null,
): Promise<HeldRates> {
  const day = customsRateDay(date);
  const { version, rows } = await readTopicRows(database, {
    topics: ['exchange-rate'],
    subjects: currencies,
    from: addDays(day, -6),
    to: date,
    known,
  });
  const rates = rows.map((row): HeldRate => ({
    ...exchangeRateData.parse(row.data),
    valid_from: row.valid_from,
    valid_to: row.valid_to,
    release: row.stated_by,
    source_id: row.source_id,
  }));
  const valid = rates.filter((rate) => isValidAt(rate, date));
  const daily = rates.filter((rate) => rate.kind === 'daily');
  return {
    version,
    byKind: {
      daily: valid.filter((rate) => rate.kind === 'daily'),
      monthly: valid.filter((rate) => rate.kind === 'monthly'),
      eu_customs: customsMonthRates(daily, date),
    },
  };
}
