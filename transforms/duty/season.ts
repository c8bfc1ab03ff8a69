import type { DutyExpression } from './expression.ts';

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const PART = /([^(),]+?) ?\(([^()]+)\)/g;

/**
 * '15.00% (01 JAN-14 FEB, 16 JUN-31 DEC), 0.00% (15 FEB-15 JUN)': rates by the time of year.
 * Null when the text is not of that form or a rate in it is not understood by `parseRate`.
 */
export function seasonalDuty(text: string, parseRate: (rate: string) => DutyExpression | null): DutyExpression | null {
  if (!/^[^(),]+\([^()]*(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)/.test(text)) return null;
  const periods: { from: string; to: string; duty: DutyExpression }[] = [];
  for (const [, rate = '', ranges = ''] of text.matchAll(PART)) {
    const duty = parseRate(rate.trim());
    for (const range of ranges.split(',')) {
      const [first = '', last = ''] = range.split('-');
      const to = dayOfYear(last);
      // '01-31 DEC' names the month once.
      const from = dayOfYear(/^\s*\d+\s*$/.test(first) ? `${first.trim()} ${last.trim().replace(/^\d+ /, '')}` : first);
      if (duty === null || from === null || to === null) return null;
      periods.push({ from, to, duty });
    }
  }
  return text.replace(PART, '').replace(/[\s,]/g, '') === '' ? { op: 'seasonal', periods } : null;
}

/** True when the date ('YYYY-MM-DD') is in the period, which may run over the new year. */
export function inSeason(period: { from: string; to: string }, date: string): boolean {
  const day = date.slice(5);
  return period.from <= period.to ? period.from <= day && day <= period.to : day >= period.from || day <= period.to;
}

/** 'MM-DD' as '01 JAN'. */
export function seasonDay(day: string): string {
  return `${day.slice(3)} ${MONTHS[Number(day.slice(0, 2)) - 1] ?? ''}`;
}

function dayOfYear(text: string): string | null {
  const [, day, month] = /^(\d{1,2}) ([A-Z]{3})[A-Z]*$/.exec(text.trim()) ?? [];
  const index = MONTHS.indexOf(month ?? '');
  return day === undefined || index < 0 ? null : `${String(index + 1).padStart(2, '0')}-${day.padStart(2, '0')}`;
}
