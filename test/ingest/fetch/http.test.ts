import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BROWSER_AGENT, createHttpFetcher, type HttpConfig } from '../../../ingest/fetch/http.ts';
import type { Fetcher } from '../../../ingest/fetch/fetcher.ts';
import { createPace } from '../../../ingest/fetch/pace.ts';
import { formatHttpDate } from '../../../ingest/fetch/http-date.ts';
import { fakeFetchClock } from '../../support/fetch-clock.ts';
import { answer, type FilesServer, inTurn, startFilesServer } from '../../support/files-server.ts';

const JSON_TYPE = { 'content-type': 'application/json' };
const HTML = '<!DOCTYPE html><html><head><title>Scheduled maintenance</title></head><body>Back soon</body></html>';
const CHALLENGE = '<!DOCTYPE html><html><head><title>Just a moment...</title></head><body></body></html>';

let clock: ReturnType<typeof fakeFetchClock>;
const closers: (() => Promise<void>)[] = [];
beforeEach(() => {
  clock = fakeFetchClock();
});
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

function fetcherWith(config: Partial<HttpConfig> = {}): Fetcher {
  const fetcher = createHttpFetcher({ ...clock, minDelayMs: 0, ...config });
  closers.push(() => fetcher.close());
  return fetcher;
}

async function serve(routes: Parameters<typeof startFilesServer>[0]): Promise<FilesServer> {
  const server = await startFilesServer(routes);
  closers.unshift(() => server.close());
  return server;
}

describe('conditional requests', () => {
  it('sends back the validators and reports 304 as not-modified', async () => {
    const stamp = 'Fri, 20 Nov 2026 08:00:00 GMT';
    const server = await serve({
      '/a.json': (request, response) => {
        const same = request.headers['if-none-match'] === '"r6"' || request.headers['if-modified-since'] === stamp;
        response
          .writeHead(same ? 304 : 200, { ...JSON_TYPE, etag: '"r6"', 'last-modified': stamp })
          .end(same ? '' : '[1]');
      },
    });
    const fetcher = fetcherWith();
    const url = `${server.origin}/a.json`;
    const first = await fetcher.get(url, { expect: 'json' });
    expect(first).toEqual({
      outcome: 'ok',
      status: 200,
      url,
      mediaType: 'application/json',
      etag: '"r6"',
      lastModified: stamp,
      body: Buffer.from('[1]'),
    });
    expect(await fetcher.get(url, { validators: { etag: '"r6"' } })).toEqual({ outcome: 'not-modified', status: 304 });
    expect(await fetcher.get(url, { validators: { etag: null, lastModified: stamp } })).toEqual({
      outcome: 'not-modified',
      status: 304,
    });
    expect(await fetcher.get(url, { validators: { etag: '"r5"' } })).toMatchObject({ outcome: 'ok' });
  });

  it('a 304 nobody asked for is a fault, not an answer', async () => {
    const server = await serve({ '/a': answer(304) });
    await expect(fetcherWith().get(`${server.origin}/a`)).rejects.toMatchObject({ code: 'fetch_unexpected_content' });
  });
});

describe('retries', () => {
  it('500, a cut connection, then 200', async () => {
    const server = await serve({
      '/a': inTurn(answer(500), (request) => request.socket.destroy(), answer(200, 'fine')),
    });
    const got = await fetcherWith().get(`${server.origin}/a`);
    expect(got).toMatchObject({ body: Buffer.from('fine') });
    expect(clock.slept).toEqual([500, 1000]);
  });

  it('gives up after the attempts, with the last error, its status and their number', async () => {
    const server = await serve({ '/a': answer(503) });
    const failed = fetcherWith({ retry: { attempts: 3 } }).get(`${server.origin}/a`);
    await expect(failed).rejects.toMatchObject({
      code: 'fetch_transient',
      url: `${server.origin}/a`,
      context: { status: 503, attempts: 3 },
    });
    expect(server.requests).toHaveLength(3);
  });

  it('429 waits as long as Retry-After says, in seconds or as a date, up to the limit', async () => {
    const date = formatHttpDate(clock.now() + 7_000 + 120_000);
    const server = await serve({
      '/a': inTurn(
        answer(429, '', { 'retry-after': '7' }),
        answer(429, '', { 'retry-after': date }),
        answer(503, '', { 'retry-after': '86400' }),
        answer(200, 'fine'),
      ),
    });
    await fetcherWith().get(`${server.origin}/a`);
    expect(clock.slept).toEqual([7_000, 120_000, 300_000]);
  });

  it('429 to the end is Blocked', async () => {
    const server = await serve({ '/a': answer(429) });
    await expect(fetcherWith({ retry: { attempts: 2 } }).get(`${server.origin}/a`)).rejects.toMatchObject({
      code: 'fetch_blocked',
      context: { status: 429, attempts: 2 },
    });
  });

  it.each([
    [403, HTML, 'fetch_blocked'],
    [401, '', 'fetch_blocked'],
    [503, CHALLENGE, 'fetch_blocked'],
    [404, '', 'fetch_gone'],
    [410, '', 'fetch_gone'],
    [400, '{"error":"bad"}', 'fetch_permanent'],
    [501, '', 'fetch_permanent'],
  ])('%i with %j is %s, asked for once', async (status, page, code) => {
    const server = await serve({ '/a': answer(status, page) });
    await expect(fetcherWith().get(`${server.origin}/a`)).rejects.toMatchObject({ code, context: { status } });
    expect(server.requests).toHaveLength(1);
    expect(clock.slept).toEqual([]);
  });

  it('a server that is not there is transient', async () => {
    const server = await startFilesServer({});
    await server.close();
    const failed = fetcherWith({ retry: { attempts: 2 } }).get(`${server.origin}/a`);
    await expect(failed).rejects.toMatchObject({ code: 'fetch_transient', context: { attempts: 2 } });
  });

  it('an aborted signal ends the waiting at once', async () => {
    const server = await serve({ '/a': answer(500) });
    const abort = new AbortController();
    const fetcher = fetcherWith({
      sleep: (_ms, signal) => {
        abort.abort(new Error('draining'));
        signal?.throwIfAborted();
        return Promise.resolve();
      },
    });
    await expect(fetcher.get(`${server.origin}/a`, { signal: abort.signal })).rejects.toThrow('draining');
    expect(server.requests).toHaveLength(1);
  });
});

