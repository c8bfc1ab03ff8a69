import { Decimal } from 'decimal.js';
import { exclusiveEnd, type PlainDate } from '../transforms/dates.ts';
import type { ReferenceRecord } from '../transforms/records.ts';
import { quotaBalance, type QuotaBalance } from '../transforms/reference/quota-balance.ts';
import { europeanDate } from '../transforms/taric/european-date.ts';

/** The balance of one quota period as a record; the period's days are both included as printed. */
export function quotaRecord(data: QuotaBalance, period: { from: PlainDate; to: PlainDate }): ReferenceRecord {
  return {
    kind: 'reference',
    natural_key: `quota:${data.order_number}:${period.from}`,
    topic: 'quota',
    code: null,
    subject: data.order_number,
    data: quotaBalance.parse(data),
    valid_from: period.from,
    valid_to: exclusiveEnd(period.to),
  };
}

/** '28-07-2026 - 11-08-2026 01-07-2026 - 14-07-2026' as its periods; empty for an empty cell or '#NA'. */
export function periodsIn(text: string): { from: PlainDate; to: PlainDate }[] {
  if (text.trim() === '' || text === '#NA') return [];
  const periods = [
    ...text.matchAll(/(\d{2}-\d{2}-\d{4}|\d{4}-\d{2}-\d{2})\s*[-\u2014]\s*(\d{2}-\d{2}-\d{4}|\d{4}-\d{2}-\d{2})/g),
  ];
  if (periods.length === 0) throw new Error(`not a period: '${text}'`);
  return periods.map(([, from = '', to = '']) => ({ from: europeanDate(from) ?? from, to: europeanDate(to) ?? to }));
}

/** A number of the publisher's JSON as a decimal string with all its digits; no exponent, which JSON allows and our columns do not. */
export function decimalOf(value: number): string {
  if (!Number.isFinite(value)) throw new Error('not a number');
  return new Decimal(value).toFixed();
}
