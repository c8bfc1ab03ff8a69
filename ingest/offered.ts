import { FetchError, Gone, NotMirrored, PermanentFetch } from './fetch/errors.ts';
import type { Fetcher } from './fetch/fetcher.ts';
import type { Source } from './source.ts';

/**
 * Whether a mirror has anything of a source: asked before `--all` on a mirror or the sample, so that what they do not carry is no failed
 * run. Any other failure counts as offered: the run will meet it and say so.
 */
export async function isOffered(source: Source, fetch: Fetcher, today: string): Promise<boolean> {
  try {
    for await (const edition of source.discover({ fetch, known: [], today })) {
      for (const part of edition.parts) {
        if (part.optional !== true && !(await hasAddress(fetch, part.url))) return false;
      }
      return true;
    }
    return false;
  } catch (error) {
    return !isAbsent(error);
  }
}

async function hasAddress(fetch: Fetcher, url: string): Promise<boolean> {
  try {
    await fetch.get(url, {});
    return true;
  } catch (error) {
    if (error instanceof FetchError) return !isAbsent(error);
    throw error;
  }
}

function isAbsent(error: unknown): boolean {
  // 'mirror:' addresses exist in a mirror only; live HTTP refuses them.
  if (error instanceof PermanentFetch) return error.url.startsWith('mirror:');
  return error instanceof NotMirrored || error instanceof Gone;
}
