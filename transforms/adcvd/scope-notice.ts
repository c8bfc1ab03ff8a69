import { parseCaseNumber } from './case-number.ts';
import { federalRegisterText } from './federal-register-text.ts';

/**
 * How well a notice states an order's scope, by its title: 3 order, continuation or suspension; 2 clarification or determination;
 * 1 results of a review; 0 nothing about scope.
 */
export function scopeRank(title: string): 0 | 1 | 2 | 3 {
  if (/final results|preliminary results|rescission/i.test(title)) return 1;
  if (/clarification|scope ruling/i.test(title)) return 2;
  if (/continuation|suspension|duty orders?\b/i.test(title)) return 3;
  if (/scope|determination/i.test(title)) return 2;
  return 0;
}

/** The cases a notice is about: the bracketed line under 'International Trade Administration', '[A-533-877, C-533-878]'. */
export function casesOfNotice(html: string): string[] {
  const text = federalRegisterText(html);
  const header = /International Trade Administration\s+\[([^\]]*)\]/i.exec(text)?.[1] ?? '';
  return header.split(/[,;]| and /).flatMap((part) => parseCaseNumber(part.trim())?.number ?? []);
}

/** The title of a notice, between the bracketed cases and 'AGENCY:'; null when it does not stand there. */
export function noticeTitle(html: string): string | null {
  const text = federalRegisterText(html);
  const title = /International Trade Administration\s+\[[^\]]*\]\s+(\S[\s\S]{0,600}?)\s*\n\s*\n\s*AGENCY:/i.exec(
    text,
  )?.[1];
  return title?.replace(/\s+/g, ' ') ?? null;
}

const SCOPE =
  /^\s*(?:Appendix[^\n]*)?Scope of the (?:Orders?|Findings?|Investigations?|Agreements?|Suspension Agreements?)\s*\d?\s*$/im;

/**
 * Tariff numbers named in the scope sections of a notice, as digits, sorted; they are for convenience only, the prose decides.
 * Null when the notice is not about the case: a mention elsewhere in the text says nothing about its scope. Chapters 98 and 99 are left out.
 */
export function scopeCodes(html: string, caseNumber: string): string[] | null {
  if (!casesOfNotice(html).includes(caseNumber)) return null;
  const codes = new Set<string>();
  let rest = federalRegisterText(html);
  for (let at = rest.search(SCOPE); at >= 0; at = rest.search(SCOPE)) {
    rest = rest.slice(at).replace(SCOPE, '');
    const section = rest.slice(0, endOfSection(rest));
    // '7222.11.' / '0050': a number broken after a dot goes on in the next line.
    const text = section.replace(/(\d\.)\s*\n\s*(?=\d)/g, '$1');
    for (const [code] of text.matchAll(/\b\d{4}\.\d{2}(?:\.\d{2,4}){0,2}\b/g)) {
      const digits = code.replaceAll('.', '');
      if (digits.length <= 10 && !/^9[89]/.test(digits)) codes.add(digits);
    }
    rest = rest.slice(section.length);
  }
  return [...codes].sort();
}

/** Where the next stand-alone heading begins: a short line of its own between blank lines that is no sentence. */
function endOfSection(text: string): number {
  const heading = /\n\s*\n([A-Z][^\n.;:]{2,70})\n\s*\n/.exec(text);
  return heading ? heading.index + 1 : text.length;
}
