import { expect, it } from 'vitest';
import { atRiskDuty } from '../../../transforms/duty/at-risk.ts';

it('goods at risk in Northern Ireland owe the EU duty only above 3 % of the value', () => {
  expect(atRiskDuty({ customsValue: '100', ukDuty: '3', euDuty: '6' })).toEqual({ applies: 'uk', amount: '3' });
  expect(atRiskDuty({ customsValue: '100', ukDuty: '3', euDuty: '6.01' })).toEqual({ applies: 'eu', amount: '6.01' });
});
