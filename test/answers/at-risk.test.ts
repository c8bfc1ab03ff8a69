import { describe, expect, it } from 'vitest';
import type { DutyData } from '../../answers/duty/duty-data.ts';
import { atRisk } from '../../answers/landed-cost/at-risk.ts';

type Duty = Pick<DutyData, 'destination' | 'total' | 'requirements'>;
const duty = (amount: string | null, status: DutyData['total']['status'] = 'complete'): Duty => ({
  destination: 'XI',
  total: { status, ad_valorem_rate: null, amount, currency: amount === null ? null : 'GBP', missing: [] },
  requirements: [],
});
const asked = { as_of: '2026-06-10', customs_value: { amount: '1000.00', currency: 'GBP' } };
const verdict = (eu: Duty, uk: Duty | null, question = asked) => atRisk(question, eu, uk, 1);

describe('goods into Northern Ireland', () => {
  it('owe the higher duty of the Union when it exceeds the other by more than 3 % of the value', () => {
    const above = verdict(duty('130.01'), duty('100.00'));
    expect([above.data.total.amount, above.finding.applies, above.assumption]).toEqual(['130.01', true, null]);
  });

  it('owe the British duty within 3 % for an authorised trader only, which the answer takes as given', () => {
    const within = verdict(duty('130.00'), duty('100.00'));
    expect([within.data.total.amount, within.finding.applies]).toEqual(['100.00', false]);
    expect(within.assumption).toContain('UK Internal Market Scheme');
    expect(within.assumption).toContain("the Union's duty of 130.00 is owed");
    expect(verdict(duty('100.00'), duty('100.00')).assumption).toBeNull();
    expect(verdict(duty('90.00'), duty('100.00')).data.total.amount).toBe('100.00');
  });

  it('have to meet the rules of the Union on goods even where they owe the British duty', () => {
    const rule = (text: string) =>
      ({
        program: text,
        kind: 'control',
        level: 'authoritative',
        text,
        code: '01',
        url: null,
        needs_review: false,
      }) as const;
    const eu = { ...duty('90.00'), requirements: [rule('of the Union')] };
    const uk = { ...duty('100.00'), requirements: [rule('of Great Britain')] };
    const { data } = verdict(eu, uk);
    expect([data.total.amount, data.requirements]).toEqual(['100.00', [rule('of the Union')]]);
  });

  it('are judged under the decision in force on the date', () => {
    const on = (as_of: string) => verdict(duty('130.00'), duty('100.00'), { ...asked, as_of });
    expect(on('2023-09-29').finding.citations[0]).toContain('Decision No 4/2020');
    expect(on('2023-09-29').assumption).toContain('UK Trader Scheme');
    expect(on('2023-09-30').finding.citations[0]).toContain('Decision No 1/2023');
  });

  it('have no settled duty while either is a bound or not held', () => {
    expect(verdict(duty('130.01'), duty('100.00', 'lower_bound')).data.total.status).toBe('lower_bound');
    expect(verdict(duty('100.00', 'lower_bound'), duty('100.00')).data.total.status).toBe('lower_bound');
    const alone = verdict(duty('130.01'), null);
    expect([alone.data.total.status, alone.finding.applies]).toEqual(['lower_bound', null]);
    expect(alone.finding.reason).toContain('is not held');
    expect(verdict(duty(null, 'not_computable'), duty('1.00')).data.total.status).toBe('not_computable');
  });
});
