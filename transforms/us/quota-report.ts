import { Decimal } from 'decimal.js';
import { exclusiveEnd, fromUsDate, type PlainDate } from '../dates.ts';
import type { QuotaStatusData } from '../reference/quota-status.ts';
import { fromLongDate } from './long-date.ts';

export interface QuotaLine {
  data: QuotaStatusData;
  valid_from: PlainDate;
  /** Exclusive. */
  valid_to: PlainDate;
}

const STATUS: Readonly<Record<string, QuotaStatusData['status']>> = { OPEN: 'open', FILL: 'filled', EXCL: 'excluded' };

const LINE =
  /^(?<id>\S+) (?<head>.+) (?<period>\d{6}) (?<start>\d\d\/\d\d\/\d{4}) (?<end>\d\d\/\d\d\/\d{4}) - (?<limit>[\d.,]+) (?<unit>\S+) (?<entered>[\d.,]+|-) (?<share>[\d.,]+)% (?<status>OPEN|FILL|EXCL)(?: (?<filled>.+))?$/;

/** Every quota has a period; nothing else in the report has one. */
const PERIOD = /\d\d\/\d\d\/\d{4} \d\d\/\d\d\/\d{4}/;

/** First words of country names of more than one word, as printed in capitals at the end of a quota name in capitals. */
const FIRST_WORDS = /^(NEW|COSTA|EL|SRI|SOUTH|NORTH|UNITED|DOMINICAN|SAUDI|CZECH|SLOVAK|PAPUA|IVORY|HONG|BURKINA)$/;

/** The report's date, from its header 'Commodity Status Report September 21, 2026'; file names do not tell it. */
export function reportDate(text: string): PlainDate | null {
  const printed = /Commodity Status Report\s+([A-Z][a-z]+ \d{1,2}, \d{4})/.exec(text)?.[1];
  return printed === undefined ? null : fromLongDate(printed);
}

/**
 * One line of CBP's Commodity Status Report: id, name, country, period, start, end, limit, unit, entered, per cent, status, time of
 * filling. Null for text that is no such line (page headers). Throws when a line with a period is not of that form, or its dates are
 * impossible: passed over, its quota would look as if it had ended.
 */
export function quotaLine(text: string): QuotaLine | null {
  const printed = text.replace(/\s+/g, ' ').trim();
  const groups = LINE.exec(printed)?.groups;
  if (!groups) {
    if (PERIOD.test(printed)) throw new Error(`not a line of the report as known: ${printed}`);
    return null;
  }
  const group = (name: string): string => groups[name] ?? '';
  const start = fromUsDate(group('start'));
  const end = fromUsDate(group('end'));
  if (start === null || end === null) throw new Error(`not a period: ${text}`);
  const status = STATUS[group('status')];
  if (status === undefined) throw new Error(`not a status: ${text}`);
  const { name, country } = nameAndCountry(group('head'));
  // '08/28/2026 00:00: AM': the time is damaged in the source, the day is not.
  const filled = fromUsDate(group('filled').slice(0, 10));
  return {
    data: {
      quota_id: group('id'),
      name,
      country,
      period: group('period'),
      limit: number(group('limit')),
      unit: group('unit'),
      entered: group('entered') === '-' ? null : number(group('entered')),
      share: new Decimal(number(group('share'))).div(100).toFixed(),
      status,
      filled_on: filled,
    },
    valid_from: start,
    valid_to: exclusiveEnd(end),
  };
}

/** 'Affordable Beef - OTHR', 'Beef ARGENTINA -', 'USTR AR BEEF ARGENTINA -'. */
function nameAndCountry(head: string): { name: string; country: string } {
  const other = /^(.*) - OTHR$/.exec(head);
  if (other) return { name: other[1] ?? '', country: 'OTHR' };
  const words = head.replace(/ -$/, '').split(' ');
  const last = words.length - 1;
  const from = FIRST_WORDS.test(words[last - 1] ?? '') ? last - 1 : last;
  return { name: words.slice(0, from).join(' '), country: words.slice(from).join(' ') };
}

/** What a line says against itself: its share is not entered / limit, or it is filled without a day. */
export function contradictions({ data }: QuotaLine): string[] {
  const found: string[] = [];
  if (data.entered !== null && Number(data.limit) > 0) {
    const share = new Decimal(data.entered).div(data.limit);
    if (share.sub(data.share).abs().gt('0.0001'))
      found.push(`${data.share} printed, ${share.toFixed(4)} by its quantities`);
  }
  if (data.status === 'filled' && data.filled_on === null) found.push('filled without a day');
  return found;
}

const number = (printed: string): string => printed.replace(/,/g, '');
