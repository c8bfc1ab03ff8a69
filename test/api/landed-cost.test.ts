import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FastifyInstance } from 'fastify';
import { landedCostAnswer } from '../../api/schemas/landed-cost.ts';
import { apiOn, problemOf } from '../support/api.ts';
import { testDatabase } from '../support/database.ts';
import { loadHts } from '../support/hts-mirror.ts';
import { loadReference } from '../support/reference-ledger.ts';

const clock = () => '2026-11-20T12:00:00.000Z';
const database = await testDatabase();
const bare = await testDatabase();
let app: FastifyInstance;
let withoutFees: FastifyInstance;
beforeAll(async () => {
  await loadHts(database, { clock });
  await loadReference(database, clock);
  app = await apiOn(database, {}, clock);
  await loadHts(bare, { clock, hs: false });
  withoutFees = await apiOn(bare, {}, clock);
});
afterAll(async () => {
  await app.close();
  await withoutFees.close();
});

async function ask(body: Record<string, unknown>, on = app) {
  const response = await on.inject({
    method: 'POST',
    url: '/api/v1/landed-cost',
    payload: { destination: 'US', ...body },
  });
  expect(response.statusCode, response.body.slice(0, 600)).toBe(200);
  const json: unknown = response.json();
  const answer = landedCostAnswer.parse(json);
  expect(answer).toEqual(json);
  for (const part of [...answer.data.lines.map(({ totals }) => totals), answer.data.totals]) expectSum(part);
  return answer;
}

const PARTS = ['price', 'shipping', 'insurance', 'inland', 'duty', 'fees', 'taxes'] as const;
const cents = (amount: string | null) => Math.round(Number(amount ?? '0') * 100);

/** Parts add up to the total to the cent, whatever else is tested. */
function expectSum(totals: Record<(typeof PARTS)[number] | 'total', string | null>) {
  if (totals.total === null) return;
  expect(PARTS.reduce((sum, name) => sum + cents(totals[name]), 0)).toBe(cents(totals.total));
}

const SHIRTS = '6109.10.00.12';
const feeOf = (answer: Awaited<ReturnType<typeof ask>>, name: string) =>
  answer.data.entry_fees.find((fee) => fee.name === name);
const one = { code: SHIRTS, origin: 'DE', transport_mode: 'air', shipping: '500', insurance: '50' };

describe('fees of the fiscal year of the entry', () => {
  it.each([
    ['2025-02-03', '32.71', '634.62'],
    ['2025-11-03', '33.58', '651.50'],
    ['2026-11-03', '34.58', '670.86'],
  ])('%s: minimum %s, maximum %s, the rate between them', async (entry_date, minimum, maximum) => {
    const low = await ask({ ...one, entry_date, goods_value: '3000' });
    expect(feeOf(low, 'mpf')).toMatchObject({
      amount: minimum,
      limit: 'minimum',
      terms: { rate: '0.003464', minimum, maximum },
    });
    const between = await ask({ ...one, entry_date, goods_value: '50000' });
    expect(feeOf(between, 'mpf')).toMatchObject({ amount: '173.20', limit: null });
    const high = await ask({ ...one, entry_date, goods_value: '1000000' });
    expect(feeOf(high, 'mpf')).toMatchObject({ amount: maximum, limit: 'maximum', verified: 'notice text' });
  });

  it('shares the minimum of an entry of two lines to the cent, not one minimum per line', async () => {
    const lines = [
      { code: SHIRTS, origin: 'DE', value: '2000.00' },
      { code: '8471.30.01.00', origin: 'DE', value: '1000.00' },
    ];
    const { data } = await ask({
      entry_date: '2025-11-03',
      transport_mode: 'air',
      shipping: '0',
      insurance: '0',
      lines,
    });
    expect(data.entry_fees.find(({ name }) => name === 'mpf')).toMatchObject({ amount: '33.58', limit: 'minimum' });
    // 33.58 × 2/3 = 22.386…, 33.58 × 1/3 = 11.193…: the cent left over goes to the larger remainder.
    expect(data.lines.map(({ fees }) => fees.find(({ name }) => name === 'mpf')?.amount)).toEqual(['22.39', '11.19']);
    expect(data.allocation.join(' ')).toContain('mpf: 33.58 for the entry (its minimum)');
    expect(data.totals.fees).toBe('33.58');
  });

  it('harbor maintenance on ocean cargo only; without a mode it is missing, not zero', async () => {
    const entry = { ...one, entry_date: '2025-11-03', goods_value: '50000' };
    expect(feeOf(await ask({ ...entry, transport_mode: 'ocean' }), 'hmf')).toMatchObject({ amount: '62.50' });
    expect(feeOf(await ask(entry), 'hmf')).toMatchObject({ amount: '0.00', reason: 'not ocean cargo' });
    const { data } = await ask({ ...entry, transport_mode: undefined });
    expect(data.entry_fees.find(({ name }) => name === 'hmf')).toMatchObject({ amount: null });
    expect(data.totals).toMatchObject({ fees: null, status: 'lower_bound' });
    expect(data.totals.missing).toContain('transport_mode');
  });

  it('an informal entry pays the flat fee; a stated formal one the minimum', async () => {
    const entry = { ...one, entry_date: '2026-11-03', goods_value: '2500' };
    const informal = await ask(entry);
    expect(feeOf(informal, 'mpf')).toMatchObject({ amount: '2.77', limit: null, terms: { flat: '2.77' } });
    expect(informal.data.assumptions.join(' ')).toContain('informal entry');
    expect(feeOf(await ask({ ...entry, entry: 'formal' }), 'mpf')).toMatchObject({ amount: '34.58' });
    expect(feeOf(await ask({ ...entry, goods_value: '2500.01' }), 'mpf')).toMatchObject({ amount: '34.58' });
  });
});

