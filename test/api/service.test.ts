import { beforeAll, describe, expect, it } from 'vitest';
import { ERRORS } from '../../api/errors.ts';
import { healthAnswer, readyAnswer } from '../../api/schemas/service.ts';
import { listen } from '../../api/server.ts';
import { apiForTest, clock, problemOf, read } from '../support/api.ts';
import { testDatabase } from '../support/database.ts';
import { loadHts } from '../support/hts-mirror.ts';

const database = await testDatabase();
const empty = await testDatabase({ empty: true });
beforeAll(() => loadHts(database, { clock, labels: ['2025HTSBasic'] }));

interface Operation {
  responses: Record<string, { content?: Record<string, unknown> }>;
}

describe('health and readiness', () => {
  it.each(['', '/api/v1'])('stand at %s/health and %s/ready', async (prefix) => {
    const app = await apiForTest(database);
    expect(await read(app, `${prefix}/health`, healthAnswer)).toEqual({ status: 'ok' });
    expect(await read(app, `${prefix}/ready`, readyAnswer)).toEqual({ status: 'ready', dataset_version: 2 });
  });

  it('is alive but not ready without migrations, and without a database', async () => {
    const bare = await apiForTest(empty);
    expect((await bare.inject('/health')).statusCode).toBe(200);
    expect(problemOf(await bare.inject('/ready'))).toMatchObject({
      status: 503,
      code: 'not-ready',
      detail: expect.stringMatching(/migrated/) as string,
    });

    const pool = database.open(1);
    const gone = await apiForTest(pool);
    await pool.close();
    expect((await gone.inject('/health')).statusCode).toBe(200);
    expect(problemOf(await gone.inject('/ready'))).toMatchObject({
      status: 503,
      detail: 'The database does not answer.',
    });
  });
});

describe('errors', () => {
  it('hides what went wrong on our side', async () => {
    const app = await apiForTest(empty);
    const response = await app.inject('/api/v1/lookup?code=8471');
    const body = problemOf(response);
    expect(body).toMatchObject({ status: 500, code: 'internal', errors: [] });
    expect(body['request_id']).toBeTruthy();
    expect(response.body).not.toMatch(/relation|release|sql|does not exist/i);
  });

  it.each([
    ['GET', '/'],
    ['GET', '/api/v1/nothing'],
    ['GET', '/api/v2/lookup'],
  ] as const)('%s %s is no route', async (method, url) => {
    const app = await apiForTest(database);
    expect(problemOf(await app.inject({ method, url }))).toMatchObject({ status: 404, code: 'route-not-found' });
  });

  it.each([
    ['POST', '/api/v1/lookup', 'GET'],
    ['DELETE', '/api/v1/duties', 'GET, POST'],
    ['GET', '/api/v1/validate', 'POST'],
  ] as const)('%s %s answers to %s only', async (method, url, allow) => {
    const app = await apiForTest(database);
    const response = await app.inject({ method, url });
    expect(problemOf(response)).toMatchObject({ status: 405, code: 'method-not-allowed' });
    expect(response.headers.allow).toBe(allow);
  });

  it.each([
    ['{', 'application/json', 400, 'body'],
    ['', 'application/json', 400, 'body'],
    ['[]', 'application/json', 400, 'body'],
    ['{"code":"8471"}', 'text/plain', 415, 'content-type'],
    ['code=8471', 'application/x-www-form-urlencoded', 415, 'content-type'],
    [' '.repeat(1_100_000), 'application/json', 413, 'body'],
  ])('a body that cannot be read (%#) names what would be', async (payload, type, status, field) => {
    const app = await apiForTest(database);
    const headers = { 'content-type': type };
    const response = await app.inject({ method: 'POST', url: '/api/v1/validate', headers, payload });
    expect(problemOf(response)).toMatchObject({ status, errors: [{ field }] });
  });

  it('a question beside the body is refused, not passed over', async () => {
    const app = await apiForTest(database);
    const payload = { code: '8471', destination: 'US', origin: 'CN' };
    const response = await app.inject({ method: 'POST', url: '/api/v1/duties?as_of=2020-01-01', payload });
    expect(problemOf(response)).toMatchObject({
      status: 400,
      errors: [{ field: 'as_of', message: 'unknown; the question stands in the body' }],
    });
  });

  it('are never to be stored, and are explained where their type points', async () => {
    const app = await apiForTest(database);
    const response = await app.inject('/api/v1/lookup?code=abc');
    expect(response.headers['cache-control']).toBe('no-store');
    const page = (await app.inject('/docs')).body;
    for (const code of Object.keys(ERRORS)) expect(page).toContain(`id="${code}"`);
  });

  it.each([
    ['/api/v1/sources/%E0%A4%A', 400],
    [`/api/v1/sources/${'a'.repeat(300)}`, 400],
  ])('an address that cannot be read (%#) is a problem of its own, not of a body', async (url, status) => {
    const app = await apiForTest(database);
    expect(problemOf(await app.inject(url))).toMatchObject({ status, code: 'invalid-request', errors: [] });
  });
});

