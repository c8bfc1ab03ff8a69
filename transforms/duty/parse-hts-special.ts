import type { DutyExpression } from './expression.ts';
import { parseHtsRate } from './parse-hts.ts';

/** One rate of a special cell with the programmes that may claim it. */
export interface SpecialTerm {
  /** The slice of the cell, list included; the slices together are the whole cell. */
  text: string;
  /** The rate text without its list. */
  rate: string;
  /** Programme symbols as printed ('A*', 'S+'); empty when the rate has no list. */
  programmes: string[];
  duty: DutyExpression;
  /** Headings a 'See …' term points to: single ones ('9822.05.20') and ranges ('9823.09.01-9823.09.09'). */
  refs: string[];
}

const LIST = /\(([^()]*)(?:\(([^()]*))?\)/g;
const SYMBOL = /^[A-Z]{1,2}[+*]?$/;

/**
 * The special column: `rate (symbols)` repeated, `See heading[-heading][, heading] (symbols)`, or a rate without a list.
 * Nothing of the cell is dropped; repaired slips of typing and anything without meaning are named in `issues`.
 */
export function parseHtsSpecial(text: string): { terms: SpecialTerm[]; issues: string[] } {
  const terms: SpecialTerm[] = [];
  const issues: string[] = [];
  let start = 0;
  for (const match of text.matchAll(LIST)) {
    const programmes = symbols(match[0], issues);
    if (programmes === null) continue; // '(see U.S. note 3 of this subchapter)' belongs to the rate text
    const end = match.index + match[0].length;
    terms.push(special(text.slice(start, end), text.slice(start, match.index), programmes));
    start = end;
  }
  const rest = text.slice(start);
  const last = terms.at(-1);
  if (/[^\s.,;]/.test(rest)) terms.push(special(rest, rest, []));
  else if (last !== undefined) last.text += rest;
  for (const term of terms) {
    if (term.duty.op === 'not_computable' && term.duty.reason === 'blank')
      issues.push(`list_without_rate: ${term.text.trim()}`);
  }
  return { terms, issues };
}

/** The symbols of a bracketed list, null when it is not a list of symbols. '(PA (PA)' and '(B,C,)' occur. */
function symbols(list: string, issues: string[]): string[] | null {
  const tokens = list.split(/[\s,()]+/).filter((token) => token !== '');
  const found = tokens.map((token) => token.replace(/^\.+|\.+$/g, ''));
  if (found.length === 0 || !found.every((token) => SYMBOL.test(token))) return null;
  if (tokens.some((token) => token.includes('.')) || /,\s*[,)]|\(\s*,|\([^)]*\(|[A-Z+*]\s+[A-Z]/.test(list))
    issues.push(`list_repaired: ${list}`);
  return [...new Set(found)];
}

function special(slice: string, rateText: string, programmes: string[]): SpecialTerm {
  const rate = rateText.trim();
  return {
    text: slice,
    rate,
    programmes,
    duty: parseHtsRate(rate),
    refs: /^see\b/i.test(rate) ? references(rate) : [],
  };
}

/** '99.19.04.14' (a printed slip) reads as 9919.04.14. */
function references(text: string): string[] {
  const heading = (printed: string): string => {
    const digits = printed.replaceAll('.', '');
    return [digits.slice(0, 4), digits.slice(4, 6), digits.slice(6)].filter((part) => part !== '').join('.');
  };
  return [...text.matchAll(/(\d[\d.]{5,})(?:\s*-\s*(\d[\d.]{5,}))?/g)].map(([, from = '', to]) =>
    to === undefined ? heading(from) : `${heading(from)}-${heading(to)}`,
  );
}
