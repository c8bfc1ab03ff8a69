import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { Gone } from './errors.ts';
import type { AnswerHead, Fetcher, FetchOptions, NotModified } from './fetcher.ts';

const SCHEME = 'declared:';

/**
 * Answers 'declared:<source id>/<day>' from the declarations in the code, everything else through `fetch`. Declared facts thus take the
 * same way as a publisher's file: kept under their hash, compared, published. An address without a declaration is Gone.
 */
export function withDeclarations(
  fetch: Fetcher,
  declarations: Readonly<Record<string, (day: string) => Buffer>>,
): Fetcher {
  function answer(url: string, options: FetchOptions): NotModified | (AnswerHead & { body: Buffer }) {
    const [id = '', day = ''] = url.slice(SCHEME.length).split('/');
    const body = /^\d{4}-\d{2}-\d{2}$/.test(day) ? declarations[id]?.(day) : undefined;
    if (!body) throw new Gone({ url, detail: 'nothing is declared under this address' });
    const etag = `"${createHash('sha256').update(body).digest('hex')}"`;
    if (options.validators?.etag === etag) return { outcome: 'not-modified', status: 304 };
    return { outcome: 'ok', status: 200, url, mediaType: 'application/json', etag, lastModified: null, body };
  }
  return {
    get: (url, options = {}) =>
      url.startsWith(SCHEME) ? Promise.resolve().then(() => answer(url, options)) : fetch.get(url, options),
    async download(url, file, options = {}) {
      if (!url.startsWith(SCHEME)) return fetch.download(url, file, options);
      const given = answer(url, options);
      if (given.outcome === 'not-modified') return given;
      const { body, ...head } = given;
      await writeFile(file, body);
      return { ...head, file, bytes: body.length };
    },
    close: () => fetch.close(),
  };
}
