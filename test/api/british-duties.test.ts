import { afterAll, beforeAll, expect, it } from 'vitest';
import type { FastifyInstance } from 'fastify';
import { dutyAnswer, historyAnswer } from '../../api/schemas/duties.ts';
import { apiOn, problemOf, read } from '../support/api.ts';
import { testDatabase } from '../support/database.ts';
import { duty, goods, publishRecords } from '../support/record-source.ts';

const clock = () => '2026-08-25T12:00:00.000Z';
const database = await testDatabase();
let app: FastifyInstance;
beforeAll(async () => {
  const shirts = { code: '61091000', duty_expression: '12.00%', duty: { op: 'ad_valorem', rate: '0.12' } } as const;
  const dumping = { measure_type: '552', geographical_area: 'CN', valid_from: '2026-01-01' };
  const of = (additional_code: string, rate: string) =>
    duty({ ...shirts, ...dumping, natural_key: additional_code, additional_code, duty: { op: 'ad_valorem', rate } });
  await publishRecords(database, clock, {
    id: 'gb.tariff',
    jurisdiction: 'GB',
    families: ['nomenclature', 'general', 'antidumping'],
    date: '2026-08-01',
    records: [
      goods('6109', 'T-shirts', [], false),
      goods('61091000', 'Of cotton', ['6109']),
      duty({ ...shirts, natural_key: 'third-country' }),
      of('C999', '0.6'),
      of('C490', '0.1'),
    ],
  });
  app = await apiOn(database, {}, clock);
});
afterAll(() => app.close());

it.each([
  ['GB', ['gb.domestic-goods']],
  ['XI', ['gb.domestic-goods']],
  ['FR', []],
])('goods of %s: whether they owe it only from outside the Kingdom is said', async (origin, programs) => {
  const { data } = await read(app, `/api/v1/duties?code=61091000&destination=GB&origin=${origin}`, dutyAnswer);
  expect(data.total.ad_valorem_rate).toBe('0.12');
  expect(data.requirements.map(({ program }) => program)).toEqual(programs);
});

it('takes the additional code of a company in GET /duties and GET /history alike', async () => {
  const goodsOf = (company: string) => `code=61091000&destination=GB&origin=CN${company}`;
  const rate = async (company: string) =>
    (await read(app, `/api/v1/duties?${goodsOf(company)}`, dutyAnswer)).data.total.ad_valorem_rate;
  expect([await rate(''), await rate('&additional_code=C490')]).toEqual(['0.72', '0.22']);
  const rates = async (company: string) =>
    (await read(app, `/api/v1/history?${goodsOf(company)}&from=2025-06-01`, historyAnswer)).data.rows.map(
      ({ from, total }) => [from, total.ad_valorem_rate],
    );
  const before = ['2025-06-01', '0.12'];
  expect(await rates('')).toEqual([before, ['2026-01-01', '0.72']]);
  expect(await rates('&additional_code=C490')).toEqual([before, ['2026-01-01', '0.22']]);
});

it('refuses a mistyped additional code: the goods would be those of all other companies', async () => {
  const question = { code: '61091000', destination: 'GB', origin: 'CN' };
  const query = new URLSearchParams({ ...question, additional_code: 'C49' }).toString();
  const payload = { ...question, facts: { additional_code: 'C49' } };
  for (const [response, field] of [
    [await app.inject(`/api/v1/duties?${query}`), 'additional_code'],
    [await app.inject(`/api/v1/history?${query}`), 'additional_code'],
    [await app.inject({ method: 'POST', url: '/api/v1/duties', payload }), 'facts.additional_code'],
  ] as const) {
    expect(problemOf(response)).toMatchObject({ status: 400, errors: [{ field }] });
  }
});
