import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allocate } from '../../../transforms/landed-cost/allocate.ts';

const cents = fc.bigInt({ min: 0n, max: 10n ** 15n }).map((n) => new Decimal(n.toString()).div(100).toFixed(2));
const share = fc.bigInt({ min: 0n, max: 10n ** 18n }).map((n) => new Decimal(n.toString()).div(1000).toFixed(3));

describe('allocate', () => {
  test('parts add up to the amount, and none is off its exact share by a cent or more', () => {
    fc.assert(
      fc.property(cents, fc.array(share, { minLength: 1, maxLength: 40 }), (amount, shares) => {
        const parts = allocate(amount, shares);
        expect(parts.reduce((sum, part) => sum.add(part), new Decimal(0)).toFixed(2)).toBe(amount);
        const sum = shares.reduce((total, part) => total.add(part), new Decimal(0));
        if (sum.isZero()) return;
        parts.forEach((part, line) => {
          const exact = new Decimal(amount).mul(shares[line] ?? '0').div(sum);
          expect(exact.sub(part).abs().lte('0.01')).toBe(true);
        });
      }),
    );
  });

  test('largest remainders first, earlier lines among equals', () => {
    expect(allocate('100.00', ['1', '1', '1'])).toEqual(['33.34', '33.33', '33.33']);
    expect(allocate('0.05', ['1', '2', '4'])).toEqual(['0.01', '0.01', '0.03']);
    expect(allocate('10.00', ['0', '0'])).toEqual(['5.00', '5.00']);
    expect(allocate('10.00', ['0', '3'])).toEqual(['0.00', '10.00']);
  });

  test('refuses what it cannot do exactly', () => {
    expect(() => allocate('1.005', ['1'])).toThrow(RangeError);
    expect(() => allocate('1.00', [])).toThrow(RangeError);
    expect(() => allocate('1.00', ['-1', '2'])).toThrow(RangeError);
  });
});
