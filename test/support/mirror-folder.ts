import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** `body` is stored gzipped when `gzip` is set. The rest overrides what the manifest then says. */
export type MirrorFile = { url: string; file: string; body: string | Buffer; gzip?: boolean } & Record<string, unknown>;

/** Writes a small mirror into a fresh temporary folder: manifests by folder ('' = the root). Returns its path. */
export async function writeMirror(manifests: Record<string, readonly MirrorFile[]>): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'mirror-'));
  for (const [folder, files] of Object.entries(manifests)) {
    const entries = [];
    for (const { body, gzip = false, ...row } of files) {
      const stored = gzip ? gzipSync(body) : Buffer.from(body);
      const path = join(root, folder, row.file);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, stored);
      entries.push({
        media_type: 'application/json',
        content_encoding: gzip ? 'gzip' : null,
        sha256: createHash('sha256').update(stored).digest('hex'),
        bytes: stored.length,
        published_at: '2026-06-08',
        origin: 'written for this test',
        fidelity: 'relayout',
        note: '',
        ...row,
      });
    }
    await mkdir(join(root, folder), { recursive: true });
    await writeFile(join(root, folder, 'manifest.json'), JSON.stringify(entries));
  }
  return root;
}
