import { beforeAll, describe, expect, it } from 'vitest';
import { answerDuty } from '../../answers/duty/answer-duty.ts';
import { landedCost } from '../../answers/landed-cost/landed-cost.ts';
import type { LandedCostQuestion } from '../../answers/landed-cost/landed-cost-data.ts';
import { Problem } from '../../answers/problem.ts';
import { testDatabase } from '../support/database.ts';
import { loadEuropean } from '../support/european-fixtures.ts';
import { asked, dutyDeps } from '../support/european-ledger.ts';

const database = await testDatabase();
const deps = dutyDeps(database);
beforeAll(() => loadEuropean(database, () => '2026-06-20T00:00:00.000Z'), 60_000);

const duty = async (text: string, more: Parameters<typeof asked>[1] = {}) => answerDuty(deps, asked(text, more));
const problem = async (run: Promise<unknown>): Promise<Problem> => {
  const error: unknown = await run.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof Problem) return error;
  throw new Error(`no problem but ${String(error)}`);
};

describe('duty into the European Union', () => {
  it('is the third-country duty with every additional duty, in the answer of all destinations', async () => {
    const { data, coverage, cites, view } = await duty('0101299000 DE CN 2026-06-10', { value: '1000.00' });
    expect(data).toMatchObject({ declarable: true, description: 'Other', destination: 'DE', differing_lines: [] });
    // Next to nothing of a tariff is loaded: what else may be due is not known.
    expect(data.total).toEqual({
      status: 'lower_bound',
      ad_valorem_rate: '0.4',
      amount: '400.00',
      currency: 'EUR',
      missing: [],
    });
    expect(data.components.map(({ program, status, heading, amount }) => [program, status, heading, amount])).toEqual([
      ['eu.third-country', 'applied', null, '100.00'],
      ['eu.antidumping', 'applied', 'C999', '300.00'],
      ['eu.antidumping', 'available', 'C123', null],
    ]);
    expect(data.components[0]).toMatchObject({
      code: '01012990',
      valid_from: '2026-06-01',
      source: { source_id: 'eu.taric', label: '2026-06' },
    });
    expect(coverage).toContainEqual(expect.objectContaining({ family: 'countervailing', status: 'not_covered' }));
    expect(coverage).toContainEqual(expect.objectContaining({ family: 'general', status: 'partial' }));
    expect([...cites].every((id) => view.byId.has(id))).toBe(true);
  });

  it('as known in May is what May said of June', async () => {
    const then = await duty('0101299000 DE US 2026-06-10', { value: '1000.00', known_at: '2026-05-20T00:00:00.000Z' });
    expect(then.data.total.amount).toBe('115.00');
    expect((await duty('0101299000 DE US 2026-06-10', { value: '1000.00' })).data.total.amount).toBe('100.00');
    expect((await duty('0101299000 DE US 2026-05-31', { value: '1000.00' })).data.total.amount).toBe('115.00');
  });

  it('knows members by date and exclusions by name', async () => {
    const claim = { value: '1000.00', facts: { preference: '200' } };
    const china = await duty('0101299000 FR CN 2014-12-31', claim);
    expect(china.data.components[0]).toMatchObject({ measure_type: '142', status: 'applied', amount: '42.00' });
    const india = await duty('0101299000 FR IN 2026-06-10', claim);
    expect(india.data.components.map(({ measure_type, status, amount }) => [measure_type, status, amount])).toEqual([
      ['103', 'applied', '100.00'],
      ['142', 'excluded', null],
      ['142', 'excluded', null],
    ]);
  });

  it('goods for slaughter have no duty without the authorisation of their end use', async () => {
    const without = await duty('0101291000 DE US 2026-06-10', { value: '1000.00' });
    expect(without.data.total).toMatchObject({ status: 'not_computable', amount: null, missing: ['certificates'] });
    const held = await duty('0101291000 DE US 2026-06-10', { value: '1000.00', facts: { certificates: ['N990'] } });
    expect(held.data.total.amount).toBe('0.00');
  });

  it('a code above its lines answers when they agree, and names them when they differ', async () => {
    const heading = await duty('0101 DE US 2026-06-10');
    expect(heading.data.total).toMatchObject({ status: 'not_computable', missing: ['code'] });
    expect(
      heading.data.differing_lines.map(({ code, ad_valorem_rate, status }) => [code, ad_valorem_rate, status]),
    ).toEqual([
      ['010121', '0', 'lower_bound'],
      ['01012910', null, 'not_computable'],
      ['01012990', '0.1', 'lower_bound'],
      ['010130', '0.077', 'lower_bound'],
      ['010190', '0.077', 'lower_bound'],
    ]);
    expect((await duty('010121 DE US 2026-06-10')).data).toMatchObject({ declarable: true });
  });

  it('Northern Ireland owes it for goods at risk, and the answer says so', async () => {
    const { data, coverage } = await duty('0101299000 XI US 2026-06-10', { value: '1000.00' });
    expect(data.total.amount).toBe('100.00');
    expect(coverage).toContainEqual(expect.objectContaining({ family: 'at-risk', status: 'partial' }));
  });

  it('of a member state is for what comes back from outside the Union', async () => {
    const { data } = await duty('0101299000 DE FR 2026-06-10', { value: '1000.00' });
    expect(data.requirements).toContainEqual(expect.objectContaining({ program: 'eu.union-goods' }));
    const other = await duty('0101299000 DE US 2026-06-10');
    expect(other.data.requirements).toEqual([]);
    for (const origin of ['GB', 'XI']) {
      const { requirements } = (await duty(`0101299000 XI ${origin} 2026-06-10`)).data;
      expect(requirements).toContainEqual(expect.objectContaining({ program: 'gb.domestic-goods' }));
    }
  });

  it('tells what is wrong with a question', async () => {
    const unknown = await problem(duty('0101299077 DE US 2026-06-10'));
    expect([unknown.code, unknown.extra]).toEqual(['code-not-found', { nearest: '01012990' }]);
    expect((await problem(duty('9999999999 DE US 2026-06-10'))).extra).toEqual({});
    expect((await problem(duty('0101299000 GB US 2026-06-10'))).code).toBe('not-loaded');
    expect((await problem(duty('0101299000 JP US 2026-06-10'))).errors[0]?.field).toBe('destination');
    const early = problem(duty('0101299000 DE US 2026-06-10', { known_at: '2026-04-01T00:00:00.000Z' }));
    expect((await early).code).toBe('not-known-yet');
  });
});

