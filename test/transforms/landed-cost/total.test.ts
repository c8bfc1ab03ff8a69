import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { landedSum, landedTotal, valuationBasis, valueLines } from '../../../transforms/landed-cost/total.ts';
import { importVat } from '../../../transforms/landed-cost/vat.ts';

const charges = { shipping: '100.00', insurance: '10.00', inland: '5.00', by: 'value' as const };
const line = (price: string, weight: string | null = null) => ({ price, weight, units: null });

describe('customs value', () => {
  test('US without, EU and GB with international carriage and insurance', () => {
    expect(['US', 'DE', 'GB'].map(valuationBasis)).toEqual(['FOB', 'CIF', 'CIF']);
    const lines = [line('300.00'), line('100.00')];
    expect(valueLines('US', lines, charges)?.map((l) => l.customs_value)).toEqual(['300.00', '100.00']);
    expect(valueLines('DE', lines, charges)?.map((l) => l.customs_value)).toEqual(['382.50', '127.50']);
  });

  test('by weight; a missing weight is null, not a share by value', () => {
    const byWeight = { ...charges, by: 'weight' as const };
    expect(valueLines('DE', [line('1.00', '1'), line('1.00', '3')], byWeight)?.map((l) => l.shipping)).toEqual([
      '25.00',
      '75.00',
    ]);
    expect(valueLines('DE', [line('1.00', '1'), line('1.00')], byWeight)).toBeNull();
  });
});

describe('import VAT', () => {
  test('on value, all duties and transport to the first destination, half-up', () => {
    // 2,662.50 at 21 % is 559.125.
    expect(
      importVat({ customs_value: '2500.00', duties: ['150.00'], inland_transport: '12.50', rate: '0.21' }),
    ).toEqual({
      base: '2662.50',
      rate: '0.21',
      amount: '559.13',
    });
  });

  test('an unknown duty or rate leaves no VAT, not a smaller one', () => {
    expect(
      importVat({ customs_value: '100.00', duties: ['1.00', null], inland_transport: '0', rate: '0.2' }),
    ).toBeNull();
    expect(importVat({ customs_value: '100.00', duties: [], inland_transport: '0', rate: null })).toBeNull();
  });
});

describe('total', () => {
  const amounts = {
    price: '50000.00',
    shipping: '0.00',
    insurance: '0.00',
    inland: '0.00',
    duty: '3750.00',
    fees: '235.70',
    taxes: '0.00',
  };

  test('adds up, per unit half-up', () => {
    expect(landedTotal(amounts, '300')).toMatchObject({ total: '53985.70', status: 'complete', per_unit: '179.95' });
    expect(landedTotal(amounts, null).per_unit).toBeNull();
  });

  test('an unknown part makes it a lower bound without a price per unit', () => {
    expect(landedTotal({ ...amounts, duty: null }, '300')).toMatchObject({
      total: '50235.70',
      status: 'lower_bound',
      missing: ['duty'],
      per_unit: null,
    });
  });

  test('parts of any consignment add up to its total', () => {
    const money = fc.integer({ min: 0, max: 10 ** 9 }).map((n) => new Decimal(n).div(100).toFixed(2));
    const part = fc.record({
      price: money,
      shipping: money,
      insurance: money,
      inland: money,
      duty: money,
      fees: money,
      taxes: money,
    });
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 10 }), (lines) => {
        const sum = landedSum(lines.map((l) => landedTotal(l, null)));
        const parts = [sum.price, sum.shipping, sum.insurance, sum.inland, sum.duty, sum.fees, sum.taxes];
        expect(parts.reduce((total, p) => total.add(p ?? 'NaN'), new Decimal(0)).toFixed(2)).toBe(sum.total);
        expect(sum.status).toBe('complete');
      }),
    );
    const bound = landedSum([landedTotal(amounts, null), landedTotal({ ...amounts, duty: null }, null)]);
    expect(bound).toMatchObject({ duty: null, total: '104221.40', status: 'lower_bound', missing: ['duty'] });
  });
});