describe('content', () => {
  it('an HTML page with status 200 is not JSON, CSV or PDF', async () => {
    const server = await serve({ '/a': answer(200, HTML, { 'content-type': 'text/html' }) });
    for (const expected of ['json', 'csv', 'pdf', 'xlsx', 'xml'] as const) {
      const failed = fetcherWith().get(`${server.origin}/a`, { expect: expected });
      await expect(failed).rejects.toMatchObject({ code: 'fetch_unexpected_content', retryable: false });
    }
    expect(await fetcherWith().get(`${server.origin}/a`, { expect: 'html' })).toMatchObject({ outcome: 'ok' });
  });

  it('a challenge page with status 200 is Blocked, even where HTML is expected', async () => {
    const server = await serve({ '/a': answer(200, CHALLENGE) });
    for (const expected of ['json', 'html'] as const) {
      const failed = fetcherWith().get(`${server.origin}/a`, { expect: expected });
      await expect(failed).rejects.toMatchObject({ code: 'fetch_blocked' });
    }
  });

  it('unpacks gzip content encoding', async () => {
    const server = await serve({
      '/a': answer(200, gzipSync('{"duty":"Free"}'), { 'content-encoding': 'gzip', ...JSON_TYPE }),
    });
    const got = await fetcherWith().get(`${server.origin}/a`, { expect: 'json' });
    expect(got).toMatchObject({ body: Buffer.from('{"duty":"Free"}') });
    expect(server.requests[0]?.headers['accept-encoding']).toContain('gzip');
  });

  it('a body shorter than announced is Truncated', async () => {
    const server = await serve({
      '/a': (_request, response) => {
        response.writeHead(200, { 'content-length': '1000' });
        response.write('[1,2,', () => response.socket?.end());
      },
    });
    const failed = fetcherWith({ retry: { attempts: 2 } }).get(`${server.origin}/a`);
    await expect(failed).rejects.toMatchObject({ code: 'fetch_truncated', context: { attempts: 2 } });
    expect(server.requests).toHaveLength(2);
  });

  it('a connection destroyed midway is Truncated, and the next attempt can heal it', async () => {
    const server = await serve({
      '/a': inTurn(
        (_request, response) => {
          response.writeHead(200);
          response.write('[1,2,', () => response.socket?.destroy());
        },
        answer(200, '[1,2,3]'),
      ),
    });
    expect(await fetcherWith().get(`${server.origin}/a`)).toMatchObject({ body: Buffer.from('[1,2,3]') });
    expect(clock.slept).toHaveLength(1);
  });

  it('JSON and gzip that end early in an orderly answer are Truncated', async () => {
    const packed = gzipSync(JSON.stringify({ rows: 'x'.repeat(500) }));
    const server = await serve({
      '/json': answer(200, '[{"htsno":"0101"},{"htsno":"0102"'),
      '/gzip': answer(200, packed.subarray(0, packed.length - 12), { 'content-encoding': 'gzip' }),
    });
    for (const path of ['/json', '/gzip']) {
      const failed = fetcherWith({ retry: { attempts: 1 } }).get(server.origin + path, { expect: 'json' });
      await expect(failed, path).rejects.toMatchObject({ code: 'fetch_truncated' });
    }
  });

  it('stops at the size limit: announced, streamed without length, or unpacked', async () => {
    const server = await serve({
      '/announced': answer(200, 'x'.repeat(2_000)),
      '/chunked': (_request, response) => {
        response.writeHead(200);
        response.write('x'.repeat(900));
        response.end('x'.repeat(900));
      },
      '/bomb': answer(200, gzipSync(Buffer.alloc(5_000_000)), { 'content-encoding': 'gzip' }),
    });
    for (const path of ['/announced', '/chunked', '/bomb']) {
      const maxBytes = path === '/bomb' ? 1_000_000 : 1_000;
      const failed = fetcherWith().get(server.origin + path, { maxBytes });
      await expect(failed, path).rejects.toMatchObject({ code: 'fetch_too_large', retryable: false });
    }
    expect(await fetcherWith().get(`${server.origin}/announced`, { maxBytes: 2_000 })).toMatchObject({ outcome: 'ok' });
  });

  it('a part that was not asked for does not pass as the whole', async () => {
    const server = await serve({ '/a': answer(206, 'x', { 'content-range': 'bytes 0-0/9' }) });
    await expect(fetcherWith().get(`${server.origin}/a`)).rejects.toMatchObject({ code: 'fetch_unexpected_content' });
  });
});

