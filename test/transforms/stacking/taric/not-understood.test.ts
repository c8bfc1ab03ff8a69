import { describe, expect, it } from 'vitest';
import { stackTaric } from '../../../../transforms/stacking/taric.ts';
import { measure, taricInput, type Asked } from '../../../support/taric-input.ts';

const LINE = '1111222233';
type Measures = Parameters<typeof taricInput>[0];

const stack = (measures: Measures, asked: Asked = {}) => stackTaric(taricInput(measures, asked));
const find = (result: ReturnType<typeof stackTaric>, type: string) =>
  result.components.filter((component) => component.measure_type === type);
const base = measure('103', LINE, '10.900 %');
const company = (code: string, duty: string) =>
  measure('552', LINE, duty, { geographical_area: 'CN', additional_code: code });

describe('what the tariff says is not understood, or contradicts itself', () => {
  it('a condition that cannot be read leaves its measure open: 0 % is not free for everybody', () => {
    const asked: Asked = { value: '100.00', facts: { certificates: ['C990'] } };
    const unread = measure('103', LINE, '0.000 % Cond:  B proof C-990 27; B (08):');
    expect(stack([unread], asked).total).toMatchObject({ status: 'not_computable', missing: ['schedule'] });
    const suspension = measure('112', LINE, '0.000 % Cond:  B proof C-990 27');
    const offered = stack([measure('103', LINE, '6.500 %'), suspension], asked).components;
    expect(offered.map(({ status, measure_type, amount }) => [status, measure_type, amount])).toEqual([
      ['applied', '103', '6.50'],
      ['available', '112', null],
    ]);
  });

  it('two rates of all others contradict each other: neither is taken for both', () => {
    const measures = [base, company('B999', '8.000 %'), company('C999', '30.000 %')];
    expect(stack(measures, { value: '100.00' }).total).toMatchObject({
      status: 'lower_bound',
      amount: '10.90',
      missing: ['additional_code'],
    });
    const plain = measure('552', LINE, '12.000 %', { geographical_area: 'CN' });
    expect(stack([base, plain, company('C999', '30.000 %')], { value: '100.00' }).total.status).toBe('lower_bound');
    const named = stack(measures, { value: '100.00', facts: { additional_code: 'C999' } });
    expect(named.total).toMatchObject({ status: 'complete', amount: '40.90' });
  });

  it('two declared codes of one split are none', () => {
    const split = ['2500', '2501'].map((code, index) =>
      measure('103', LINE, `${6.5 * index} %`, { additional_code: code }),
    );
    const both = stack(split, { value: '100.00', facts: { additional_code: '2500 2501' } });
    expect(both.total).toMatchObject({ status: 'not_computable', missing: ['additional_code'] });
  });

  it('a code that no rate has is said not to be among them', () => {
    const result = stack([base, company('C999', '30.000 %')], { value: '100.00', facts: { additional_code: 'C490' } });
    expect(find(result, '552')[0]?.reason).toBe(
      'the rate of all other companies: no additional code of this measure is declared',
    );
  });

  it('a duty that is off without a document is open while nothing is said about documents', () => {
    const measures = [
      base,
      measure('552', LINE, '30.000 % Cond:  Y cert: D-020 (27):; Y (07):', { geographical_area: 'CN' }),
    ];
    const asked = (certificates: string[]): Asked => ({ value: '100.00', facts: { certificates } });
    expect(stack(measures, { value: '100.00' }).total).toMatchObject({
      status: 'lower_bound',
      amount: '10.90',
      missing: ['certificates'],
    });
    expect(stack(measures, asked([])).total).toMatchObject({ status: 'complete', amount: '10.90' });
    expect(stack(measures, asked(['D020'])).total).toMatchObject({ status: 'complete', amount: '40.90' });
  });

  it('an amount under a measure type that nobody knows is open, never left out', () => {
    const result = stack([base, measure('799', '1111', '15.000 %')], { value: '100.00' });
    expect(result.total).toMatchObject({ status: 'lower_bound', amount: '10.90', missing: ['measure_type:799'] });
    expect(find(result, '799')).toMatchObject([{ status: 'undetermined', effect: 'additive', needs_review: true }]);
    const conditional = measure('799', LINE, 'Cond:  A cert: D-008 (01):1.000 % ; A (01):2.000 %');
    expect(find(stack([base, conditional]), '799')).toHaveLength(1);
    const unread = measure('799', LINE, 'Cond:  A proof D-008 01 1.000 %');
    expect(find(stack([base, unread]), '799')).toMatchObject([{ status: 'undetermined' }]);
    // Unit prices and Meursing tables print amounts that are no duty; a control prints none.
    const silent = [
      measure('490', LINE, '162.100 EUR DTN'),
      measure('799', LINE, 'Cond:  B cert: C-640 (29):; B (09):'),
    ];
    expect(stack([base, ...silent], { value: '100.00' }).total).toMatchObject({ status: 'complete', amount: '10.90' });
  });
});
