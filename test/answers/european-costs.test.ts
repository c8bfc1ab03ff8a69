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
    expect(totals).toMatchObject({ total: '138.00', status: 'complete' });
  });

  it('is open while a fee in its base is not known', async () => {
    const { lines, totals } = await cost('DE', '2026-11-01', '100.00');
    expect(lines[0]?.taxes).toMatchObject([{ name: 'vat', base: null, amount: null, rate: '0.19' }]);
    expect(lines[0]?.taxes[0]?.reason).toContain('the base is not known: handling fee');
    expect(totals).toMatchObject({ status: 'lower_bound', total: '113.00', fees: null, taxes: null });
    expect(totals.missing).toEqual(['fee:handling_fee', 'tax:vat']);
    const before = await cost('DE', '2026-10-31', '100.00');
    expect(before.totals).toMatchObject({ status: 'complete', taxes: '21.47', total: '134.47' });
  });
});
