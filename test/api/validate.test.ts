import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FastifyInstance } from 'fastify';
import { apiOn, clock, problemOf } from '../support/api.ts';
import { testDatabase } from '../support/database.ts';
import { loadHts } from '../support/hts-mirror.ts';

const database = await testDatabase();
let app: FastifyInstance;
beforeAll(async () => {
  await loadHts(database, { clock });
  app = await apiOn(database);
});
afterAll(() => app.close());

const GOOD = { code: '6109.10.00.12', destination: 'US' };
const post = (payload: Record<string, unknown>, query = '') =>
  app.inject({ method: 'POST', url: `/api/v1/validate${query}`, payload });

describe('POST /validate', () => {
  it('answers 422 to a fail when asked to, in the body or in the address', async () => {
    const bad = { ...GOOD, code: '9999.99.99.99' };
    expect((await post(bad)).statusCode).toBe(200);
    expect((await post({ ...bad, strict_status: true })).statusCode).toBe(422);
    expect((await post(bad, '?strict_status=true')).statusCode).toBe(422);
    expect((await post(bad, '?strict_status=false')).statusCode).toBe(200);
    expect((await post(GOOD, '?strict_status=true')).statusCode).toBe(200);
    expect(problemOf(await post(GOOD, '?strict_status=maybe'))).toMatchObject({
      status: 400,
      errors: [{ field: 'strict_status', message: 'true or false' }],
    });
  });

  it.each([
    [{ code: undefined }, 'code', 'as text'],
    [{ code: 6109100012 }, 'code', 'as text'],
    [{ description: 5 }, 'description', 'text'],
    [{ declared_value: '100' }, 'declared_value', '{"amount": "1250.00", "currency": "EUR"}'],
    [{ declared_value: { currency: 'EUR' } }, 'declared_value.amount', '"1250.00"'],
    [{ declared_value: { amount: '1' } }, 'declared_value.currency', 'ISO 4217'],
    [{ destination: 'uk' }, 'destination', 'ISO 3166-1'],
    [{ strict_status: 'yes' }, 'strict_status', 'true or false'],
    [{ as_of: '0000-01-01' }, 'as_of', 'YYYY-MM-DD'],
  ])('%j: names %s and the form it accepts', async (more, field, form) => {
    const { status, errors } = problemOf(await post({ ...GOOD, ...more }));
    expect(status).toBe(400);
    expect(errors.map((error) => error.field)).toEqual([field]);
    expect(errors[0]?.message).toContain(form);
  });

  it('takes an amount as a number too, as every other amount', async () => {
    const response = await post({ ...GOOD, declared_value: { amount: 12.5, currency: 'USD' } });
    const { findings } = response.json<{ data: { findings: { rule: string; status: string }[] } }>().data;
    expect(findings.find(({ rule }) => rule === 'declared-value')).toMatchObject({ status: 'pass' });
  });
});

describe('origins that the United States does not know', () => {
  it.each([
    ['XI', 'GB'],
    ['EU', 'member state'],
    ['XC', 'ES'],
  ])('%s would be on no list of countries and pay no additional duty: it is refused', async (origin, meant) => {
    const goods = `code=${GOOD.code}&origin=${origin}`;
    const answers = await Promise.all([
      app.inject(`/api/v1/duties?${goods}&destination=US`),
      app.inject(`/api/v1/history?${goods}&destination=US`),
      app.inject(`/api/v1/requirements?${goods}&destination=US`),
      app.inject(`/api/v1/orders?${goods}`),
      post({ ...GOOD, origin }),
    ]);
    for (const answer of answers) {
      const { status, errors } = problemOf(answer);
      expect([status, errors[0]?.field]).toEqual([400, 'origin']);
      expect(errors[0]?.message).toContain(meant);
    }
  });
});
