import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printedNumber } from '../../../transforms/duty/printed-number.ts';

describe('printedNumber', () => {
  it.each([
    ['1554.3', '1554.3'],
    [' 1,554.300 ', '1554.300'],
    ['1.554,300', '1554.300'],
    ['1 554.3', '1554.3'],
    ['12,5', '12.5'],
    ['0,851', '0.851'],
    ['1554,300', '1554.300'],
    ['1,234,567', '1234567'],
    ['1.234.567', '1234567'],
  ])('reads %s', (text, number) => {
    expect(printedNumber(text)).toBe(number);
  });

  it.each(['1,554', '12,800', '1.2.3', '12,34,567', '', '-5', '1e3', '5 kg', 'NaN', '1,', '.5', '1 2'])(
    'not %s',
    (text) => {
      expect(printedNumber(text)).toBeNull();
    },
  );

  it('reads what is grouped as what is not, and never one comma with three digits behind it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999_999 }), fc.integer({ min: 0, max: 99 }), (whole, cents) => {
        const plain = `${whole}.${String(cents).padStart(2, '0')}`;
        const groups = String(whole).replace(/\B(?=(\d{3})+$)/g, ',');
        expect(printedNumber(`${groups}.${plain.slice(-2)}`)).toBe(plain);
        expect(printedNumber(`${groups.replaceAll(',', '.')},${plain.slice(-2)}`)).toBe(plain);
        if (whole >= 1000 && whole < 1_000_000) expect(printedNumber(groups)).toBeNull();
      }),
    );
  });
});
