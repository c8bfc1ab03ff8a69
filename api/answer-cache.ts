/** A finished answer as it goes over the wire. */
export interface CachedAnswer {
  /** Dataset version it was given from. */
  version: number;
  /** The day for which a date left out by the client was filled in; null when the request named it. */
  day: string | null;
  etag: string;
  cacheControl: string;
  link: string | null;
  head: string;
  /** Shared between answers that rest on the same releases, and so not counted. */
  tail: string;
}

/**
 * Answers by path and query, least recently used out first. An answer follows from the request, the dataset version and, where a date was
 * left out, today's date: while those are the same, so is the answer, and it was stored when it was first given. A publication thus empties
 * the cache by changing the version; the version itself is at most `versionMaxAgeMs` old.
 */
export interface AnswerCache {
  get(url: string, version: number, today: string): CachedAnswer | null;
  put(url: string, answer: CachedAnswer): void;
}

// A string of Latin letters takes a byte per character; keys, headers and the map entry come on top.
const OVERHEAD = 512;
const LONGEST_URL = 512;

export function answerCache(maxBytes: number): AnswerCache {
  const entries = new Map<string, CachedAnswer>();
  let bytes = 0;
  const sizeOf = (answer: CachedAnswer): number => answer.head.length + OVERHEAD;
  const drop = (url: string): void => {
    const old = entries.get(url);
    if (old === undefined) return;
    entries.delete(url);
    bytes -= sizeOf(old);
  };
  return {
    get(url, version, today) {
      const found = entries.get(url);
      if (found === undefined) return null;
      if (found.version !== version || (found.day !== null && found.day !== today)) {
        drop(url);
        return null;
      }
      entries.delete(url);
      entries.set(url, found);
      return found;
    },
    put(url, answer) {
      drop(url);
      // One large page must not push everything else out, and nobody asks twice by an endless address.
      if (sizeOf(answer) > maxBytes / 16 || url.length > LONGEST_URL) return;
      entries.set(url, answer);
      bytes += sizeOf(answer);
      for (const oldest of entries.keys()) {
        if (bytes <= maxBytes) break;
        drop(oldest);
      }
    },
  };
}
