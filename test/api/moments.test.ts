import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FastifyInstance } from 'fastify';
import { lookupAnswer } from '../../api/schemas/lookup.ts';
import { apiForTest, apiOn, clock, read } from '../support/api.ts';
import { testDatabase } from '../support/database.ts';
import { loadHts } from '../support/hts-mirror.ts';

const database = await testDatabase();
let app: FastifyInstance;
beforeAll(async () => {
  await loadHts(database, { clock });
  app = await apiOn(database);
});
afterAll(() => app.close());

describe('as_of and known_at', () => {
  // 0101.30.00.00: 6.8% from 1 January 2025, 6.5% from 4 February on, which was published on 4 February.
  it.each([
    ['2025-01-15', '2025-01-20', '6.8%', '2025HTSBasic'],
    ['2025-03-01', '2025-01-20', '6.8%', '2025HTSBasic'],
    ['2025-02-03', '2025-02-10', '6.8%', '2025HTSBasic'],
    ['2025-02-04', '2025-02-10', '6.5%', '2025HTSRev1'],
    ['2025-02-03', null, '6.8%', '2025HTSBasic'],
    ['2025-02-04', null, '6.5%', '2025HTSRev1'],
    ['2025-03-20', null, '6.5%', '2025HTSRev1'],
  ])('on %s as known at %s: %s', async (asOf, knownAt, expression, label) => {
    const known = knownAt === null ? '' : `&known_at=${knownAt}`;
    const { data, meta } = await read(app, `/api/v1/lookup?code=0101300000&as_of=${asOf}${known}`, lookupAnswer);
    const general = data.rates.find((rate) => rate.column === 'general');
    expect(general?.expression).toBe(expression);
    expect(meta.sources.find((source) => source.release === general?.release)?.label).toBe(label);
    expect(meta.as_of).toBe(asOf);
    if (knownAt !== null) expect(meta.known_at).toBe(`${knownAt}T00:00:00.000Z`);
  });

  it('takes the last second before a publication for before it', async () => {
    const rate = async (known: string) =>
      (await read(app, `/api/v1/lookup?code=0101300000&as_of=2025-03-01&known_at=${known}`, lookupAnswer)).data.rates[0]
        ?.expression;
    expect(await rate('2025-02-03T23:59:59Z')).toBe('6.8%');
    expect(await rate('2025-02-04T00:00:00Z')).toBe('6.5%');
  });

  it('gives the same answer for the known_at that it stated itself', async () => {
    const now = await read(app, '/api/v1/lookup?code=0101300000&as_of=2025-03-01', lookupAnswer);
    const again = await read(
      app,
      `/api/v1/lookup?code=0101300000&as_of=2025-03-01&known_at=${now.meta.known_at}`,
      lookupAnswer,
    );
    expect(again.data).toEqual(now.data);
  });
});

describe('coverage', () => {
  // Of the sample, every family is partial; what is looked for here is the staleness beside it.
  it('says with both dates that the data is older than its cadence explains', async () => {
    const covered = await read(app, '/api/v1/lookup?code=8471&as_of=2025-04-02', lookupAnswer);
    expect(covered.meta.coverage.map(({ family }) => family)).toContain('general');
    for (const { reason } of covered.meta.coverage) expect(reason).not.toMatch(/newest release/);
    const late = await read(app, '/api/v1/lookup?code=8471&as_of=2025-04-03', lookupAnswer);
    for (const { status, reason, data_as_of } of late.meta.coverage) {
      expect(status).toBe('partial');
      expect(data_as_of).toBe('2025-03-12');
      expect(reason).toMatch(/2025-03-12.*2025-04-03/);
    }
  });

  it('measures age by what had been published by then', async () => {
    const { meta } = await read(
      app,
      '/api/v1/lookup?code=8471&as_of=2025-02-26&known_at=2025-02-26',
      lookupAnswer,
    ).catch(async () => {
      const later = await apiForTest(database, {}, () => '2025-06-01T00:00:00.000Z');
      return read(later, '/api/v1/lookup?code=8471&as_of=2025-02-26&known_at=2025-02-26', lookupAnswer);
    });
    expect(meta.coverage[0]).toMatchObject({ status: 'partial', data_as_of: '2025-02-04' });
    expect(meta.coverage[0]?.reason).toMatch(/2025HTSRev1/);
  });
});

describe('revalidation', () => {
  it('gives the dataset version as ETag, and 304 without a body for it', async () => {
    const url = '/api/v1/lookup?code=8471&as_of=2025-03-01';
    const first = await app.inject(url);
    expect(first.headers.etag).toBe('"r4"');
    expect(first.headers['cache-control']).toBe('public, max-age=0, must-revalidate');
    for (const tag of ['"r4"', 'W/"r4"', '"r3", "r4"', '*']) {
      const again = await app.inject({ url, headers: { 'if-none-match': tag } });
      expect([again.statusCode, again.body, again.headers.etag]).toEqual([304, '', '"r4"']);
    }
    expect((await app.inject({ url, headers: { 'if-none-match': '"r3"' } })).statusCode).toBe(200);
  });

  it('lets an answer for today grow old at midnight', async () => {
    let now = '2025-02-03T23:59:00.000Z';
    const api = await apiForTest(database, {}, () => now);
    const url = '/api/v1/lookup?code=0101300000';
    const monday = await api.inject(url);
    now = '2025-02-04T00:01:00.000Z';
    const tuesday = await api.inject({ url, headers: { 'if-none-match': String(monday.headers.etag) } });
    expect(tuesday.statusCode).toBe(200);
    expect(monday.json<{ data: { rates: { expression: string }[] } }>().data.rates[0]?.expression).toBe('6.8%');
    expect(tuesday.json<{ data: { rates: { expression: string }[] } }>().data.rates[0]?.expression).toBe('6.5%');
  });

  it('calls an answer immutable only when both dates are named and known_at has passed', async () => {
    const control = async (query: string) =>
      (await app.inject(`/api/v1/lookup?code=8471${query}`)).headers['cache-control'];
    expect(await control('&as_of=2025-03-01&known_at=2025-03-01')).toBe('public, max-age=31536000, immutable');
    expect(await control('&known_at=2025-03-01')).toBe('public, max-age=0, must-revalidate');
    expect(await control('')).toBe('public, max-age=0, must-revalidate');
  });

  it('answers HEAD like GET, without the body', async () => {
    const url = '/api/v1/lookup?code=8471';
    const [get, head] = [await app.inject(url), await app.inject({ method: 'HEAD', url })];
    expect(head.statusCode).toBe(200);
    expect(head.body).toBe('');
    expect(head.headers.etag).toBe(get.headers.etag);
    expect(head.headers['content-length']).toBe(get.headers['content-length']);
  });
});
