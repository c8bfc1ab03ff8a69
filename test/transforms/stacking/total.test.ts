import { describe, expect, it } from 'vitest';
import type { DutyComponent } from '../../../transforms/stacking/component.ts';
import { totalDuty } from '../../../transforms/stacking/total.ts';

const part = (
  status: DutyComponent['status'],
  rate: string | null,
  amount: string | null,
  more: Partial<DutyComponent> = {},
): DutyComponent => ({
  program: 'us.mfn',
  family: 'general',
  measure_type: 'mfn',
  heading: null,
  code: '01',
  effect: 'additive',
  status,
  expression: null,
  duty: null,
  rate,
  amount,
  reason: null,
  suppressed_by: null,
  needs: [],
  legal_base: null,
  valid_from: null,
  valid_to: null,
  needs_review: false,
  source: null,
  ...more,
});
const USD = { amount: '100', currency: 'USD' };

describe('total of a duty answer', () => {
  it('sums what applies, to the cent, and nothing else', () => {
    const components = [
      part('applied', '0.165', '16.50'),
      part('applied', '0.075', '7.50'),
      part('suppressed', null, null),
      part('excluded', null, null),
    ];
    expect(totalDuty({ components, customsValue: USD })).toEqual({
      status: 'complete',
      ad_valorem_rate: '0.24',
      amount: '24.00',
      currency: 'USD',
      missing: [],
    });
  });

  it('keeps the rate null, not zero, when a part is specific', () => {
    const components = [part('applied', null, '5.00', { effect: 'base' }), part('applied', '0.1', '10.00')];
    expect(totalDuty({ components, customsValue: USD })).toMatchObject({
      status: 'complete',
      ad_valorem_rate: null,
      amount: '15.00',
    });
    expect(
      totalDuty({ components: [part('applied', null, null, { needs: ['quantity:KGM'] })], customsValue: null }),
    ).toEqual({
      status: 'not_computable',
      ad_valorem_rate: null,
      amount: null,
      currency: null,
      missing: ['quantity:KGM'],
    });
  });

  it('is a lower bound with something open, and not computable when that is the base', () => {
    const open = part('undetermined', null, null, { needs: ['metal_content_value'] });
    expect(totalDuty({ components: [part('applied', '0.1', null), open], customsValue: null })).toMatchObject({
      status: 'lower_bound',
      missing: ['metal_content_value'],
    });
    expect(
      totalDuty({ components: [part('applied', '0.1', null), { ...open, effect: 'base' }], customsValue: null }).status,
    ).toBe('not_computable');
    expect(totalDuty({ components: [part('applied', '0.1', null)], customsValue: null, lowerBound: true }).status).toBe(
      'lower_bound',
    );
  });

  it('counts no ban as a duty, and nothing at all as no total', () => {
    const ban = part('applied', null, null, { effect: 'prohibition' });
    expect(totalDuty({ components: [part('applied', '0', '0.00'), ban], customsValue: USD })).toMatchObject({
      status: 'complete',
      amount: '0.00',
    });
    expect(totalDuty({ components: [], customsValue: USD })).toMatchObject({
      status: 'not_computable',
      ad_valorem_rate: null,
      amount: null,
    });
  });
});
