import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { testDatabase } from '../support/database.ts';
import { requirementsAnswer } from '../../api/schemas/requirements.ts';
import { apiOn, problemOf, read } from '../support/api.ts';
import { loadEuropean } from '../support/european-fixtures.ts';

const clock = () => '2026-06-20T00:00:00.000Z';
const database = await testDatabase();
let app: FastifyInstance;
beforeAll(async () => {
  await loadEuropean(database, clock);
  app = await apiOn(database, {}, clock);
}, 60_000);
afterAll(() => app.close());

it('answers for a member state in the shape of every destination', async () => {
  const url =
    '/api/v1/duties?code=0101.29.90.00&destination=DE&origin=CN&as_of=2026-06-10&customs_value=1000.00&currency=EUR';
  const response = await app.inject({ method: 'GET', url });
  expect([response.statusCode, response.statusCode === 200 ? null : response.body]).toEqual([200, null]);
  const { data, meta } = response.json<{
    data: { total: unknown };
    meta: { coverage: { family: string }[]; answer_id: string };
  }>();
  expect(data.total).toMatchObject({ status: 'lower_bound', amount: '400.00', currency: 'EUR' });
  expect(meta.coverage.map(({ family }) => family)).toContain('antidumping');
  const stored = await app.inject({ method: 'GET', url: `/api/v1/answers/${meta.answer_id}` });
  expect(stored.statusCode).toBe(200);
});

it('takes facts and gives the landed cost of a consignment', async () => {
  const duty = await app.inject({
    method: 'POST',
    url: '/api/v1/duties',
    payload: {
      code: '0101291000',
      destination: 'DE',
      origin: 'US',
      as_of: '2026-06-10',
      customs_value: { amount: '1000.00', currency: 'EUR' },
      facts: { certificates: ['N990'] },
    },
  });
  expect(duty.json<{ data: { total: unknown } }>().data.total).toMatchObject({ amount: '0.00' });
  const cost = await app.inject({
    method: 'POST',
    url: '/api/v1/landed-cost',
    payload: {
      destination: 'DE',
      as_of: '2026-06-10',
      currency: 'EUR',
      shipping: '110.00',
      lines: [{ code: '0101299000', origin: 'US', value: '1000.00' }],
    },
  });
  expect([cost.statusCode, cost.statusCode === 200 ? null : cost.body]).toEqual([200, null]);
  expect(cost.json<{ data: { totals: unknown } }>().data.totals).toMatchObject({ duty: '111.00', taxes: '231.99' });
});

it('tells nothing of a member state before its accession: another tariff applied', async () => {
  const question = 'code=0101299000&destination=HR&origin=US&as_of=2013-06-30';
  const duty = problemOf(await app.inject(`/api/v1/duties?${question}`));
  expect(duty).toMatchObject({ status: 404, code: 'not-covered-at-date', first_date: '2013-07-01' });
  const told = (await read(app, `/api/v1/requirements?${question}`, requirementsAnswer)).data;
  expect(told).toMatchObject({ available: false, reason: expect.stringMatching(/accession/) as unknown });
});
