import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import type { AnswerHead, Fetcher, FetchOptions, NotModified } from './fetcher.ts';

/**
 * Answers addresses of a scheme of ours with bytes that no publisher serves, everything else through `fetch`. They take the same way as a
 * publisher's file: kept under their hash, compared (the ETag is their sha256), published. `bytesOf` throws Gone for an address that has none.
 */
export function withOwnBytes(
  fetch: Fetcher,
  scheme: string,
  bytesOf: (url: string) => { body: Buffer; mediaType: string | null },
): Fetcher {
  function answer(url: string, options: FetchOptions): NotModified | (AnswerHead & { body: Buffer }) {
    const { body, mediaType } = bytesOf(url);
    const etag = `"${createHash('sha256').update(body).digest('hex')}"`;
    if (options.validators?.etag === etag) return { outcome: 'not-modified', status: 304 };
    return { outcome: 'ok', status: 200, url, mediaType, etag, lastModified: null, body };
  }
  return {
    get: (url, options = {}) =>
      url.startsWith(scheme) ? Promise.resolve().then(() => answer(url, options)) : fetch.get(url, options),
    async download(url, file, options = {}) {
      if (!url.startsWith(scheme)) return fetch.download(url, file, options);
      const given = answer(url, options);
      if (given.outcome === 'not-modified') return given;
      const { body, ...head } = given;
      await writeFile(file, body);
      return { ...head, file, bytes: body.length };
    },
    close: () => fetch.close(),
  };
}
