import { describe, expect, it } from 'vitest';
import { stackTaric } from '../../../../transforms/stacking/taric.ts';
import type { DutyComponent } from '../../../../transforms/stacking/component.ts';
import { measure, taricInput, type Asked } from '../../../support/taric-input.ts';

const LINE = '11112222';
const third = measure('103', LINE, '12.000 %');
const stack = (measures: Parameters<typeof taricInput>[0], facts: NonNullable<Asked['facts']>, origin = 'JM') =>
  stackTaric(taricInput([third, ...measures], { value: '1000.00', origin, facts }));
const of = (components: readonly DutyComponent[], type: string) =>
  components.filter(({ measure_type }) => measure_type === type);

describe('a quota that takes two documents (different condition codes)', () => {
  const beef = measure('122', LINE, '0.000 % Cond:  B cert: L-001 (27):; B (07):; Q cert: Y-100 (27):; Q (07):', {
    geographical_area: 'JM',
    quota_order_number: '050331',
  });

  it('names both', () => {
    const offered = of(stack([beef], {}).components, '122')[0];
    expect(offered?.reason).toBe('claim 120 (JM) within quota 050331 with L001 and Y100');
  });

  it('stays open while nothing is said about documents, and is refused without one of them', () => {
    const unsaid = stack([beef], { in_quota: true });
    expect(unsaid.total).toMatchObject({ status: 'not_computable', amount: null, missing: ['certificates'] });
    expect(stack([beef], { in_quota: true, certificates: ['L001', 'Y100'] }).total.amount).toBe('0.00');
    const half = stack([beef], { in_quota: true, certificates: ['L001'] });
    expect(half.total).toMatchObject({ status: 'complete', amount: '120.00' });
    expect(of(half.components, '122')[0]).toMatchObject({
      status: 'excluded',
      reason: 'claimed without L001 and Y100',
    });
  });
});

describe('two preferences under one code', () => {
  const agreement = measure('142', LINE, '6.000 %', { geographical_area: 'JM' });
  const partnership = measure('142', LINE, '0.000 % Cond:  B cert: 9-081 (27):; B (07):', {
    geographical_area: '1033',
  });

  it('the one that is met counts; the other is offered with the document that it takes', () => {
    const { total, components } = stack([agreement, partnership], { preference: '300' });
    expect(total).toMatchObject({ status: 'complete', amount: '60.00', missing: [] });
    expect(of(components, '142').map(({ status, needs }) => [status, needs])).toEqual([
      ['applied', []],
      ['available', ['certificates']],
    ]);
    const held = stack([agreement, partnership], { preference: '300', certificates: ['9081'] });
    expect(held.total.amount).toBe('0.00');
  });
});