describe('exemptions from the merchandise processing fee', () => {
  const entry = {
    code: SHIRTS,
    entry_date: '2025-11-03',
    transport_mode: 'truck',
    goods_value: '50000',
    shipping: '0',
    insurance: '0',
  };
  const mpf = async (more: Record<string, unknown>) => feeOf(await ask({ ...entry, ...more }), 'mpf');

  it('by agreement only when claimed, and for goods of a member', async () => {
    expect(await mpf({ origin: 'MX', facts: { preference: 'S' } })).toMatchObject({
      amount: '0.00',
      reason: 'preference S is claimed',
    });
    expect(await mpf({ origin: 'MX' })).toMatchObject({ amount: '173.20' });
    const wrong = await ask({ ...entry, origin: 'DE', facts: { preference: 'S' } });
    expect(feeOf(wrong, 'mpf')).toMatchObject({ amount: '173.20' });
    expect(wrong.data.assumptions.join(' ')).toContain('does not cover goods of DE');
    // Jordan's agreement gives no exemption.
    expect(await mpf({ origin: 'JO', facts: { preference: 'JO' } })).toMatchObject({ amount: '173.20' });
  });

  it('by origin: Caribbean Basin, least developed, insular possessions', async () => {
    expect(await mpf({ origin: 'JM' })).toMatchObject({ amount: '0.00', reason: 'JM belongs to cbera' });
    expect(await mpf({ origin: 'BI' })).toMatchObject({ amount: '0.00', reason: 'BI belongs to ldbdc' });
    expect(await mpf({ origin: 'GU' })).toMatchObject({
      amount: '0.00',
      reason: 'GU belongs to us_insular_possession',
    });
  });

  it('a line that is exempt bears nothing, the others bear the whole', async () => {
    const lines = [
      { code: SHIRTS, origin: 'MX', value: '50000', facts: { preference: 'S' } },
      { code: SHIRTS, origin: 'DE', value: '50000' },
    ];
    const { data } = await ask({
      entry_date: '2025-11-03',
      transport_mode: 'truck',
      shipping: '0',
      insurance: '0',
      lines,
    });
    expect(data.lines.map(({ fees }) => fees.find(({ name }) => name === 'mpf')?.amount)).toEqual(['0.00', '173.20']);
  });

  it('a claim under a symbol nobody knows, and chapter 98, leave the fee undetermined', async () => {
    expect(await mpf({ origin: 'DE', facts: { preference: 'ZZ' } })).toMatchObject({ amount: null });
    expect(await mpf({ origin: 'DE', facts: { chapter_98: true } })).toMatchObject({ amount: null });
  });
});

