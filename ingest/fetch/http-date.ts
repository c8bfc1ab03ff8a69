import { addDays, daysBetween, isPlainDate, type PlainDate } from '../../transforms/dates.ts';

const DAYS = ['Thu', 'Fri', 'Sat', 'Sun', 'Mon', 'Tue', 'Wed']; // 1970-01-01 was a Thursday
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const EPOCH = '1970-01-01';

/** An HTTP date ('Fri, 20 Nov 2026 09:00:00 GMT', RFC 9110 5.6.7) in milliseconds since 1970; null for anything else. */
export function parseHttpDate(text: string): number | null {
  const match = /^[A-Z][a-z]{2}, (\d{2}) ([A-Z][a-z]{2}) (\d{4}) (\d{2}):(\d{2}):(\d{2}) GMT$/.exec(text.trim());
  if (!match) return null;
  const [, day = '', month = '', year = '', hours, minutes, seconds] = match;
  const date = `${year}-${String(MONTHS.indexOf(month) + 1).padStart(2, '0')}-${day}`;
  if (!isPlainDate(date)) return null;
  return daysBetween(EPOCH, date) * 86_400_000 + (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000;
}

/** Milliseconds since 1970 as an HTTP date. */
export function formatHttpDate(time: number): string {
  const days = Math.floor(time / 86_400_000);
  const date = addDays(EPOCH, days);
  const seconds = Math.floor((time - days * 86_400_000) / 1000);
  const clock = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map(two).join(':');
  const weekday = DAYS[((days % 7) + 7) % 7] ?? '';
  return `${weekday}, ${date.slice(8)} ${MONTHS[Number(date.slice(5, 7)) - 1] ?? ''} ${date.slice(0, 4)} ${clock} GMT`;
}

/** Midnight GMT of a publication date, for sources that give no time. */
export function httpDateOf(date: PlainDate): string {
  return formatHttpDate(daysBetween(EPOCH, date) * 86_400_000);
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
