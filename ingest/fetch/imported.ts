import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { Gone } from './errors.ts';
import type { AnswerHead, Fetcher, FetchOptions, NotModified } from './fetcher.ts';

const SCHEME = 'import:';

/** The address under which an imported file takes part in an edition. */
export function importUrl(fileName: string): string {
  return `${SCHEME}${fileName}`;
}

/**
 * Answers 'import:<file name>' with the bytes of the file, everything else through `fetch`: a file that a person hands in takes the same
 * way as one that was fetched. Another file name is Gone.
 */
export function withImport(fetch: Fetcher, fileName: string, body: Buffer): Fetcher {
  const etag = `"${createHash('sha256').update(body).digest('hex')}"`;
  const answer = (url: string, options: FetchOptions): NotModified | (AnswerHead & { body: Buffer }) => {
    if (url !== importUrl(fileName)) throw new Gone({ url, detail: 'no such file is being imported' });
    if (options.validators?.etag === etag) return { outcome: 'not-modified', status: 304 };
    return { outcome: 'ok', status: 200, url, mediaType: null, etag, lastModified: null, body };
  };
  return {
    get: (url, options = {}) =>
      url.startsWith(SCHEME) ? Promise.resolve().then(() => answer(url, options)) : fetch.get(url, options),
    async download(url, file, options = {}) {
      if (!url.startsWith(SCHEME)) return fetch.download(url, file, options);
      const given = answer(url, options);
      if (given.outcome === 'not-modified') return given;
      const { body: bytes, ...head } = given;
      await writeFile(file, bytes);
      return { ...head, file, bytes: bytes.length };
    },
    close: () => fetch.close(),
  };
}
