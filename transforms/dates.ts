/**
 * Plain calendar dates as ISO strings ('2026-11-20') and instants as RFC 3339 UTC strings.
 * The only file besides bin/ that touches Date: for calendar arithmetic, never for "now".
 */

/** A calendar date, 'YYYY-MM-DD'. */
export type PlainDate = string;

/** A UTC instant, RFC 3339 ('2026-06-08T00:00:00.000Z'). */
export type Instant = string;

/** Valid time, half-open: `valid_to` is the first day after it. Null bounds are open. */
export interface ValidTime {
  valid_from: PlainDate | null;
  valid_to: PlainDate | null;
}

/** Whether `date` lies in a half-open valid time. */
export function isValidAt({ valid_from, valid_to }: ValidTime, date: PlainDate): boolean {
  return (valid_from === null || valid_from <= date) && (valid_to === null || date < valid_to);
}

const PLAIN_DATE = /^(\d{4})-(\d{2})-(\d{2})$/;

/** True for a date that exists in the calendar: '2026-13-01' and '2025-02-29' are not. */
export function isPlainDate(text: string): boolean {
  if (!PLAIN_DATE.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** The date `days` later (negative: earlier). */
export function addDays(date: PlainDate, days: number): PlainDate {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** Publishers print inclusive ends; we store exclusive ones. The one place where the day is added. */
export function exclusiveEnd(inclusiveEnd: PlainDate): PlainDate {
  return addDays(inclusiveEnd, 1);
}

/** Whole days from `a` to `b`. */
export function daysBetween(a: PlainDate, b: PlainDate): number {
  return Math.round((Date.parse(`${b}T00:00:00Z`) - Date.parse(`${a}T00:00:00Z`)) / 86_400_000);
}

/** A publisher's date as an instant: midnight UTC, the convention for publishers that give no time (docs/time.md). */
export function midnight(date: PlainDate): Instant {
  return `${date}T00:00:00.000Z`;
}

/** For libraries that take nothing else. */
export function dateObject(instant: Instant): Date {
  return new Date(instant);
}

/** The instant `ms` milliseconds later. */
export function laterBy(instant: Instant, ms: number): Instant {
  return new Date(Date.parse(instant) + ms).toISOString();
}

/** US publishers' 'MM/DD/YYYY' as an ISO date; null when it is not one. */
export function fromUsDate(text: string): PlainDate | null {
  const match = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text.trim());
  if (!match) return null;
  const iso = `${match[3]}-${match[1]?.padStart(2, '0')}-${match[2]?.padStart(2, '0')}`;
  return isPlainDate(iso) ? iso : null;
}

/** European 'DD-MM-YYYY' (also with / or .) as an ISO date; null when it is not one. */
export function fromEuDate(text: string): PlainDate | null {
  const match = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/.exec(text.trim());
  if (!match) return null;
  const iso = `${match[3]}-${match[2]?.padStart(2, '0')}-${match[1]?.padStart(2, '0')}`;
  return isPlainDate(iso) ? iso : null;
}

/** An ISO 8601 duration in whole days ('P21D', 'P2W', 'P1M' = 31 days, 'P1Y' = 366): the longest it can be. */
export function durationDays(duration: string): number {
  const match = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?$/.exec(duration);
  if (!match) throw new RangeError(`not a whole-day ISO 8601 duration: ${duration}`);
  const [years, months, weeks, days] = match.slice(1).map((part) => Number(part ?? 0));
  return (years ?? 0) * 366 + (months ?? 0) * 31 + (weeks ?? 0) * 7 + (days ?? 0);
}
