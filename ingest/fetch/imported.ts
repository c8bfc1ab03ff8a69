import { Gone } from './errors.ts';
import type { Fetcher } from './fetcher.ts';
import { withOwnBytes } from './own-bytes.ts';

const SCHEME = 'import:';

/** The address under which an imported file takes part in an edition. */
export function importUrl(fileName: string): string {
  return `${SCHEME}${fileName}`;
}

/** Answers 'import:<file name>' with the bytes of a file that a person hands in. Another file name is Gone. */
export function withImport(fetch: Fetcher, fileName: string, body: Buffer): Fetcher {
  return withOwnBytes(fetch, SCHEME, (url) => {
    if (url !== importUrl(fileName)) throw new Gone({ url, detail: 'no such file is being imported' });
    return { body, mediaType: null };
  });
}
