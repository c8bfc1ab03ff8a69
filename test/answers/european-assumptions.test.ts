import { describe, expect, it } from 'vitest';
import { type AssumedOf, europeanAssumptions } from '../../answers/landed-cost/european-assumptions.ts';
import type { LandedCostQuestion } from '../../answers/landed-cost/landed-cost-data.ts';
import { lowValueDuty } from '../../transforms/landed-cost/low-value.ts';
import type { DatedThreshold } from '../../transforms/reference/import-threshold.ts';

const question = (destination: string, goods: [code: string, origin: string][]): LandedCostQuestion => ({
  destination,
  as_of: '2026-06-10',
  known_at: null,
  basis: 'FOB',
  shipping: null,
  insurance: null,
  inland: null,
  charges_by: 'value',
  transport_mode: null,
  entry: null,
  manual: false,
  foreign_importer: null,
  lines: goods.map(([code, origin]) => ({
    ...{ code, origin, value: { amount: '50.00', currency: 'GBP' } },
    ...{ units: null, weight: null, quantities: [], facts: {} },
  })),
});
const nothing: AssumedOf = {
  ...{ intrinsic: '50.00', verdict: null, unverifiedFees: false },
  ...{ overtaxed: [], carbon: [] },
};
const said = (of: LandedCostQuestion, more: Partial<AssumedOf> = {}) =>
  europeanAssumptions(of, { ...nothing, ...more }).join('\n');

describe('a consignment of little value into the United Kingdom', () => {
  const duty = 'up to 135 GBP customs duty may not be due';

  it('may owe no customs duty: the relief is not held, and that is said up to its limit', () => {
    const shirts = question('GB', [['6109100010', 'CN']]);
    expect(said(shirts, { intrinsic: '135.00' })).toContain(duty);
    expect(said(shirts, { intrinsic: '135.01' })).not.toContain(duty);
    expect(said(shirts, { intrinsic: '135.01' })).toContain('are not held: none is taken');
    // Of a value that is not known it may be true.
    expect(said(shirts, { intrinsic: null })).toContain(duty);
  });

  it('into Northern Ireland is not said to be under the rules of the Union, or not to be', () => {
    expect(said(question('XI', [['6109100010', 'CN']]))).toContain('for goods at risk is not held');
    expect(said(question('GB', [['6109100010', 'CN']]))).not.toContain('for goods at risk');
  });
});

describe('a consignment with goods that are kept out of the Union’s rules', () => {
  const relief: DatedThreshold = {
    ...{ threshold: 'de_minimis', status: 'granted', amount: '150', currency: 'EUR', per: 'consignment' },
    ...{ origins: null, modes: null, importers: null, goods: null, citation: 'the relief', verified: 'unverified' },
    ...{ needs_review: false, note: null, valid_from: '2010-01-01', valid_to: '2026-07-01' },
  };
  const verdict = (codes: string[], value = '100.00') => lowValueDuty({ date: '2026-06-10', value, codes }, [relief]);

  it('says that the tariff is taken for the others too', () => {
    const mixed = question('DE', [
      ['3303001000', 'CN'],
      ['6109100010', 'CN'],
    ]);
    const of = verdict(['3303001000', '6109100010']);
    expect([of.charge, of.keptOut]).toEqual(['tariff', ['3303001000']]);
    expect(said(mixed, { verdict: of })).toMatch(/3303001000 kept out .* other lines too/);
    // Nothing else is in it, and a large consignment has nothing to be kept out of.
    const alone = said(question('DE', [['3303001000', 'CN']]), { verdict: verdict(['3303001000']) });
    expect(alone).toContain('the tariff is taken, and no fee on small consignments');
    expect(verdict(['3303001000', '6109100010'], '150.01').keptOut).toEqual([]);
  });
});

describe('lines under the carbon border adjustment mechanism', () => {
  it('have a cost beside the total', () => {
    expect(said(question('DE', [['7208510000', 'CN']]), { carbon: [1] })).toContain('cost of its certificates');
  });
});
