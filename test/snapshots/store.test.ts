import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gunzipSync, gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SnapshotUnreadable } from '../../snapshots/errors.ts';
import { openStore, snapshotKey, type SnapshotStore } from '../../snapshots/store.ts';

const sha = (bytes: Buffer | string): string => createHash('sha256').update(bytes).digest('hex');

let dir: string;
let store: SnapshotStore;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'store-'));
  store = await openStore(join(dir, 'snapshots'));
});
afterEach(() => rm(dir, { recursive: true }));

async function drain(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function filesIn(root: string): string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name)
    .sort();
}

describe('snapshot store', () => {
  it('keeps gzipped under the hash of the official bytes', async () => {
    const body = Buffer.from('{"release":"2026HTSRev6"}');
    const stored = await store.put(body);
    expect(stored).toEqual({ sha256: sha(body), bytes: body.length, path: store.path(sha(body)) });
    expect(stored.path.endsWith(`/${sha(body).slice(0, 2)}/${sha(body)}.gz`)).toBe(true);
    expect(gunzipSync(readFileSync(stored.path))).toEqual(body);
    expect(await store.has(stored.sha256)).toBe(true);
    expect(await store.verify(stored.sha256)).toBe('ok');
  });

  it('gives back what was put in, whole or streamed, for any bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 5_000 }), async (array) => {
        const bytes = Buffer.from(array);
        const streamed = await store.put(Readable.from([bytes.subarray(0, 7), bytes.subarray(7)]));
        expect(streamed).toEqual(await store.put(bytes));
        expect(await store.read(streamed.sha256)).toEqual(bytes);
        expect(await drain(store.open(streamed.sha256))).toEqual(bytes);
      }),
      { numRuns: 30 },
    );
  });

  it('keeps the same bytes once and leaves no part files, with writers at the same time', async () => {
    const body = randomBytes(400_000);
    const second = await openStore(join(dir, 'snapshots'));
    const all = await Promise.all([
      store.put(body),
      second.put(body),
      store.put(Readable.from([body])),
      second.put(body),
    ]);
    expect(new Set(all.map((stored) => stored.sha256))).toEqual(new Set([sha(body)]));
    expect(filesIn(dir)).toEqual([`${sha(body)}.gz`]);
    expect(await store.verify(sha(body))).toBe('ok');
  });

  it('does not rewrite a file that is there', async () => {
    const { path } = await store.put(Buffer.from('same'));
    const other = gzipSync(Buffer.from('same'), { level: 0 });
    writeFileSync(path, other);
    await store.put(Buffer.from('same'));
    expect(readFileSync(path)).toEqual(other);
  });

  it('leaves nothing behind when the download breaks off', async () => {
    async function* broken() {
      yield Buffer.from('half of it');
      await Promise.resolve();
      throw new Error('connection lost');
    }
    await expect(store.put(Readable.from(broken()))).rejects.toThrow('connection lost');
    expect(filesIn(dir)).toEqual([]);
  });

  it('tells missing from corrupt: cut off, flipped, other content, not gzip', async () => {
    const body = randomBytes(100_000);
    const { sha256, path } = await store.put(body);
    const good = readFileSync(path);
    const damages: [string, () => void][] = [
      ['cut off', () => truncateSync(path, good.length >> 1)],
      ['other content', () => writeFileSync(path, gzipSync('something else'))],
      ['not gzip', () => writeFileSync(path, body)],
      ['empty', () => writeFileSync(path, '')],
      [
        'a byte flipped',
        () => writeFileSync(path, Buffer.from(good.map((byte, at) => (at === 50_000 ? byte ^ 1 : byte)))),
      ],
    ];
    for (const [name, damage] of damages) {
      damage();
      expect(await store.verify(sha256), name).toBe('corrupt');
      await expect(store.read(sha256), name).rejects.toMatchObject({ code: 'snapshot_corrupt', sha256 });
      await expect(drain(store.open(sha256)), name).rejects.toBeInstanceOf(SnapshotUnreadable);
    }
    await store.put(body);
    expect(await store.verify(sha256), 'repaired by the same bytes').toBe('ok');
    rmSync(path);
    expect(await store.verify(sha256)).toBe('missing');
    expect(await store.has(sha256)).toBe(false);
    await expect(store.read(sha256)).rejects.toMatchObject({ code: 'snapshot_missing' });
    await expect(drain(store.open(sha256))).rejects.toMatchObject({ code: 'snapshot_missing' });
  });

  it('a reader may stop early', async () => {
    const { sha256 } = await store.put(randomBytes(2_000_000));
    for await (const chunk of store.open(sha256)) {
      expect(chunk).toBeInstanceOf(Buffer);
      break;
    }
    expect(await store.verify(sha256)).toBe('ok');
  });

  it('lists every hash and no part files', async () => {
    const bodies = ['a', 'b', 'c'].map((text) => Buffer.from(text));
    for (const body of bodies) await store.put(body);
    writeFileSync(join(dir, 'snapshots', 'left-over.part'), 'x');
    const listed: string[] = [];
    for await (const hash of store.list()) listed.push(hash);
    expect(listed).toEqual(bodies.map(sha).sort());
  });

  it('takes only hashes for hashes', async () => {
    expect(() => snapshotKey('../../etc/passwd')).toThrow(RangeError);
    expect(() => store.path('AB')).toThrow(RangeError);
    await expect(store.read('..')).rejects.toThrow(RangeError);
  });
});
