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

describe('a preference code asks for its measure types and no others', () => {
  const types = ['105', '106', '112', '115', '117', '119', '122', '123', '141', '142', '143', '145', '146', '147'];
  const every = types.map((type, index) =>
    measure(type, LINE, `${index}.000 %`, {
      geographical_area: 'JM',
      // A footnote DS… keeps the suspension from applying unasked.
      footnotes: ['DS001'],
      ...(['122', '123', '143', '146', '147'].includes(type) ? { quota_order_number: `09${type}0` } : {}),
    }),
  );

  it.each([
    ['100', ['103']],
    ['110', ['112']],
    ['115', ['115', '117']],
    ['119', ['119']],
    ['120', ['122']],
    ['123', ['123']],
    ['140', ['105']],
    ['300', ['142', '141']],
    ['310', ['141']],
    ['320', ['143']],
    ['323', ['146']],
    ['340', ['145']],
    ['400', ['106']],
    ['420', ['147']],
  ])('%s: %j', (preference, asked) => {
    const facts = preference.endsWith('00') ? { preference } : { preference, in_quota: true };
    for (const type of types) {
      const { components } = stack(
        every.filter(({ measure_type }) => measure_type === type),
        facts,
      );
      const [base] = components.filter(({ status }) => status === 'applied');
      expect([type, base?.measure_type]).toEqual([type, asked.includes(type) ? type : '103']);
    }
  });

  it('of the general scheme (200) is none of another agreement (300), and the reverse', () => {
    const gsp = measure('142', LINE, '4.000 %', { geographical_area: '2005' });
    const own = measure('142', LINE, '2.000 %', { geographical_area: 'BD' });
    const asked = (preference: string) =>
      stackTaric(
        taricInput([measure('103', LINE, '12.000 %'), gsp, own], {
          origin: 'BD',
          value: '100.00',
          facts: { preference },
        }),
      ).total.amount;
    expect([asked('200'), asked('300'), asked('2005'), asked('100')]).toEqual(['4.00', '2.00', '4.00', '12.00']);
  });
});