describe('customs value', () => {
  it('leaves carriage and insurance out, and takes them out of a price that includes them', async () => {
    const entry = {
      code: SHIRTS,
      origin: 'DE',
      transport_mode: 'air',
      entry_date: '2025-02-03',
      shipping: '900',
      insurance: '100',
      inland: '40',
    };
    const fob = await ask({ ...entry, goods_value: '10000' });
    expect(fob.data.lines[0]).toMatchObject({
      customs_value: '10000.00',
      totals: { shipping: '900.00', insurance: '100.00', inland: '40.00' },
    });
    // 16.5 % of the value without carriage.
    expect(fob.data.lines[0]?.duty.amount).toBe('1650.00');
    const cif = await ask({ ...entry, goods_value: '11000', basis: 'CIF' });
    expect(cif.data.lines[0]).toMatchObject({ customs_value: '10000.00', duty: { amount: '1650.00' } });
    expect(cif.data.totals).toMatchObject({ price: '10000.00', total: fob.data.totals.total });
    const cfr = await ask({ ...entry, goods_value: '10900', basis: 'CFR' });
    expect(cfr.data.lines[0]?.customs_value).toBe('10000.00');
  });

  it('is not known when the price includes a carriage that is not stated', async () => {
    const { data } = await ask({
      ...one,
      shipping: undefined,
      entry_date: '2025-02-03',
      goods_value: '11000',
      basis: 'CIF',
    });
    expect(data.lines[0]).toMatchObject({ customs_value: null, totals: { total: null, status: 'not_computable' } });
    expect(data.totals.missing).toContain('shipping');
    expect(data.entry_fees.every(({ amount }) => amount === null)).toBe(true);
  });

  it('says what was taken because it was not stated', async () => {
    const { data } = await ask({
      code: SHIRTS,
      origin: 'DE',
      transport_mode: 'air',
      entry_date: '2025-02-03',
      goods_value: '9000',
    });
    expect(data.assumptions).toEqual(
      expect.arrayContaining(['No shipping is stated: none is taken.', 'No insurance is stated: none is taken.']),
    );
    const free = await ask({ ...one, entry_date: '2025-02-03', goods_value: '0' });
    expect([free.data.totals.status, free.data.totals.missing.includes('value')]).toEqual(['lower_bound', true]);
    expect(free.data.assumptions.join(' ')).toContain('Line 1 has no price');
  });

  it('shares charges by value or by weight, to the cent; weight must be known for all', async () => {
    const lines = [
      { code: SHIRTS, origin: 'DE', value: '3000', weight: '1', units: '1000' },
      { code: SHIRTS, origin: 'DE', value: '3000', weight: '2' },
      { code: SHIRTS, origin: 'DE', value: '3000', weight: '3' },
    ];
    const entry = { entry_date: '2025-02-03', transport_mode: 'air', shipping: '100', insurance: '0' };
    const shares = async (more: Record<string, unknown>) =>
      (await ask({ ...entry, lines, ...more })).data.lines.map(({ totals }) => totals.shipping);
    expect(await shares({})).toEqual(['33.34', '33.33', '33.33']);
    expect(await shares({ charges_by: 'weight' })).toEqual(['16.67', '33.33', '50.00']);
    const { data } = await ask({
      ...entry,
      charges_by: 'weight',
      lines: [...lines, { code: SHIRTS, origin: 'DE', value: '1' }],
    });
    expect(data.totals).toMatchObject({
      status: 'not_computable',
      total: null,
      missing: expect.arrayContaining(['weight']) as unknown,
    });
  });

  it('refuses charges that exceed the price that includes them', async () => {
    const payload = { ...one, destination: 'US', entry_date: '2025-02-03', goods_value: '100', basis: 'CIF' };
    const found = problemOf(await app.inject({ method: 'POST', url: '/api/v1/landed-cost', payload }));
    expect([found.code, found.errors[0]?.field]).toEqual(['invalid-request', 'basis']);
  });
});