describe('requests', () => {
  it('follows redirects, names the final address and keeps keys to their host', async () => {
    const other = await serve({ '/final': answer(200, 'here') });
    const server = await serve({
      '/a': answer(302, '', { location: '/b' }),
      '/b': (_request, response) => response.writeHead(301, { location: `${other.origin}/final` }).end(),
    });
    const got = await fetcherWith().get(`${server.origin}/a`, { headers: { Authorization: 'Bearer k', 'x-own': 'y' } });
    expect(got).toMatchObject({ url: `${other.origin}/final`, body: Buffer.from('here') });
    expect(server.requests.map((request) => request.headers.authorization)).toEqual(['Bearer k', 'Bearer k']);
    expect(other.requests[0]?.headers).toMatchObject({ 'x-own': 'y' });
    expect(other.requests[0]?.headers.authorization).toBeUndefined();
  });

  it('a redirect loop, a redirect off the web and an address that is none are permanent', async () => {
    const server = await serve({
      '/loop': answer(302, '', { location: '/loop' }),
      '/file': answer(302, '', { location: 'file:///etc/passwd' }),
    });
    for (const url of [`${server.origin}/loop`, `${server.origin}/file`, 'no address', 'mirror:us/lists/x.csv']) {
      await expect(fetcherWith().get(url), url).rejects.toMatchObject({ code: 'fetch_permanent' });
    }
  });

  it('posts a body, with its headers', async () => {
    let body = '';
    const server = await serve({
      '/soap': (request, response) => {
        request.on('data', (chunk: Buffer) => (body += chunk.toString()));
        request.on('end', () => response.end('<ok/>'));
      },
    });
    const got = await fetcherWith().get(`${server.origin}/soap`, {
      method: 'POST',
      body: '<q/>',
      headers: { SOAPAction: 'rates' },
      expect: 'xml',
    });
    expect(got).toMatchObject({ body: Buffer.from('<ok/>') });
    expect(body).toBe('<q/>');
    expect(server.requests[0]).toMatchObject({ method: 'POST' });
    expect(server.requests[0]?.headers).toMatchObject({ soapaction: 'rates' });
  });

  it('introduces itself as told', async () => {
    const server = await serve({ '/a': answer(200, 'x') });
    for (const userAgent of ['browser', 'own/1']) await fetcherWith({ userAgent }).get(`${server.origin}/a`);
    await fetcherWith().get(`${server.origin}/a`);
    const agents = server.requests.map((request) => request.headers['user-agent']);
    expect(agents).toEqual([BROWSER_AGENT, 'own/1', 'tariff-ledger/0.1']);
  });

  it('keeps its distance per host, also between callers at the same time and through redirects', async () => {
    const server = await serve({ '/a': answer(200, 'x'), '/r': answer(302, '', { location: '/a' }) });
    const fetcher = fetcherWith({ minDelayMs: 500 });
    await fetcher.get(`${server.origin}/a`);
    await fetcher.get(`${server.origin}/r`);
    expect(clock.slept).toEqual([500, 500]);
  });

  it('reserves turns in order and leaves other hosts alone', async () => {
    const waits: number[] = [];
    const pace = createPace({ now: () => 1_000, sleep: (ms) => Promise.resolve(void waits.push(ms)) }, 200);
    await Promise.all([pace('a'), pace('a'), pace('b'), pace('a')]);
    expect(waits).toEqual([200, 400]);
  });
});
