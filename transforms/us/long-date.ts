import { isPlainDate, type PlainDate } from '../dates.ts';

const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];

/** A printed American date: 'April 05, 2025'. Global: use with matchAll. */
export const LONG_DATE = new RegExp(`\\b(${MONTHS.join('|')})\\s+(\\d{1,2}),\\s*(\\d{4})\\b`, 'gi');

/**
 * 'July 1, 2025' as an ISO date; null when the text is none or the year is no year of the modern schedule
 * (2025 Revision 16 prints 'June 30, 3025' seventeen times).
 */
export function fromLongDate(text: string): PlainDate | null {
  const match = new RegExp(`^${LONG_DATE.source}$`, 'i').exec(text.trim());
  if (!match) return null;
  const month = MONTHS.indexOf((match[1] ?? '').toLowerCase()) + 1;
  const iso = `${match[3]}-${String(month).padStart(2, '0')}-${(match[2] ?? '').padStart(2, '0')}`;
  // The HTS began in 1989; dates beyond this century are slips.
  if (iso < '1989-01-01' || iso >= '2100-01-01') return null;
  return isPlainDate(iso) ? iso : null;
}
