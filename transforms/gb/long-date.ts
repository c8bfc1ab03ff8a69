import { isPlainDate, type PlainDate } from '../dates.ts';

const MONTHS = 'January February March April May June July August September October November December'.split(' ');

/** '1 September 2026', also with a short month ('05 Mar 2024', 'Sept' as British locales write it), as an ISO date; null when it is none. */
export function fromLongDate(text: string): PlainDate | null {
  const [, day, name, year] = /^(\d{1,2}) ([A-Z][a-z]+) (\d{4})$/.exec(text.trim()) ?? [];
  const short = name?.length === 3 || name === 'Sept';
  const month = MONTHS.findIndex((each) => each === name || (short && each.startsWith(name))) + 1;
  if (day === undefined || month === 0) return null;
  const date = `${year ?? ''}-${String(month).padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isPlainDate(date) ? date : null;
}
