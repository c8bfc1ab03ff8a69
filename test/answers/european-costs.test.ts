import { beforeAll, describe, expect, it } from 'vitest';
import { landedCost } from '../../answers/landed-cost/landed-cost.ts';
import type { LandedCostQuestion } from '../../answers/landed-cost/landed-cost-data.ts';
import { testDatabase } from '../support/database.ts';
import { loadEuropean } from '../support/european-fixtures.ts';
import { dutyDeps } from '../support/european-ledger.ts';

const database = await testDatabase();
const deps = dutyDeps(database);
beforeAll(() => loadEuropean(database, () => '2026-12-20T00:00:00.000Z'), 60_000);

const eur = (amount: string) => ({ amount, currency: 'EUR' });

/** Horses of the United States for `value` euro, with carriage of 10 and nothing else. */
const cost = async (destination: string, as_of: string, value: string, more: Partial<LandedCostQuestion> = {}) => {
  const question: LandedCostQuestion = {
    destination,
    as_of,
    known_at: null,
    basis: 'FOB',
    shipping: eur('10.00'),
    insurance: eur('0.00'),
    inland: eur('0.00'),
    charges_by: 'value',
    transport_mode: null,
    entry: null,
    manual: false,
    foreign_importer: null,
    lines: [
      { code: '0101299000', origin: 'US', value: eur(value), units: '4', weight: null, quantities: [], facts: {} },
    ],
    ...more,
  };
  return (await landedCost(deps, question)).data;
};

describe('VAT on a consignment of little value', () => {
  it('is charged on the fees that are due by reason of the import (Directive 2006/112/EC, Article 86(1)(a))', async () => {
    const { lines, totals } = await cost('FR', '2026-08-01', '100.00');
    expect(lines[0]?.fees).toMatchObject([{ name: 'national_parcel_fee', amount: '2.00' }]);
    // 100 + 10 carriage + 3 flat duty + 2 parcel fee, at 20 %.
    expect(lines[0]?.taxes).toMatchObject([{ name: 'vat', base: '115.00', amount: '23.00' }]);
    expect(totals).toMatchObject({ total: '138.00', status: 'lower_bound', missing: [] });
  });

  it('is open while a fee in its base is not known', async () => {
    const { lines, totals } = await cost('DE', '2026-11-01', '100.00');
    expect(lines[0]?.taxes).toMatchObject([{ name: 'vat', base: null, amount: null, rate: '0.19' }]);
    expect(lines[0]?.taxes[0]?.reason).toContain('the base is not known: handling fee');
    expect(totals).toMatchObject({ status: 'lower_bound', total: '113.00', fees: null, taxes: null });
    expect(totals.missing).toEqual(['fee:handling_fee', 'tax:vat']);
    const before = await cost('DE', '2026-10-31', '100.00');
    expect(before.totals).toMatchObject({ taxes: '21.47', total: '134.47', missing: [] });
  });

  it('may be no tax at all on the smallest ones before July 2021, which is said; from then on the seller may have charged it', async () => {
    const vat = /free consignments of up to 22 EUR from VAT/;
    const seller = /import one-stop shop/;
    const said = async (as_of: string, value: string) => (await cost('DE', as_of, value)).assumptions.join(' ');
    expect(await said('2021-06-30', '22.00')).toMatch(vat);
    expect(await said('2021-06-30', '22.01')).not.toMatch(vat);
    expect(await said('2021-06-30', '22.00')).not.toMatch(seller);
    expect(await said('2021-07-01', '22.00')).not.toMatch(vat);
    expect(await said('2021-07-01', '22.00')).toMatch(seller);
    expect(await said('2021-07-01', '150.01')).not.toMatch(seller);
  });
});

describe('duty on a consignment of little value', () => {
  const horse = { code: '0101299000', origin: 'CN', value: eur('100.00'), units: null, weight: null };
  const line = { ...horse, quantities: [], facts: {} };

  it('leaves an anti-dumping duty open: the relief is one from customs duty', async () => {
    for (const [as_of, amount] of [
      ['2026-06-30', '0.00'],
      ['2026-07-01', '3.00'],
    ] as const) {
      const { lines, totals } = await cost('DE', as_of, '100.00', { lines: [line] });
      const stated = lines[0]?.duty.components.filter(({ status }) => status !== 'available');
      expect(stated?.map(({ program, status, rate, needs }) => [program, status, rate, needs])).toEqual([
        ['eu.third-country', 'suppressed', null, []],
        ['eu.antidumping', 'undetermined', null, ['relief:additional-duties']],
      ]);
      expect(lines[0]?.duty).toMatchObject({ amount, status: 'lower_bound', missing: ['relief:additional-duties'] });
      expect([totals.status, totals.missing]).toEqual(['lower_bound', ['relief:additional-duties']]);
    }
  });

  it('says that a fee was not verified, and how the flat duty was taken', async () => {
    const fr = (await cost('FR', '2026-08-01', '100.00')).assumptions.join(' ');
    expect(fr).toContain('not verified');
    expect(fr).toContain('The flat duty is taken once per line');
    const above = (await cost('FR', '2026-08-01', '150.01')).assumptions.join(' ');
    expect(above).not.toContain('not verified');
    expect(above).not.toContain('flat duty');
  });
});

describe('what an answer takes as given', () => {
  it('goods without a price leave the cost open: their customs value is not stated', async () => {
    const { totals, assumptions } = await cost('DE', '2026-06-10', '0.00');
    expect(totals).toMatchObject({ price: '0.00', status: 'lower_bound' });
    expect(totals.missing).toContain('value');
    expect(assumptions.join(' ')).toContain('Line 1 has no price');
    const priced = await cost('DE', '2026-06-10', '0.01');
    expect(priced.totals.missing).not.toContain('value');
    expect(priced.assumptions.join(' ')).not.toContain('has no price');
  });

  it('a lower rate of VAT that is named for the code may be due, unless the rate is declared', async () => {
    const said = async (facts: Record<string, string>) => {
      const { assumptions } = await cost('DE', '2026-06-10', '1000.00', {
        lines: [
          { code: '0101299000', origin: 'US', value: eur('1000.00'), units: null, weight: null, quantities: [], facts },
        ],
      });
      return assumptions.some((each) => each.startsWith('Line 1: VAT at the standard rate'));
    };
    expect(await said({})).toBe(true);
    expect(await said({ vat_rate: '0.07' })).toBe(false);
    expect(await said({ vat_rate: '0.19' })).toBe(false);
    // No reduced rate is named for France.
    expect((await cost('FR', '2026-06-10', '1000.00')).assumptions.join(' ')).not.toContain('VAT at the standard rate');
  });

  it('reliefs by purpose and procedure are not held', async () => {
    expect((await cost('DE', '2026-06-10', '1000.00')).assumptions.join(' ')).toContain(
      'returned goods, samples, gifts',
    );
  });
});
