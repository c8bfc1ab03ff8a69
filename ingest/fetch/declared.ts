import { Gone } from './errors.ts';
import type { Fetcher } from './fetcher.ts';
import { withOwnBytes } from './own-bytes.ts';

const SCHEME = 'declared:';

/** Answers 'declared:<source id>/<day>' from the declarations in the code. An address without a declaration is Gone. */
export function withDeclarations(
  fetch: Fetcher,
  declarations: Readonly<Record<string, (day: string) => Buffer>>,
): Fetcher {
  return withOwnBytes(fetch, SCHEME, (url) => {
    const [id = '', day = ''] = url.slice(SCHEME.length).split('/');
    const body = /^\d{4}-\d{2}-\d{2}$/.test(day) ? declarations[id]?.(day) : undefined;
    if (!body) throw new Gone({ url, detail: 'nothing is declared under this address' });
    return { body, mediaType: 'application/json' };
  });
}
