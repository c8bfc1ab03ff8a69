import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { searchAnswer } from '../../api/schemas/search.ts';
import { apiOn, clock, problemOf, read } from '../support/api.ts';
import { testDatabase } from '../support/database.ts';
import { loadHts } from '../support/hts-mirror.ts';

const database = await testDatabase();
let app: FastifyInstance;
beforeAll(async () => {
  await loadHts(database, { clock });
  app = await apiOn(database);
});
afterAll(() => app.close());

const search = (q: string, more = '') => read(app, `/api/v1/search?q=${encodeURIComponent(q)}${more}`, searchAnswer);

describe('GET /search', () => {
  it('finds lines whose words stand in them and above them, with the texts above', async () => {
    const { data } = await search('cotton t-shirts men');
    expect(data.by).toBe('words');
    expect(data.results.map(({ code }) => code)).toContain('6109100012');
    const men = data.results.find(({ code }) => code === '6109100012');
    expect(men?.path).toEqual([
      'T-shirts, singlets and similar garments, knitted or crocheted:',
      'Of cotton',
      "Men's or boys':",
      'Other T-shirts:',
    ]);
    for (const { code } of data.results) expect(code.startsWith('610910')).toBe(true);
  });

  it('puts the line that says it all first', async () => {
    expect((await search('bicycles')).data.results[0]?.formatted).toBe('8712.00');
    expect((await search('portable machines')).data.results[0]?.formatted).toBe('8471.30.01.00');
  });

  it('lets coded lines stand for a line that is text only', async () => {
    const { data } = await search('horses');
    expect(data.results.map(({ formatted }) => formatted)).toEqual(['0101', '0101.21.00', '0101.29.00']);
  });

  it('finds codes by a fragment, those that begin with it first', async () => {
    const { data } = await search('9006.59');
    expect(data).toMatchObject({ by: 'code', words: [] });
    expect(data.results.map(({ code }) => code)).toEqual(['900659', '90065915', '9006591520', '9006591560']);
    const inner = await search('8815');
    expect(inner.data.results.map(({ code }) => code)).toEqual(['99038815']);
  });

  it('shows the state of the asked moment', async () => {
    const codes = async (more: string) => (await search('pedal assistance', more)).data.results.map(({ code }) => code);
    expect(await codes('&as_of=2025-02-03')).toEqual([]);
    expect(await codes('&as_of=2025-02-04')).toEqual(['8712001530']);
    expect(await codes('&as_of=2025-03-01&known_at=2025-02-01')).toEqual([]);
  });

  it.each(['t-shirts', '61'])('pages through %s without losing or repeating a line', async (q) => {
    const all = (await search(q, '&limit=100')).data.results.map(({ code }) => code);
    expect(all.length).toBeGreaterThan(3);
    const seen: string[] = [];
    let url: string | undefined = `/api/v1/search?q=${q}&limit=2`;
    while (url !== undefined) {
      const response: LightMyRequestResponse = await app.inject(url);
      const page = searchAnswer.parse(response.json()).data.results;
      expect(page.length).toBeLessThanOrEqual(2);
      seen.push(...page.map(({ code }) => code));
      url = /<([^>]+)>; rel="next"/.exec(String(response.headers.link ?? ''))?.[1];
    }
    expect(seen).toEqual(all);
  });

  it.each([
    ['q=', 'q'],
    ['', 'q'],
    ['q=of%20the', 'q'],
    [`q=${'a'.repeat(201)}`, 'q'],
    ['q=wine%00', 'q'],
    ['q=wine&limit=0', 'limit'],
    ['q=wine&limit=101', 'limit'],
    ['q=wine&limit=x', 'limit'],
    ['q=wine&cursor=x', 'cursor'],
    ['q=wine&cursor=WyJhIl0', 'cursor'],
  ])('%s: 400 naming %s', async (query, field) => {
    expect(problemOf(await app.inject(`/api/v1/search?${query}`))).toMatchObject({ status: 400, errors: [{ field }] });
  });

  it.each(["'; drop table release; --", 'a & b | !c', '\\', "men's <-> :*", '("'])('takes %s for words', async (q) => {
    const response = await app.inject(`/api/v1/search?q=${encodeURIComponent(q)}`);
    expect([200, 400]).toContain(response.statusCode);
    if (response.statusCode === 400) expect(problemOf(response).errors[0]?.field).toBe('q');
  });
});
