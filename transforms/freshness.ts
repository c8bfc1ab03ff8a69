import { daysBetween, durationDays, type Instant, type PlainDate } from './dates.ts';

/** How old a source's newest data is, against what its cadence promises. */
export interface Freshness {
  /** Days since the date the newest data speaks of; null: nothing is loaded. */
  age_days: number | null;
  /** Days after which the source counts as stale. */
  promised_days: number;
  stale: boolean;
}

/** `staleAfter`: ISO 8601 days, from the source's cadence. A source without data is stale: it promises data. */
export function freshness(dataAsOf: PlainDate | null, staleAfter: string, now: Instant): Freshness {
  const promised = durationDays(staleAfter);
  if (dataAsOf === null) return { age_days: null, promised_days: promised, stale: true };
  // Law published ahead of its date is not of negative age.
  const age = Math.max(0, daysBetween(dataAsOf, now.slice(0, 10)));
  return { age_days: age, promised_days: promised, stale: age > promised };
}
