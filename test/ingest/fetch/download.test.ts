import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHttpFetcher } from '../../../ingest/fetch/http.ts';
import type { Fetcher } from '../../../ingest/fetch/fetcher.ts';
import { fakeFetchClock } from '../../support/fetch-clock.ts';
import { answer, type FilesServer, inTurn, startFilesServer } from '../../support/files-server.ts';

let dir: string;
let file: string;
let server: FilesServer | undefined;
const fetchers: Fetcher[] = [];
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'download-'));
  file = join(dir, 'body');
});
afterEach(async () => {
  for (const fetcher of fetchers.splice(0)) await fetcher.close();
  await server?.close();
  await rm(dir, { recursive: true });
});

async function serve(listener: RequestListener): Promise<string> {
  server = await startFilesServer({ '/big': listener });
  return `${server.origin}/big`;
}

/** A new one each time, as after a restart. */
function fetcher(attempts = 5): Fetcher {
  const made = createHttpFetcher({ ...fakeFetchClock(), minDelayMs: 0, retry: { attempts } });
  fetchers.push(made);
  return made;
}

/** Serves `body` with ranges as a file server does; sends only the first `cut` bytes of the first answer. */
function ranged(body: Buffer, etag: () => string, cut: number): RequestListener {
  let answers = 0;
  return (request, response) => {
    const from = /^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1];
    const start = from !== undefined && request.headers['if-range'] === etag() ? Number(from) : 0;
    const rest = body.subarray(start);
    const range = start > 0 ? { 'content-range': `bytes ${start}-${body.length - 1}/${body.length}` } : {};
    response.writeHead(start > 0 ? 206 : 200, { ...range, etag: etag(), 'content-length': rest.length });
    if (answers++ === 0) response.write(rest.subarray(0, cut), () => response.socket?.end());
    else response.end(rest);
  };
}

const ranges = (): (string | undefined)[] => (server?.requests ?? []).map((request) => request.headers.range);

/** The second request took up what the first had brought; bytes still in memory buffers when the connection broke are lost. */
function expectResumed(cut: number): void {
  expect(ranges()).toHaveLength(2);
  const from = Number(/^bytes=(\d+)-$/.exec(ranges()[1] ?? '')?.[1]);
  expect(from).toBeGreaterThan(cut / 2);
  expect(from).toBeLessThanOrEqual(cut);
}

describe('download', () => {
  it('resumes within a call where the connection broke', async () => {
    const body = randomBytes(8_000_000);
    const url = await serve(ranged(body, () => '"v1"', 6_000_000));
    expect(await fetcher().download(url, file)).toEqual({
      outcome: 'ok',
      status: 200,
      url,
      mediaType: null,
      etag: '"v1"',
      lastModified: null,
      file,
      bytes: 8_000_000,
    });
    expect(readFileSync(file).equals(body)).toBe(true);
    expectResumed(6_000_000);
    expect(readdirSync(dir)).toEqual(['body']);
  });

  it('resumes in a later process', async () => {
    const body = randomBytes(8_000_000);
    const url = await serve(ranged(body, () => '"v1"', 6_000_000));
    await expect(fetcher(1).download(url, file)).rejects.toMatchObject({ code: 'fetch_truncated' });
    expect(existsSync(file)).toBe(false);
    await fetcher(1).download(url, file);
    expect(readFileSync(file).equals(body)).toBe(true);
    expectResumed(6_000_000);
  });

  it('starts again when the resource has changed meanwhile: never halves of two releases', async () => {
    const body = randomBytes(8_000_000);
    let etag = '"v1"';
    const url = await serve(ranged(body, () => etag, 6_000_000));
    await expect(fetcher(1).download(url, file)).rejects.toMatchObject({ code: 'fetch_truncated' });
    etag = '"v2"';
    expect(await fetcher(1).download(url, file)).toMatchObject({ etag: '"v2"', bytes: 8_000_000 });
    expect(readFileSync(file).equals(body)).toBe(true);
  });

  it('does not resume without a strong validator', async () => {
    const body = randomBytes(8_000_000);
    const url = await serve(ranged(body, () => 'W/"v1"', 6_000_000));
    await fetcher().download(url, file);
    expect(readFileSync(file).equals(body)).toBe(true);
    expect(ranges()).toEqual([undefined, undefined]);
  });

  it('does not resume the part file of another address', async () => {
    const url = await serve(answer(200, 'whole', { etag: '"v1"' }));
    writeFileSync(`${file}.part`, 'old');
    writeFileSync(`${file}.part.json`, JSON.stringify({ url: 'https://example.org/x', validator: '"v1"' }));
    await fetcher().download(url, file);
    expect(readFileSync(file, 'utf8')).toBe('whole');
    expect(ranges()).toEqual([undefined]);
  });

  it('a refused or wrong range starts again from the beginning', async () => {
    const url = await serve(
      inTurn(
        answer(416),
        answer(200, 'whole', { etag: '"v1"' }),
        answer(206, 'le', { etag: '"v1"', 'content-range': 'bytes 4-5/6' }),
        answer(200, 'whole', { etag: '"v1"' }),
      ),
    );
    for (const round of [1, 2]) {
      writeFileSync(`${file}.part`, 'who');
      writeFileSync(`${file}.part.json`, JSON.stringify({ url, validator: '"v1"' }));
      await fetcher().download(url, file);
      expect(readFileSync(file, 'utf8'), `round ${round}`).toBe('whole');
    }
    expect(ranges()).toEqual(['bytes=3-', undefined, 'bytes=3-', undefined]);
  });

  it('is conditional', async () => {
    const url = await serve(answer(304));
    const got = await fetcher().download(url, file, { validators: { etag: '"v1"' } });
    expect(got).toEqual({ outcome: 'not-modified', status: 304 });
    expect(readdirSync(dir)).toEqual([]);
  });

  it('unpacks an answer that is gzipped although it was not to be', async () => {
    const url = await serve(answer(200, gzipSync('[1]'), { 'content-encoding': 'gzip', etag: '"v1"' }));
    expect(await fetcher().download(url, file, { expect: 'json' })).toMatchObject({ bytes: 3 });
    expect(readFileSync(file, 'utf8')).toBe('[1]');
  });

  it('leaves no file, whole or in part, for bad content or too much of it', async () => {
    const url = await serve(answer(200, '[1,2', { etag: '"v1"' }));
    await expect(fetcher(2).download(url, file, { expect: 'json' })).rejects.toMatchObject({ code: 'fetch_truncated' });
    expect(ranges()).toEqual([undefined, undefined]);
    await expect(fetcher().download(url, file, { maxBytes: 3 })).rejects.toMatchObject({ code: 'fetch_too_large' });
    expect(readdirSync(dir)).toEqual([]);
  });
});
