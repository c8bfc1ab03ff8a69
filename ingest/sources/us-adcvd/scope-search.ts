import { caseSearchTerm } from '../../../transforms/adcvd/case-number.ts';
import { casesOfNotice, scopeCodes, scopeRank } from '../../../transforms/adcvd/scope-notice.ts';
import { bytesAt } from '../../file-edition.ts';
import type { Fetcher } from '../../fetch/fetcher.ts';
import type { EditionPart, Issue } from '../../source.ts';
import { noticesContaining, type RegisterDocument } from './register-search.ts';

/** Texts read for one case: an order whose six best notices name no number has none that a machine could find. */
const TEXTS_PER_CASE = 6;
/** Names the documents read before, with the cases of their headers and how many numbers their scope gives each. */
type Read = Map<string, ReadonlyMap<string, number> | null>;

/**
 * The notice that states the scope of each case, found in the Federal Register by the case number: one search per case, then the texts
 * in the order of `scopeRank`, newest first, until one is about the case and names tariff numbers. Where none does, the first
 * that is about the case stands for it, without numbers; where no text is, an issue says so and the order stays unchecked.
 * One part per document, named after the cases it was chosen for. Requests: about three per case, at the source's pace.
 */
export async function scopeParts(
  fetch: Fetcher,
  cases: readonly string[],
  report: (issue: Issue) => void,
): Promise<EditionPart[]> {
  const chosen = new Map<string, { document: RegisterDocument; cases: string[] }>();
  const read: Read = new Map();
  for (const number of [...new Set(cases)].sort()) {
    const found = await noticesContaining(fetch, caseSearchTerm(number));
    // A mirror holds the searches it holds; what is said of the order is that it has no numbers.
    if (found === null) continue;
    const document = await scopeNotice(fetch, number, found, read);
    if (document === null) {
      const message = `${number}: none of ${found.length} notices that name the case states its scope`;
      report({ severity: 'info', code: 'scope-not-found', message, place: { case: number } });
      continue;
    }
    const held = chosen.get(document.document_number);
    if (held) held.cases.push(number);
    else chosen.set(document.document_number, { document, cases: [number] });
  }
  return [...chosen.values()].map(({ document, cases: of }) => ({
    part: scopePartName(of, document.document_number),
    url: document.raw_text_url ?? '',
    expect: 'html',
    optional: true,
  }));
}

function scopePartName(cases: readonly string[], document: string): string {
  return `scope-${cases.join('+')}-${document}`;
}

/** Cases and document of a part's name; null for other parts. */
export function ofScopePart(part: string): { cases: string[]; document: string } | null {
  const [, cases, document] = /^scope-([ACE]-\d{3}-\d{3}(?:\+[ACE]-\d{3}-\d{3})*)-(.+)$/.exec(part) ?? [];
  return cases === undefined || document === undefined ? null : { cases: cases.split('+'), document };
}

async function scopeNotice(
  fetch: Fetcher,
  number: string,
  found: readonly RegisterDocument[],
  read: Read,
): Promise<RegisterDocument | null> {
  const ranked = found
    .map((document) => ({ document, rank: scopeRank(document.title) }))
    .filter(({ document, rank }) => rank > 0 && typeof document.raw_text_url === 'string')
    .sort((a, b) => b.rank - a.rank || (a.document.publication_date < b.document.publication_date ? 1 : -1));
  let without: RegisterDocument | null = null;
  for (const { document } of ranked.slice(0, TEXTS_PER_CASE)) {
    const numbers = (await numbersByCase(fetch, document, read))?.get(number);
    if (numbers === undefined) continue;
    if (numbers > 0) return document;
    without ??= document;
  }
  return without;
}

async function numbersByCase(
  fetch: Fetcher,
  { document_number, raw_text_url }: RegisterDocument,
  read: Read,
): Promise<ReadonlyMap<string, number> | null> {
  const held = read.get(document_number);
  if (held !== undefined) return held;
  const answer = await bytesAt(fetch, raw_text_url ?? '', { expect: 'html' });
  const html = answer?.body.toString('utf8');
  const numbers =
    html === undefined ? null : new Map(casesOfNotice(html).map((of) => [of, scopeCodes(html, of)?.length ?? 0]));
  read.set(document_number, numbers);
  return numbers;
}
