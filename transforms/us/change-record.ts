import type { PlainDate } from '../dates.ts';
import { fromLongDate, LONG_DATE } from './long-date.ts';

/** The words a change record uses for what happened to a tariff number; 'technical-correction' and 'other' keep the rest visible. */
export type ChangeAction =
  | 'added'
  | 'deleted'
  | 'established'
  | 'discontinued'
  | 'modified'
  | 'annotated'
  | 'restored'
  | 'converted'
  | 'technical-correction';

/** One printed item about one tariff number. */
export interface ChangeRecordItem {
  digits: string;
  action: ChangeAction;
  /** What the record prints in parentheses after the action: '(transferred from 0201.30.5085 (pt.))'; '' when nothing. */
  detail: string;
  /** Legal date of the change, often before the publication; null when the record prints none ('N/A') or an impossible one. */
  effective_date: PlainDate | null;
  /** 'Notice', 'Executive Order', 'PP 11021', '484(f)'. */
  source: string;
  /** Annual editions say which revision brought the change: 'Rev 16'; null elsewhere. */
  edition: string | null;
}

export interface ChangeRecordIssue {
  code: 'change-record-date' | 'change-record-item-date' | 'change-record-item';
  message: string;
}

export interface ChangeRecord {
  /** '2025HTSRev18', '2026HTSBasic'; null when the title is not readable. */
  release: string | null;
  /** Date printed under the title: the effective date of the revision; the annual edition of 2025 prints none (1 January of its year is then right). */
  effectiveDate: PlainDate | null;
  items: ChangeRecordItem[];
  issues: ChangeRecordIssue[];
}

const ACTION = String.raw`(added|deleted|established|discontinued|modified|annotated|restored|converted|technical correction)`;
const NUMBER = String.raw`\d{4}\.\d{2}(?:\.\d{2,4}(?:\.\d{2})?)?`;
const RANGE = String.raw`(?:\s*(?:[-\u00ad\u2010-\u2015]|through|to)\s*(${NUMBER}))?`;
const ITEM = new RegExp(String.raw`^(${NUMBER})${RANGE}\s+${ACTION}\b(.*)$`, 'is');
/** The number stands alone when the second column is set on the next line. */
const NUMBER_ALONE = new RegExp(String.raw`^${NUMBER}${RANGE}$`);
const ACTION_FIRST = new RegExp(String.raw`^${ACTION}\b`, 'i');
/** Lines that begin an item which is not about a tariff number, or page furniture. */
const OTHER_START =
  /^(item changed|u\.?s\.? ?notes?|general ?notes?|statistical|additional|chapter|subchapter|section|compiler|preface|notice to|appendix|annex|endnote|superior|heading|subheading|\d{1,3}$)/i;

/**
 * A USITC change record (`https://hts.usitc.gov/reststop/file?release=…&filename=Change%20Record`) from the text of its pages.
 * Every item that begins with a tariff number is returned, ranges written out; items about notes are law text and not returned.
 * Traps: an item breaks over lines inside its parentheses, where a wrapped tariff number looks like a new item; pages begin
 * with a page number and a repeated column head; annual records have a fifth column.
 */
export function parseChangeRecord(pages: readonly string[]): ChangeRecord {
  const issues: ChangeRecordIssue[] = [];
  const lines = pages
    .join('\n')
    .split('\n')
    .map((line) => line.replace(/[\s\u00a0]+/g, ' ').trim())
    .filter((line) => line !== '');
  const head = lines.findIndex((line) => /^item changed\b/i.test(line));
  const front = lines.slice(0, head < 0 ? lines.length : head);
  const title = titleOf(front.join(' '));
  const effectiveDate = title.printed ?? (title.annualYear === null ? null : `${title.annualYear}-01-01`);
  if (effectiveDate === null)
    issues.push({ code: 'change-record-date', message: 'no date under the title of the change record' });

  const annual = head >= 0 && /\bedition$/i.test(lines[head] ?? '');
  const items: ChangeRecordItem[] = [];
  for (const text of head < 0 ? [] : itemTexts(lines.slice(head))) items.push(...readItem(text, annual, issues));
  return { release: title.release, effectiveDate, items, issues };
}

