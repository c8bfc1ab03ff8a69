import { createHash } from 'node:crypto';
import { addDays, midnight, type PlainDate } from '../transforms/dates.ts';
import { Gone, NotMirrored, PermanentFetch } from './fetch/errors.ts';
import { parseHttpDate } from './fetch/http-date.ts';
import type { Fetcher, FetchOptions } from './fetch/fetcher.ts';
import type { Edition, EditionPart } from './source.ts';

/**
 * The edition of a publisher that keeps one file at one address and silently reposts it: named by its Last-Modified date or,
 * where the server gives none, by the content, so that unchanged bytes never look like a new edition.
 * Null when the address has nothing (a mirror without it, 404).
 */
export async function fileEdition(
  fetch: Fetcher,
  main: EditionPart,
  others: readonly EditionPart[] = [],
): Promise<Edition | null> {
  const answer = await bytesAt(fetch, main.url);
  if (!answer) return null;
  const date = answer.lastModified === null ? null : dateOf(answer.lastModified);
  const label = date ?? `content-${createHash('sha256').update(answer.body).digest('hex').slice(0, 12)}`;
  return { label, publishedAt: date === null ? null : midnight(date), effectiveDate: date, parts: [main, ...others] };
}

/** The body at an address; null when there is none. Every other failure is thrown: a blocked publisher is not an absent file. */
export async function bytesAt(
  fetch: Fetcher,
  url: string,
  options: FetchOptions = {},
): Promise<{ body: Buffer; lastModified: string | null } | null> {
  try {
    const answer = await fetch.get(url, options);
    return answer.outcome === 'ok' ? { body: answer.body, lastModified: answer.lastModified } : null;
  } catch (error) {
    if (error instanceof NotMirrored || error instanceof Gone) return null;
    // 'mirror:' addresses exist in a mirror only.
    if (error instanceof PermanentFetch && url.startsWith('mirror:')) return null;
    throw error;
  }
}

/** The calendar date (UTC) of a Last-Modified header; null when it is none. */
function dateOf(lastModified: string): PlainDate | null {
  const time = parseHttpDate(lastModified);
  return time === null ? null : addDays('1970-01-01', Math.floor(time / 86_400_000));
}
