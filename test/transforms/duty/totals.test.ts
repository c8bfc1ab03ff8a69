import { describe, expect, it } from 'vitest';
import { atRiskDuty } from '../../../transforms/duty/at-risk.ts';
import { stackedMeasures, sumAmounts, vatBase } from '../../../transforms/duty/stack.ts';

describe('totals', () => {
  it('are unknown when a part is', () => {
    expect(sumAmounts(['0.1', '0.2'])).toBe('0.3');
    expect(sumAmounts(['0.1', null])).toBeNull();
    expect(vatBase('1000', ['100', '20.5'])).toBe('1120.5');
    expect(vatBase(null, [])).toBeNull();
  });

  it('drop the safeguard within a quota and nothing else', () => {
    const measures = ['122', '696', '695', '552'].map((type) => ({ type }));
    expect(stackedMeasures(measures, 'quota').map(({ type }) => type)).toEqual(['122', '695', '552']);
    expect(stackedMeasures(measures, 'other')).toHaveLength(4);
  });
});

describe('goods at risk in Northern Ireland', () => {
  it('owe the EU duty only above 3 % of the value', () => {
    expect(atRiskDuty({ customsValue: '100', ukDuty: '3', euDuty: '6' })).toEqual({ applies: 'uk', amount: '3' });
    expect(atRiskDuty({ customsValue: '100', ukDuty: '3', euDuty: '6.01' })).toEqual({ applies: 'eu', amount: '6.01' });
  });
});