function titleOf(front: string): { release: string | null; printed: PlainDate | null; annualYear: string | null } {
  const named = /Schedule of the United States \((\d{4})(?:\s+(Basic(?: Edition)?|Revision (\d+)))?\)\s*(.*)$/i.exec(
    front,
  );
  if (named) {
    const release = named[3] === undefined ? `${named[1]}HTSBasic` : `${named[1]}HTSRev${named[3]}`;
    // The date must stand right under the title: the next sentence names the date of the edition before.
    const first = [...(named[4] ?? '').matchAll(LONG_DATE)][0];
    const printed = first?.index === 0 ? fromLongDate(first[0]) : null;
    return { release, printed, annualYear: named[3] === undefined ? (named[1] ?? null) : null };
  }
  const annual = /^(?:\d+ )?CHANGE RECORD \((\d{4})\)/i.exec(front);
  if (annual?.[1]) return { release: `${annual[1]}HTSBasic`, printed: null, annualYear: annual[1] };
  return { release: null, printed: null, annualYear: null };
}

/** Lines of one item joined; only items about tariff numbers. */
function itemTexts(lines: readonly string[]): string[] {
  const texts: string[] = [];
  let open: string[] | null = null;
  const close = () => {
    if (open) texts.push(open.join(' '));
    open = null;
  };
  lines.forEach((line, at) => {
    const inParentheses: boolean = open !== null && depth(open.join(' ')) > 0;
    const startsItem = ITEM.test(line) || (NUMBER_ALONE.test(line) && ACTION_FIRST.test(lines[at + 1] ?? ''));
    // Parentheses are not always closed ('Established (transferred from 3004.90.9222'): number plus action always begins an item.
    if (startsItem) {
      close();
      open = [line];
    } else if (OTHER_START.test(line)) {
      // A wrapped description may begin like another item, and page furniture may fall inside an item that has no date yet.
      const furniture = /^item changed/i.test(line) || /^\d{1,3}$/.test(line);
      const finished = dateOf(open?.join(' ') ?? '') !== null;
      if (finished || (!furniture && !inParentheses)) close();
      else if (open && !furniture) open = [...open, line];
    } else if (open) open = [...open, line];
  });
  close();
  return texts;
}

function depth(text: string): number {
  let open = 0;
  for (const char of text) {
    if (char === '(') open += 1;
    else if (char === ')') open = Math.max(0, open - 1);
  }
  return open;
}

/**
 * The date column: the first date (or 'N/A') outside parentheses, since a description may name dates inside them;
 * where the parenthesis is never closed, the last date.
 */
function dateOf(text: string): { at: number; length: number; printed: string } | null {
  const dates = [...text.matchAll(new RegExp(`${LONG_DATE.source}|\\bN/A\\b`, 'gi'))];
  const outside = dates.find((match) => depth(text.slice(0, match.index)) === 0);
  const date = outside ?? (depth(text) > 0 ? dates.at(-1) : undefined);
  return date ? { at: date.index, length: date[0].length, printed: date[0] } : null;
}

function readItem(text: string, annual: boolean, issues: ChangeRecordIssue[]): ChangeRecordItem[] {
  const match = ITEM.exec(text);
  const from = match?.[1];
  const word = match?.[3]?.toLowerCase();
  if (!match || from === undefined || word === undefined) return [];
  const rest = match[4] ?? '';
  const date = dateOf(rest);
  let effective: PlainDate | null = null;
  if (date === null) issues.push({ code: 'change-record-item', message: `item without a date column: ${text}` });
  else if (date.printed !== 'N/A') {
    effective = fromLongDate(date.printed);
    if (effective === null)
      issues.push({ code: 'change-record-item-date', message: `${from}: impossible date '${date.printed}'` });
  }
  const after = date === null ? '' : rest.slice(date.at + date.length).trim();
  const edition = annual ? /(?:^|\s)(Rev \d+|\d{4})$/.exec(after) : null;
  const item = {
    action: (word === 'technical correction' ? 'technical-correction' : word) as ChangeAction,
    detail: rest.slice(0, date?.at ?? rest.length).trim(),
    effective_date: effective,
    source: after.slice(0, edition?.index ?? after.length).trim(),
    edition: edition?.[1] ?? null,
  };
  const range = numbersBetween(from, match[2]);
  if (range === null) {
    issues.push({ code: 'change-record-item', message: `range cannot be written out: ${from} to ${match[2] ?? ''}` });
    return [];
  }
  return range.map((digits) => ({ digits, ...item }));
}

/** '9903.02.01' to '9903.02.71' as numbers in steps of one; null when the ends differ in length or lie more than 500 apart. */
function numbersBetween(from: string, to: string | undefined): string[] | null {
  const first = from.replaceAll('.', '');
  if (to === undefined) return [first];
  const last = to.replaceAll('.', '');
  const span = Number(last) - Number(first);
  if (first.length !== last.length || span < 0 || span > 500) return null;
  return Array.from({ length: span + 1 }, (_, step) => String(Number(first) + step).padStart(first.length, '0'));
}