describe('limits', () => {
  const config = { rateLimit: { max: 3, windowSeconds: 60, exempt: ['127.0.0.1'] } };

  it('counts requests per address, for routes that exist and for those that do not', async () => {
    const app = await apiForTest(database, config);
    const ask = (url: string, remoteAddress: string) => app.inject({ url, remoteAddress });
    const first = await ask('/api/v1/lookup?code=8471', '203.0.113.7');
    expect(first.headers['ratelimit-limit']).toBe('3');
    expect(first.headers['ratelimit-remaining']).toBe('2');
    await ask('/api/v1/lookup?code=8471', '203.0.113.7');
    await ask('/api/v1/lookup?code=8471', '203.0.113.7');
    const fourth = await ask('/api/v1/lookup?code=8471', '203.0.113.7');
    expect(problemOf(fourth)).toMatchObject({ status: 429, code: 'rate-limited' });
    expect(Number(fourth.headers['retry-after'])).toBeGreaterThan(0);
    expect((await ask('/api/v1/lookup?code=8471', '203.0.113.8')).statusCode).toBe(200);

    for (let n = 0; n < 3; n += 1) expect((await ask('/guess', '203.0.113.9')).statusCode).toBe(404);
    expect(problemOf(await ask('/guess', '203.0.113.9'))).toMatchObject({ status: 429 });
  });

  it('does not count exempt addresses', async () => {
    const app = await apiForTest(database, config);
    for (let n = 0; n < 6; n += 1) expect((await app.inject('/api/v1/lookup?code=8471')).statusCode).toBe(200);
  });

  it('believes a proxy only when told to', async () => {
    const headers = { 'x-forwarded-for': '203.0.113.7' };
    const plain = await apiForTest(database, config);
    expect((await plain.inject({ url: '/api/v1/sources', headers })).headers['ratelimit-limit']).toBeUndefined();
    const behind = await apiForTest(database, { ...config, trustProxy: ['127.0.0.1'] });
    expect((await behind.inject({ url: '/api/v1/sources', headers })).headers['ratelimit-limit']).toBe('3');
  });
});

describe('around the answers', () => {
  it('lets any site read, and shows it the headers it needs', async () => {
    const app = await apiForTest(database);
    const response = await app.inject({ url: '/api/v1/sources', headers: { origin: 'https://example.org' } });
    expect(response.headers['access-control-allow-origin']).toBe('*');
    expect(response.headers['access-control-expose-headers']).toMatch(/etag/);
    expect(response.headers['x-content-type-options']).toBe('nosniff');
    expect(response.headers['content-security-policy']).toMatch(/default-src 'self'/);
    expect(response.headers['content-security-policy']).not.toMatch(/upgrade-insecure-requests/);
  });

  it('counts by route, never by address', async () => {
    const app = await apiForTest(database);
    await app.inject('/api/v1/lookup?code=8471');
    await app.inject('/api/v1/lookup?code=2501');
    const { body } = await app.inject('/metrics');
    expect(body).toContain('http_request_duration_seconds_count{method="GET",route="/api/v1/lookup",status="200"} 2');
    // In no label: a number of bytes or seconds may hold the digits.
    expect(body).not.toMatch(/="[^"]*8471/);
  });

  it('serves a documentation page that loads nothing from elsewhere', async () => {
    const app = await apiForTest(database);
    const page = await app.inject('/docs');
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    const loaded = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, url = '']) => url);
    for (const url of loaded) {
      expect(url).toMatch(/^\//);
      expect((await app.inject(url)).statusCode).toBe(200);
    }
    expect(loaded).toHaveLength(3);
  });

  it('describes itself in OpenAPI 3.1', async () => {
    const app = await apiForTest(database);
    const response = await app.inject('/api/v1/openapi.json');
    const document = response.json<{ openapi: string; paths: Record<string, Record<string, Operation>> }>();
    expect(document.openapi).toBe('3.1.0');
    const types = (path: string, status: string) =>
      Object.keys(document.paths[path]?.['get']?.responses[status]?.content ?? {});
    expect(types('/api/v1/lookup', '404')).toEqual(['application/problem+json']);
    expect(types('/api/v1/lookup', 'default')).toEqual(['application/problem+json']);
    expect(types('/api/v1/changes.csv', '200')).toEqual(['text/csv']);
    expect(types('/api/v1/changes.atom', '200')).toEqual(['application/atom+xml']);
    expect(types('/api/v1/changes.json', '200')).toEqual(['application/feed+json']);
    expect(types('/api/v1/calendar.ics', '200')).toEqual(['text/calendar']);
    await expect(`${JSON.stringify(document, null, 1)}\n`).toMatchFileSnapshot('../golden/openapi.json');
  });

  it('listens and drains over real HTTP', async () => {
    const app = await apiForTest(database);
    const server = await listen(app, { host: '127.0.0.1', port: 0 });
    const response = await fetch(`${server.url}/api/v1/lookup?code=6109.10.00.12`);
    expect(response.status).toBe(200);
    expect(response.headers.get('etag')).toBe('"r2-2025-03-20"');
    const [answer] = await Promise.all([fetch(`${server.url}/api/v1/search?q=cotton`), response.text()]);
    expect(answer.status).toBe(200);
    await answer.text();
    await server.close();
    await expect(fetch(`${server.url}/health`)).rejects.toThrow();
  });
});