describe('currencies', () => {
  it('converts with the rate of the entry date and says which', async () => {
    const { data, meta } = await ask({ ...one, entry_date: '2025-02-03', currency: 'EUR', goods_value: '10000' });
    expect(data).toMatchObject({
      currency: 'USD',
      lines: [{ customs_value: '10250.00' }],
      totals: { shipping: '512.50' },
    });
    expect(data.exchange_rates).toMatchObject([
      { base: 'EUR', quote: 'USD', rate: '1.0250', valid_from: '2025-02-03' },
    ]);
    expect(data.assumptions.join(' ')).toContain('31 U.S.C. 5151');
    expect(meta.sources.map(({ id }) => id)).toContain('fx.ecb');
  });

  it('no rate for the date: not computable, and the missing rate is named', async () => {
    const { data } = await ask({ ...one, entry_date: '2025-02-04', currency: 'EUR', goods_value: '10000' });
    expect(data.totals).toMatchObject({ status: 'not_computable', total: null, price: null, fees: null });
    expect(data.totals.missing).toContain('exchange_rate:EUR/USD@2025-02-04');
    expect(data.lines[0]?.duty.ad_valorem_rate).toBe('0.165');
    expect(data.exchange_rates).toEqual([]);
  });
});

describe('small consignments', () => {
  const small = {
    code: SHIRTS,
    transport_mode: 'air',
    goods_value: '800',
    shipping: '20',
    insurance: '0',
    units: '100',
  };

  it('is free while the exemption lasted, with what would apply shown as suppressed', async () => {
    const { data } = await ask({ ...small, origin: 'DE', entry_date: '2025-04-01' });
    expect(data.thresholds[0]).toMatchObject({
      threshold: 'de_minimis',
      applies: true,
      citations: ['19 U.S.C. 1321(a)(2)(C)'],
    });
    expect(data.totals).toMatchObject({ duty: '0.00', fees: '0.00', total: '820.00', status: 'complete' });
    expect(data.lines[0]?.totals.per_unit).toBe('8.20');
    expect(data.lines[0]?.duty.components.every((component) => component['status'] !== 'applied')).toBe(true);
    expect(data.lines[0]?.duty.components[0]).toMatchObject({ suppressed_by: { program: 'us.de-minimis' } });
  });

  it.each([
    ['2025-05-01', 'CN', true],
    ['2025-05-02', 'CN', false],
    ['2025-05-02', 'DE', true],
    ['2025-08-29', 'DE', false],
    ['2026-11-03', 'DE', false],
  ])('%s, goods of %s: free is %s', async (entry_date, origin, applies) => {
    const { data } = await ask({ ...small, origin, entry_date });
    expect(data.thresholds.find(({ threshold }) => threshold === 'de_minimis')?.applies).toBe(applies);
    expect(data.totals.duty === '0.00').toBe(applies);
  });

  it('above the limit, or entered otherwise by choice, it pays', async () => {
    const above = await ask({ ...small, goods_value: '800.01', origin: 'DE', entry_date: '2025-04-01' });
    expect(above.data.lines[0]?.duty.amount).toBe('132.00');
    const chosen = await ask({ ...small, origin: 'DE', entry_date: '2025-04-01', entry: 'formal' });
    expect(chosen.data.lines[0]?.duty.amount).toBe('132.00');
  });

  it('one line from a country that lost the exemption takes it from the whole consignment', async () => {
    const lines = [
      { code: SHIRTS, origin: 'DE', value: '100' },
      { code: SHIRTS, origin: 'CN', value: '100' },
    ];
    const { data } = await ask({
      entry_date: '2025-06-02',
      transport_mode: 'air',
      shipping: '0',
      insurance: '0',
      lines,
    });
    expect(data.thresholds[0]?.applies).toBe(false);
  });
});

