import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { consignmentTotals, type CostParts, lineTotals, unpricedNotes } from '../../answers/landed-cost/cost-totals.ts';

const PARTS: CostParts = {
  price: '100.00',
  shipping: '10.00',
  insurance: '1.00',
  inland: '0.00',
  duty: '16.50',
  fees: '33.58',
  taxes: '0.00',
};
const COMPLETE = { status: 'complete', missing: [] } as const;
const none = { missing: [], units: null };

describe('the cost of a line', () => {
  it('is complete only when every part is known; the cost per unit is as bounded as the whole', () => {
    const whole = lineTotals(PARTS, { ...COMPLETE, missing: [] }, { missing: [], units: '3' });
    expect(whole).toMatchObject({ total: '161.08', status: 'complete', missing: [], per_unit: '53.69' });
    const open = lineTotals(
      { ...PARTS, fees: null },
      { ...COMPLETE, missing: [] },
      { missing: ['fee:mpf'], units: '3' },
    );
    expect(open).toMatchObject({ total: '127.50', status: 'lower_bound', missing: ['fee:mpf'], per_unit: '42.50' });
    const duty = lineTotals(
      PARTS,
      { status: 'lower_bound', missing: ['metal_content_value'] },
      { missing: [], units: '3' },
    );
    expect(duty).toMatchObject({
      total: '161.08',
      status: 'lower_bound',
      missing: ['metal_content_value'],
      per_unit: '53.69',
    });
  });

  it('is not complete for goods without a price: given away, they have a customs value all the same', () => {
    const given = lineTotals({ ...PARTS, price: '0.00', duty: '0.00' }, { ...COMPLETE, missing: [] }, none);
    expect(given).toMatchObject({ total: '44.58', status: 'lower_bound', missing: ['value'] });
    const line = (number: number, totals: typeof given) => ({ line: number, totals });
    const priced = lineTotals({ ...PARTS, price: '0.01' }, { ...COMPLETE, missing: [] }, none);
    expect(priced).toMatchObject({ status: 'complete', missing: [] });
    expect(unpricedNotes([line(1, priced), line(2, given)])).toEqual([expect.stringMatching(/^Line 2 has no price/)]);
  });

  it('has no total without a computable duty, a price or a charge, and names what is missing', () => {
    expect(
      lineTotals(
        { ...PARTS, duty: null },
        { status: 'not_computable', missing: ['quantity:KGM'] },
        { ...none, units: '3' },
      ),
    ).toMatchObject({
      total: null,
      per_unit: null,
      status: 'not_computable',
      missing: ['quantity:KGM'],
    });
    expect(lineTotals({ ...PARTS, shipping: null }, { ...COMPLETE, missing: [] }, none)).toMatchObject({
      total: null,
      missing: ['shipping'],
    });
    expect(lineTotals(PARTS, { ...COMPLETE, missing: [] }, { ...none, blocked: true })).toMatchObject({
      total: null,
      status: 'not_computable',
    });
  });
});

describe('the cost of a consignment', () => {
  it('is per unit what its only line is; units of several lines do not add up', () => {
    const line = lineTotals(PARTS, { ...COMPLETE, missing: [] }, { missing: [], units: '3' });
    expect(consignmentTotals([line]).per_unit).toBe('53.69');
    expect(consignmentTotals([line, line]).per_unit).toBeNull();
  });

  it('is as open as its most open line', () => {
    const whole = lineTotals(PARTS, { ...COMPLETE, missing: [] }, none);
    const open = lineTotals({ ...PARTS, taxes: null }, { ...COMPLETE, missing: [] }, { ...none, missing: ['tax:vat'] });
    const nothing = lineTotals({ ...PARTS, duty: null }, { status: 'not_computable', missing: ['code'] }, none);
    expect(consignmentTotals([whole, whole])).toMatchObject({ total: '322.16', status: 'complete', duty: '33.00' });
    expect(consignmentTotals([whole, open])).toMatchObject({
      status: 'lower_bound',
      taxes: null,
      missing: ['tax:vat'],
    });
    expect(consignmentTotals([open, nothing])).toMatchObject({
      total: null,
      duty: null,
      status: 'not_computable',
      missing: ['tax:vat', 'code'],
    });
  });

  it('sums to the cent however many lines there are', () => {
    const cents = fc.integer({ min: 0, max: 10_000_000 }).map((amount) => (amount / 100).toFixed(2));
    const parts = fc.record({
      price: cents,
      shipping: cents,
      insurance: cents,
      inland: cents,
      duty: cents,
      fees: cents,
      taxes: cents,
    });
    fc.assert(
      fc.property(fc.array(parts, { minLength: 1, maxLength: 20 }), (lines) => {
        const sum = consignmentTotals(lines.map((line) => lineTotals(line, { ...COMPLETE, missing: [] }, none)));
        const expected = lines
          .flatMap((line) => Object.values(line))
          .reduce((all, amount) => all + Math.round(Number(amount) * 100), 0);
        expect(Math.round(Number(sum.total) * 100)).toBe(expected);
      }),
    );
  });
});
