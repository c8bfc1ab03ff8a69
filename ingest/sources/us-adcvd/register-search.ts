import { z } from 'zod';
import { bytesAt } from '../../file-edition.ts';
import type { Fetcher } from '../../fetch/fetcher.ts';

const SEARCH = 'https://www.federalregister.gov/api/v1/documents.json';
const PER_PAGE = 100;
/** The search hands out no more than its first 2,000 documents. */
const MOST_PAGES = 20;

const document = z.object({
  title: z.string(),
  publication_date: z.string(),
  document_number: z.string(),
  /** Absent for documents before 2000, of which there is no text. */
  raw_text_url: z.string().nullish(),
});
export type RegisterDocument = z.infer<typeof document>;

/** A search without a hit has no `results` at all. */
const page = z.object({
  count: z.int().nonnegative(),
  total_pages: z.int().nonnegative().optional(),
  results: z.array(document).default([]),
});

/**
 * Notices of the International Trade Administration that contain `term`, newest first, over all pages
 * (https://www.federalregister.gov/developers/documentation/api/v1). Null when the address is not mirrored. Throws FetchError, and Error for an answer that is no search
 * result or gives fewer documents than it counts.
 */
export async function noticesContaining(
  fetch: Fetcher,
  term: string,
  since?: string,
): Promise<RegisterDocument[] | null> {
  const found = new Map<string, RegisterDocument>();
  for (let number = 1; ; number += 1) {
    const answer = await bytesAt(fetch, searchUrl(term, since, number), { expect: 'json' });
    if (!answer) return number === 1 ? null : incomplete(term, number);
    const { count, total_pages = 1, results } = page.parse(JSON.parse(answer.body.toString('utf8')));
    for (const result of results) found.set(result.document_number, result);
    const last = Math.min(total_pages, MOST_PAGES);
    if (number < last && results.length === 0) return incomplete(term, number);
    if (number < last) continue;
    if (found.size < Math.min(count, PER_PAGE * MOST_PAGES)) return incomplete(term, number);
    return [...found.values()];
  }
}

function incomplete(term: string, number: number): never {
  throw new Error(`the search for ${term} ends on page ${number} before all its documents were given`);
}

function searchUrl(term: string, since: string | undefined, number: number): string {
  const fields = ['title', 'publication_date', 'document_number', 'raw_text_url'];
  const parameters: [string, string][] = [
    ['conditions[term]', `"${term}"`],
    ['conditions[agencies][]', 'international-trade-administration'],
    ['conditions[type][]', 'NOTICE'],
    ...(since === undefined ? [] : [pair('conditions[publication_date][gte]', since)]),
    ['order', 'newest'],
    ['per_page', String(PER_PAGE)],
    ...(number === 1 ? [] : [pair('page', String(number))]),
    ...fields.map((field) => pair('fields[]', field)),
  ];
  return `${SEARCH}?${new URLSearchParams(parameters).toString()}`;
}

const pair = (name: string, value: string): [string, string] => [name, value];
