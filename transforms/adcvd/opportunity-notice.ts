import { isPlainDate, type PlainDate } from '../dates.ts';
import { parseCaseNumber, type CaseNumber } from './case-number.ts';
import { federalRegisterText } from './federal-register-text.ts';

/** One order, finding or suspension agreement listed in a notice of opportunity to request administrative review. */
export interface ListedOrder {
  case: CaseNumber;
  /** As printed in capitals; inherited from the line above where a country has several. */
  country: string;
  product: string;
  section: 'antidumping' | 'countervailing' | 'suspension';
  /** Period of review, both days inclusive; null when none is printed. */
  period: { from: PlainDate; to: PlainDate } | null;
}

export interface NoticeIssue {
  code: 'reversed-period' | 'no-period' | 'no-country' | 'heading-in-product';
  message: string;
}

const SECTIONS: readonly [RegExp, ListedOrder['section']][] = [
  [/^\s*Antidumping Duty Proceedings\s*$/i, 'antidumping'],
  [/^\s*Countervailing Duty Proceedings\s*$/i, 'countervailing'],
  [/^\s*Suspension Agreements?\s*$/i, 'suspension'],
];
const CASE = /\b[ACE]-\s?\d{3}-\s?\d{3}\b/g;
const PERIOD = /(\d{1,2}\/\d{1,2}\/\d{2,4})\s*-\s*(\d{1,2}\/\d{1,2}\/\d{2,4})\s*$/;
/** The prose that follows the table in every notice. */
const AFTER_TABLE = /^\s*In accordance with (?:19 CFR|section)/i;
const RULE_OR_HEAD = /^\s*(?:-{5,}|Period(?: of review| to be reviewed)?|None\.?)\s*$/i;

/**
 * The table of a monthly notice. Lines wrap anywhere: inside a product, inside a case number ('A-' / '570-190'), before or
 * after the period; a page mark may stand between a country and its orders.
 */
export function listedOrders(html: string): { orders: ListedOrder[]; issues: NoticeIssue[] } {
  const orders: ListedOrder[] = [];
  const issues: NoticeIssue[] = [];
  let section: ListedOrder['section'] | null = null;
  let country = '';
  let text = '';
  let period: string[] | null = null;

  const flush = (): void => {
    if (section !== null && text !== '') read(section, text, period, country, orders, issues);
    text = '';
    period = null;
  };

  for (const line of federalRegisterText(html).split('\n')) {
    const heading = SECTIONS.find(([pattern]) => pattern.test(line));
    if (heading) {
      flush();
      section = heading[1];
      country = '';
      continue;
    }
    if (section === null || line.trim() === '' || RULE_OR_HEAD.test(line)) continue;
    if (AFTER_TABLE.test(line)) break;
    const found = PERIOD.exec(line);
    const left = (found ? line.slice(0, found.index) : line)
      .trim()
      .replace(/\.{2,}$/, '')
      .trim();
    // An order is whole once it has case and period; a line with a country or a second period begins the next one.
    const named = /^([^a-z:]{3,}):\s*(.*)$/.exec(left);
    if (named || (found && period)) flush();
    if (named) country = (named[1] ?? '').trim();
    text = joined(text, named ? (named[2] ?? '') : left);
    if (found) period = [found[1] ?? '', found[2] ?? ''];
    if (period && new RegExp(`${CASE.source}$`).test(text)) flush();
  }
  flush();
  return { orders, issues };
}

function read(
  section: ListedOrder['section'],
  text: string,
  printedPeriod: readonly string[] | null,
  country: string,
  orders: ListedOrder[],
  issues: NoticeIssue[],
): void {
  const numbers = text.match(CASE) ?? [];
  const [first] = numbers;
  if (first === undefined) return; // a country that goes on in the next line, a footnote
  const printed = text.slice(0, text.indexOf(first)).replace(/[,\s]+$/, '');
  const product = withoutHeading(printed);
  if (product !== printed) issues.push({ code: 'heading-in-product', message: `${first}: '${printed}'` });
  if (country === '') issues.push({ code: 'no-country', message: `${first} stands under no country` });
  let period: ListedOrder['period'] = null;
  const [from, to] = (printedPeriod ?? []).map(fromShortDate);
  if (from && to) {
    if (from > to) issues.push({ code: 'reversed-period', message: `${first}: ${from} to ${to}` });
    period = from > to ? { from: to, to: from } : { from, to };
  } else {
    issues.push({ code: 'no-period', message: `${first} has no period of review` });
  }
  for (const number of numbers) {
    const parsed = parseCaseNumber(number);
    if (parsed) orders.push({ case: parsed, country, product, section, period });
  }
}

/** A word or a case number broken at a hyphen goes on without a blank. */
function joined(before: string, added: string): string {
  if (before === '') return added;
  return /[ACE]-(?:\d{3}-)?$/.test(before) || /[a-z]-$/.test(before) ? before + added : `${before} ${added}`;
}

/**
 * A product without what a table heading may have left in it: 'for November 2025 ------ Oil Country Tubular Goods' was
 * served by a public data set as a product.
 */
export function withoutHeading(product: string): string {
  return product
    .replace(/^.*-{5,}\s*/, '')
    .replace(/^for [A-Z][a-z]+ \d{4}\s+/, '')
    .trim();
}

/** '9/1/25' */
function fromShortDate(text: string): PlainDate | null {
  const [month = '', day = '', year = ''] = text.split('/');
  const date = `${year.length === 2 ? `20${year}` : year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isPlainDate(date) ? date : null;
}