describe('landed cost into a member state', () => {
  const eur = (amount: string, currency = 'EUR') => ({ amount, currency });
  const consignment = (
    destination: string,
    as_of: string,
    value: { amount: string; currency: string },
    more: Partial<LandedCostQuestion> = {},
  ): LandedCostQuestion => ({
    destination,
    as_of,
    known_at: null,
    basis: 'FOB',
    shipping: eur('100.00'),
    insurance: eur('10.00'),
    inland: eur('20.00'),
    charges_by: 'value',
    transport_mode: null,
    entry: null,
    manual: false,
    foreign_importer: null,
    lines: [{ code: '0101299000', origin: 'US', value, units: '10', weight: null, quantities: [], facts: {} }],
    ...more,
  });
  const cost = async (question: LandedCostQuestion) => (await landedCost(deps, question)).data;

  it('rests on the value with carriage and insurance; VAT on that, the duty and inland carriage', async () => {
    const { lines, totals, valuation } = await cost(consignment('DE', '2026-06-10', eur('1000.00')));
    expect(valuation.basis).toBe('CIF');
    const [line] = lines;
    expect(line).toMatchObject({ customs_value: '1110.00', duty: { amount: '111.00' } });
    // 1110 + 111 + 20, at 19 %; the reduced rate is listed and not applied.
    expect(line?.taxes).toMatchObject([{ name: 'vat', base: '1241.00', rate: '0.19', amount: '235.79' }]);
    expect(line?.taxes[0]?.reason).toContain('7 % FOODSTUFFS (0101)');
    expect(totals).toMatchObject({ total: '1476.79', duty: '111.00', taxes: '235.79', status: 'lower_bound' });
  });

  it('takes VAT by the date of entry, and a reduced rate when it is declared', async () => {
    const rate = async (question: LandedCostQuestion) => (await cost(question)).lines[0]?.taxes[0]?.rate;
    expect(await rate(consignment('RO', '2025-07-31', eur('1000.00')))).toBe('0.19');
    expect(await rate(consignment('RO', '2025-08-01', eur('1000.00')))).toBe('0.21');
    const german = consignment('DE', '2026-06-10', eur('1000.00'));
    const declared = (share: string) => ({
      ...german,
      lines: german.lines.map((line) => ({ ...line, facts: { vat_rate: share } })),
    });
    expect(await rate(declared('0.07'))).toBe('0.07');
    expect(await rate(declared('0.05'))).toBe('0.19');
  });

  it('into the Union without a state has its duty, and says what VAT needs', async () => {
    const { data, coverage } = await landedCost(deps, consignment('EU', '2026-06-10', eur('1000.00')));
    const { data: german } = await landedCost(deps, consignment('DE', '2026-06-10', eur('1000.00')));
    expect(data.lines[0]?.duty).toEqual(german.lines[0]?.duty);
    expect(data.lines[0]?.taxes).toMatchObject([
      { name: 'vat', amount: null, rate: null, reason: expect.stringContaining('member state of import') },
    ]);
    expect(data.totals).toMatchObject({ status: 'lower_bound', taxes: null, duty: german.totals.duty });
    expect(data.totals.missing).toEqual(expect.arrayContaining(['destination', 'tax:vat']));
    expect(coverage).toContainEqual(expect.objectContaining({ family: 'vat', status: 'not_covered' }));
  });

  it('a state whose VAT is not held has no total that looks whole; a country without tariff here is refused', async () => {
    const { lines, totals } = await cost(consignment('PL', '2026-06-10', eur('1000.00')));
    expect(lines[0]?.taxes[0]).toMatchObject({ name: 'vat', amount: null, rate: null });
    expect(totals).toMatchObject({ status: 'lower_bound', taxes: null });
    expect(totals.missing).toContain('tax:vat');
    expect((await problem(cost(consignment('CH', '2026-06-10', eur('1.00'))))).errors[0]?.field).toBe('destination');
  });

  it('converts at the customs rate of the month, never at another', async () => {
    const june = await cost(consignment('DE', '2026-06-10', eur('1250.00', 'USD')));
    expect(june.lines[0]).toMatchObject({ customs_value: '1110.00' });
    expect(june.exchange_rates).toMatchObject([
      { quote: 'USD', rate: '1.2500', valid_from: '2026-06-01', valid_to: '2026-07-01' },
    ]);
    const may = await cost(consignment('DE', '2026-05-10', eur('1250.00', 'USD')));
    expect(may.totals).toMatchObject({ status: 'not_computable', total: null });
    expect(may.totals.missing).toContain('exchange_rate:USD/EUR@2026-05-10');
  });

  it('a small consignment is free of duty until June 2026 and pays a flat duty from July on', async () => {
    const small = (date: string) => cost(consignment('DE', date, eur('150.00')));
    const june = await small('2026-06-30');
    // Whether anti-dumping duties are due on top is not known: none is loaded, and no text at hand says that the relief covers them.
    expect(june.lines[0]?.duty).toMatchObject({ amount: '0.00', status: 'lower_bound' });
    expect(june.lines[0]?.duty.components[0]).toMatchObject({
      status: 'suppressed',
      suppressed_by: { program: 'eu.low-value' },
    });
    expect(june.thresholds).toMatchObject([{ threshold: 'de_minimis', applies: true }]);
    const july = await small('2026-07-01');
    expect(july.lines[0]?.duty).toMatchObject({ amount: '3.00' });
    expect(july.thresholds).toMatchObject([{ threshold: 'low_value_duty', applies: true }]);
    const above = await cost(consignment('DE', '2026-07-01', eur('150.01')));
    expect(above.lines[0]?.duty.amount).toBe('26.00');
  });

  it('carriage that is not stated is missing from the value, and the answer says so', async () => {
    const { totals, assumptions } = await cost(consignment('DE', '2026-06-10', eur('1000.00'), { shipping: null }));
    expect(totals.status).toBe('lower_bound');
    expect(totals.missing).toContain('shipping');
    expect(assumptions.join(' ')).toContain('No shipping is stated');
  });
});
