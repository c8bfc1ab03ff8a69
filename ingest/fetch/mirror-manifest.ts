import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { z } from 'zod';
import { canonicalAddress } from './address.ts';
import { MirrorFault } from './errors.ts';
import { messageOf } from './exchange.ts';

const entrySchema = z.object({
  url: z.string().min(1),
  file: z.string().min(1),
  media_type: z.string(),
  content_encoding: z.literal('gzip').nullable(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: z.number().int().nonnegative(),
  published_at: z.iso.date().nullable(),
  origin: z.string().default(''),
  fidelity: z.enum(['original', 'relayout', 'sample']),
  note: z.string().default(''),
});

/** One address of a mirror. `sha256` and `bytes` are of the stored file, which is gzipped when `contentEncoding` says so. */
export type MirrorEntry = {
  url: string;
  /** Absolute path of the stored file. */
  file: string;
  mediaType: string;
  contentEncoding: 'gzip' | null;
  sha256: string;
  bytes: number;
  /** Publication or reference date; null when not known. */
  publishedAt: string | null;
  origin: string;
  /** `relayout`: real facts in a rebuilt layout; `sample`: a few rows of them. Neither is ever legal truth. */
  fidelity: 'original' | 'relayout' | 'sample';
  note: string;
};

/**
 * Every entry of every manifest.json at and below `dir`, by canonical address. Throws MirrorFault for a folder without any,
 * a manifest that is not one, an entry that points out of its folder, or two entries that answer one address differently.
 */
export async function loadMirror(dir: string): Promise<Map<string, MirrorEntry>> {
  const root = resolve(dir);
  const entries = new Map<string, MirrorEntry>();
  const manifests = await manifestsBelow(root);
  if (manifests.length === 0) throw new MirrorFault({ url: root, detail: 'no manifest.json in it or below' });
  for (const manifest of manifests) {
    for (const entry of await readManifest(manifest)) {
      const key = canonicalAddress(entry.url);
      const other = entries.get(key);
      if (other !== undefined && other.sha256 !== entry.sha256) {
        throw new MirrorFault({ url: entry.url, detail: `two answers: ${other.file} and ${entry.file}` });
      }
      entries.set(key, other ?? entry);
    }
  }
  return entries;
}

async function readManifest(manifest: string): Promise<MirrorEntry[]> {
  const folder = dirname(manifest);
  const rows = await parseManifest(manifest);
  return rows.map((row) => {
    const file = resolve(folder, row.file);
    if (relative(folder, file).split(sep)[0] === '..') {
      throw new MirrorFault({ url: row.url, detail: `${row.file} lies outside of ${folder}` });
    }
    return {
      url: row.url,
      file,
      mediaType: row.media_type,
      contentEncoding: row.content_encoding,
      sha256: row.sha256,
      bytes: row.bytes,
      publishedAt: row.published_at,
      origin: row.origin,
      fidelity: row.fidelity,
      note: row.note,
    };
  });
}

async function parseManifest(manifest: string): Promise<z.infer<typeof entrySchema>[]> {
  try {
    return z.array(entrySchema).parse(JSON.parse(await readFile(manifest, 'utf8')));
  } catch (cause) {
    throw new MirrorFault({ url: manifest, detail: messageOf(cause), cause });
  }
}

async function manifestsBelow(folder: string): Promise<string[]> {
  const found = await readdir(folder, { recursive: true }).catch((cause: unknown) => {
    throw new MirrorFault({ url: folder, detail: messageOf(cause), cause });
  });
  return found
    .filter((name) => name === 'manifest.json' || name.endsWith(`${sep}manifest.json`))
    .sort()
    .map((name) => join(folder, name));
}
