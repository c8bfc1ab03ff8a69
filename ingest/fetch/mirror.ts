import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { canonicalAddress, nearestAddresses } from './address.ts';
import { assertContent } from './content.ts';
import { sampleOfFile } from './download.ts';
import { FetchError, MirrorFault, NotMirrored, TooLarge } from './errors.ts';
import { messageOf } from './exchange.ts';
import { type AnswerHead, DEFAULT_MAX_BYTES, type Fetcher, type FetchOptions } from './fetcher.ts';
import { httpDateOf } from './http-date.ts';
import { loadMirror, type MirrorEntry } from './mirror-manifest.ts';
import { sampleOf } from './sniff.ts';

export type { MirrorEntry } from './mirror-manifest.ts';

export type Mirror = Fetcher & {
  /** Entries whose address starts with `prefix` ('mirror:us/'), by address: for what has no public address to discover. */
  entries(prefix?: string): MirrorEntry[];
};

/**
 * Answers every request from the manifests below `dir` and nothing from the network; other addresses are NotMirrored. The stored
 * file is hashed before a byte of it counts. ETag is its hash, so an unchanged file costs no reading; Last-Modified is its
 * publication date. A POST is answered by its address alone: manifests record no request bodies.
 */
export async function openMirror(dir: string): Promise<Mirror> {
  const byAddress = await loadMirror(dir);

  function find(url: string): MirrorEntry {
    const entry = byAddress.get(canonicalAddress(url));
    if (entry !== undefined) return entry;
    const near = nearestAddresses(url, entriesOf(byAddress), 3);
    throw new NotMirrored({ url, detail: near.length === 0 ? 'nothing near it' : `nearest: ${near.join(' , ')}` });
  }

  return {
    async get(url, options = {}) {
      const entry = find(url);
      if (isUnchanged(entry, options)) return { outcome: 'not-modified', status: 304 };
      const chunks: Buffer[] = [];
      await unpack(entry, options, async (chunk) => {
        chunks.push(chunk);
        return Promise.resolve();
      });
      const body = Buffer.concat(chunks);
      assertContent(options.expect, sampleOf(body), entry.url, 200);
      return { ...headOf(entry), body };
    },
    async download(url, file, options = {}) {
      const entry = find(url);
      if (isUnchanged(entry, options)) return { outcome: 'not-modified', status: 304 };
      const part = `${file}.part`;
      try {
        const handle = await open(part, 'w');
        try {
          await unpack(entry, options, (chunk) => handle.appendFile(chunk));
          await handle.sync();
        } finally {
          await handle.close();
        }
        const sample = await sampleOfFile(part);
        assertContent(options.expect, sample, entry.url, 200);
        await rename(part, file);
        return { ...headOf(entry), file, bytes: sample.bytes };
      } catch (error) {
        await rm(part, { force: true });
        throw error;
      }
    },
    entries(prefix = '') {
      const found = [...byAddress.values()].filter((entry) => entry.url.startsWith(prefix));
      return found.sort((a, b) => (a.url < b.url ? -1 : 1));
    },
    close: () => Promise.resolve(),
  };
}

function* entriesOf(byAddress: ReadonlyMap<string, MirrorEntry>): Generator<string> {
  for (const entry of byAddress.values()) yield entry.url;
}

/** RFC 9110 13.2.2: a date counts only when no ETag is given, as two corrections may bear the same date. */
function isUnchanged(entry: MirrorEntry, options: FetchOptions): boolean {
  const { etag, lastModified } = options.validators ?? {};
  if (etag != null) return etag === etagOf(entry);
  return lastModified != null && entry.publishedAt !== null && lastModified === httpDateOf(entry.publishedAt);
}

function etagOf(entry: MirrorEntry): string {
  return `"${entry.sha256}"`;
}

function headOf(entry: MirrorEntry): AnswerHead {
  return {
    outcome: 'ok',
    status: 200,
    url: entry.url,
    mediaType: entry.mediaType,
    etag: etagOf(entry),
    lastModified: entry.publishedAt === null ? null : httpDateOf(entry.publishedAt),
  };
}

/** Hands out the official bytes; throws MirrorFault unless the stored file is the one that its entry describes. */
async function unpack(
  entry: MirrorEntry,
  options: FetchOptions,
  sink: (chunk: Buffer) => Promise<void>,
): Promise<void> {
  const limit = options.maxBytes ?? DEFAULT_MAX_BYTES;
  const hash = createHash('sha256');
  let stored = 0;
  let decoded = 0;
  async function* hashed(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      hash.update(chunk);
      stored += chunk.length;
      yield chunk;
    }
    const found = hash.digest('hex');
    if (stored !== entry.bytes || found !== entry.sha256) {
      throw mirrorFault(
        entry,
        `${stored} bytes, sha256 ${found}; its entry says ${entry.bytes} bytes, ${entry.sha256}`,
      );
    }
  }
  async function drain(chunks: AsyncIterable<Buffer>): Promise<void> {
    for await (const chunk of chunks) {
      decoded += chunk.length;
      if (decoded > limit) throw new TooLarge({ url: entry.url, detail: `more than ${limit} bytes` });
      await sink(chunk);
    }
  }
  const file = createReadStream(entry.file, {
    highWaterMark: 256 * 1024,
    ...(options.signal && { signal: options.signal }),
  });
  try {
    if (entry.contentEncoding === null) await pipeline(file, hashed, drain);
    else await pipeline(file, hashed, createGunzip({ chunkSize: 256 * 1024 }), drain);
  } catch (cause) {
    if (cause instanceof FetchError || options.signal?.aborted === true) throw cause;
    throw mirrorFault(entry, messageOf(cause), cause);
  }
}

function mirrorFault(entry: MirrorEntry, detail: string, cause?: unknown): MirrorFault {
  return new MirrorFault({ url: entry.url, detail: `${entry.file}: ${detail}`, cause });
}
