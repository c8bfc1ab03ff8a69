import { describe, expect, it } from 'vitest';
import type { CaseAnswer } from './outcome.ts';
import { differenceOf, readLine } from './agreement.ts';

const answer = (over: Partial<CaseAnswer> = {}): CaseAnswer => ({
  amount: '432.3',
  rounded: '432.30',
  lines: ['0.00', '432.30'],
  vat_base: '1432.30',
  reason: null,
  ...over,
});
function stated(fields: object) {
  const read = readLine(JSON.stringify({ id: 'a', kind: 'stack', ...fields }));
  if (read.case === null) throw new Error(read.reason);
  return read.case;
}

describe('differenceOf', () => {
  it.each(['432.30', '432.3', 432.3, '432.299999'])('takes %j for 432.30', (expected_rounded) => {
    expect(differenceOf(stated({ expected_rounded }), answer())).toBeNull();
  });

  it('reads the thousands of an expected amount', () => {
    expect(differenceOf(stated({ expected_rounded: '1,432.30' }), answer({ rounded: '1432.30' }))).toBeNull();
  });

  it('compares the exact amount to the cent where no other is stated', () => {
    expect(differenceOf(stated({ expected_amount: '432.2951' }), answer())).toBeNull();
    expect(differenceOf(stated({ expected_amount: 432.29 }), answer())).toMatchObject({ expected: '432.29' });
  });

  it('sees a line and a VAT base that differ', () => {
    const inputs = { expected_lines: [0, '432.30'], expected_vat_base: 1432.3 };
    expect(differenceOf(stated({ expected_rounded: '432.30', inputs }), answer())).toBeNull();
    expect(differenceOf(stated({ expected_rounded: '432.30', inputs }), answer({ lines: ['432.30'] }))).toMatchObject({
      reason: 'lines 432.30; VAT base 1432.30',
    });
    expect(
      differenceOf(stated({ expected_rounded: '432.30', inputs }), answer({ vat_base: '1000.00' })),
    ).not.toBeNull();
  });

  it('wants no number where none is expected, and a number where one is', () => {
    const none = answer({ amount: null, rounded: null, lines: [], vat_base: null, reason: 'quantity:DTN' });
    expect(differenceOf(stated({ expected_rounded: null }), none)).toBeNull();
    expect(differenceOf(stated({ expected_rounded: null }), answer())).toMatchObject({ expected: 'none' });
    expect(differenceOf(stated({ expected_rounded: '0.00' }), none)).toMatchObject({
      ours: null,
      reason: 'quantity:DTN',
    });
  });
});

describe('readLine', () => {
  it('names what it cannot read', () => {
    expect(readLine('{').reason).toBe('no JSON object');
    expect(readLine('{"id":"a","kind":"vat","expected_amount":[]}').reason).toContain('expected_amount');
    expect(readLine('{"id":"a","kind":"vat"}').reason).toContain('nothing is expected');
  });
});
