import { describe, expect, it } from 'vitest';
import { evaluateDuty } from '../../../transforms/duty/evaluate.ts';
import { meursingAmount, meursingLookup, type MeursingRow } from '../../../transforms/duty/meursing.ts';
import { parseTaricDuty } from '../../../transforms/duty/parse-taric.ts';

const row = (
  measure_type: MeursingRow['measure_type'],
  geographical_area: string,
  reduction_indicator: number,
  amount: string,
): MeursingRow => ({
  measure_type,
  additional_code: '476',
  geographical_area,
  reduction_indicator,
  amount,
});
const rows = [
  row('674', '1011', 1, '100'),
  row('672', '1011', 1, '10'),
  row('674', '2012', 1, '90'),
  row('674', 'IL', 1, '80'),
  row('674', 'IL', 3, '70'),
];
const query = (areas: string[], reductionIndicator: number | null = null, additionalCode = '7476') => ({
  additionalCode,
  areas,
  reductionIndicator,
});

describe('Meursing components', () => {
  it('takes the exact area before its groups, and the named reduction', () => {
    expect(meursingAmount(rows, 'EA', true, query(['IL', '2012'], 3))).toBe('70');
    expect(meursingAmount(rows, 'EA', true, query(['NO', '2012'], 1))).toBe('90');
  });

  it('does not guess between reductions and does not fall back to the full amount', () => {
    expect(meursingAmount(rows, 'EA', true, query(['IL']))).toBeNull();
    expect(meursingAmount(rows, 'EA', true, query(['IL'], 2))).toBeNull();
    expect(meursingAmount(rows, 'EA', true, query(['US'], 1))).toBeNull();
    expect(meursingAmount(rows, 'ADSZ', true, query(['IL'], 1))).toBeNull();
  });

  it('uses the erga omnes amount for the plain forms whatever the origin', () => {
    expect(meursingAmount(rows, 'EA', false, query(['IL'], 3))).toBe('100');
    expect(meursingAmount(rows, 'EA', false, query([], null, '476'))).toBe('100');
    expect(meursingAmount(rows, 'EA', false, query([], null, '7999'))).toBeNull();
  });

  it('is looked up by the evaluation, per 100 kg net', () => {
    const { duty } = parseTaricDuty('9.000 % + EA MAX 24.200 % +ADSZ');
    const input = { customsValue: '1000', currency: 'EUR', quantities: [{ unit: 'KGM', amount: '200' }] };
    if (duty === null) throw new Error('no duty');
    expect(evaluateDuty(duty, { ...input, meursing: meursingLookup(rows, query([])) }).amount).toBe('262');
    expect(evaluateDuty(duty, input).missing).toEqual(['meursing:EA', 'meursing:ADSZ']);
  });
});