describe('what is not known', () => {
  it('without fee data no fee is zero, and the total says so', async () => {
    const { data, meta } = await ask({ ...one, entry_date: '2025-02-03', goods_value: '50000' }, withoutFees);
    expect(data.entry_fees.map(({ amount }) => amount)).toEqual([null, null]);
    expect(data.totals).toMatchObject({ fees: null, total: null, status: 'not_computable' });
    expect(data.totals.missing).toEqual(expect.arrayContaining(['fee:mpf', 'threshold:de_minimis']));
    expect(
      meta.coverage.filter(({ family }) => ['fees', 'thresholds'].includes(family)).map(({ status }) => status),
    ).toEqual(['not_covered', 'not_covered']);
  });

  it('a fee that had not been published by then is not known, though it is now', async () => {
    const entry = { ...one, entry_date: '2026-11-03', goods_value: '50000' };
    const { data, meta } = await ask({ ...entry, known_at: '2026-07-01' });
    expect(data.entry_fees.find(({ name }) => name === 'mpf')).toMatchObject({ amount: null, terms: null });
    expect(meta.coverage.find(({ family }) => family === 'fees')?.status).toBe('not_covered');
    expect(feeOf(await ask(entry), 'mpf')).toMatchObject({ amount: '173.20' });
  });

  it('names excise that may be due on a bottle of wine instead of leaving it out', async () => {
    const entry = { ...one, code: '2204.10.00.30', entry_date: '2025-02-03', goods_value: '5000' };
    const { data } = await ask({ ...entry, quantities: [{ unit: 'liters', amount: '900' }] });
    expect(data.lines[0]?.taxes).toMatchObject([{ name: 'federal_excise', amount: null }]);
    expect(data.totals.missing).toContain('tax:federal_excise');
  });
});

describe('requests', () => {
  const kg = (amount: string) => ({ unit: 'kg', amount });
  it.each([
    [{ code: SHIRTS, origin: 'DE' }, ['goods_value']],
    [{ lines: [{ code: SHIRTS, origin: 'DE', value: '1' }], code: SHIRTS }, ['code']],
    [{ ...one, goods_value: '1.005' }, ['goods_value']],
    [{ ...one, goods_value: '-1' }, ['goods_value']],
    [{ ...one, goods_value: '1', colour: 'red' }, ['colour']],
    [{ ...one, goods_value: '1', facts: { colour: 'red' } }, ['facts.colour']],
    [{ ...one, goods_value: '1', facts: { us_content_share: '20' } }, ['facts.us_content_share']],
    [{ ...one, goods_value: '1', quantities: [kg('4'), kg('8')] }, ['quantities.1.amount']],
    [{ ...one, goods_value: '1', destination: 'BR' }, ['destination']],
    [{ ...one, goods_value: '1', entry_date: '2025-02-03', as_of: '2025-02-04' }, ['as_of']],
  ])('%j is refused by field', async (body, fields) => {
    const found = problemOf(
      await app.inject({ method: 'POST', url: '/api/v1/landed-cost', payload: { destination: 'US', ...body } }),
    );
    expect([found.code, found.errors.map(({ field }) => field)]).toEqual(['invalid-request', fields]);
  });

  it('names the line whose code is not in the tariff', async () => {
    const lines = [
      { code: SHIRTS, origin: 'DE', value: '1' },
      { code: '9912.34', origin: 'DE', value: '1' },
    ];
    const payload = { destination: 'US', entry_date: '2025-02-03', lines };
    const found = problemOf(await app.inject({ method: 'POST', url: '/api/v1/landed-cost', payload }));
    expect([found.code, found.errors[0]?.field]).toEqual(['code-not-found', 'lines.1.code']);
  });

  it('a number is taken as an amount; the answer is kept and can be asked again', async () => {
    const { meta } = await ask({ ...one, entry_date: '2025-02-03', goods_value: 5000.5 });
    const stored = await app.inject(`/api/v1/answers/${meta.answer_id}`);
    expect(stored.json()).toMatchObject({ data: { endpoint: 'landed-cost', later: { differs: false } } });
  });

  it('stands in the OpenAPI document', async () => {
    const document = (await app.inject('/api/v1/openapi.json')).json<{ paths: Record<string, unknown> }>();
    expect(Object.keys(document.paths)).toEqual(
      expect.arrayContaining(['/api/v1/landed-cost', '/api/v1/orders', '/api/v1/facts']),
    );
  });
});
