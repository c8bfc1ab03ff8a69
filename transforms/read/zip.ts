import type { Readable } from 'node:stream';
import { fromBuffer, type Entry, type ZipFile } from 'yauzl';

export interface ZipEntry {
  name: string;
  /** Inflated size in bytes, as the central directory states it; reading checks it. */
  size: number;
  stream(): Promise<Readable>;
  read(): Promise<Buffer>;
}

/** A zip of a few kilobytes can unfold to anything; no official file comes near this. */
const DEFAULT_MAX_ENTRY_BYTES = 2 * 1024 ** 3;

/**
 * The files in a zip, in the order of its central directory (directories left out). Works from that directory, so archives
 * whose local headers carry no sizes are read too: the Commission's own workbooks are of that kind.
 * Throws on a broken archive, an encrypted entry, or one above `maxEntryBytes`.
 */
export async function zipEntries(bytes: Buffer, maxEntryBytes = DEFAULT_MAX_ENTRY_BYTES): Promise<ZipEntry[]> {
  const zip = await new Promise<ZipFile>((resolve, reject) => {
    fromBuffer(bytes, { lazyEntries: true, autoClose: false }, (error, file) =>
      error ? reject(error) : resolve(file),
    );
  });
  const entries = await new Promise<Entry[]>((resolve, reject) => {
    const found: Entry[] = [];
    zip.on('entry', (entry: Entry) => {
      found.push(entry);
      zip.readEntry();
    });
    zip.on('end', () => resolve(found));
    zip.on('error', reject);
    zip.readEntry();
  });
  return entries
    .filter((entry) => !entry.fileName.endsWith('/'))
    .map((entry) => {
      const stream = () => openEntry(zip, entry, maxEntryBytes);
      return { name: entry.fileName, size: entry.uncompressedSize, stream, read: async () => readAll(await stream()) };
    });
}

function openEntry(zip: ZipFile, entry: Entry, maxEntryBytes: number): Promise<Readable> {
  if (entry.uncompressedSize > maxEntryBytes) {
    return Promise.reject(new Error(`${entry.fileName} inflates to ${entry.uncompressedSize} bytes`));
  }
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => (error ? reject(error) : resolve(stream)));
  });
}

async function readAll(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer); // a binary stream yields Buffers
  return Buffer.concat(chunks);
}
