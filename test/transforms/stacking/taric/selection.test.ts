import { describe, expect, it } from 'vitest';
import type { MeursingRow } from '../../../../transforms/duty/meursing.ts';
import { stackTaric } from '../../../../transforms/stacking/taric.ts';
import { measure, taricInput, type Asked } from '../../../support/taric-input.ts';

const LINE = '1111222233';
type Measures = Parameters<typeof taricInput>[0];

const third = measure('103', LINE, '10.000 %');
const stack = (measures: Measures, asked: Asked = {}) =>
  stackTaric(taricInput([third, ...measures], { value: '100.00', ...asked }));
const statuses = (result: ReturnType<typeof stackTaric>, type: string) =>
  result.components.filter(({ measure_type }) => measure_type === type).map(({ status, heading }) => [status, heading]);

describe('areas', () => {
  it('1011 and 1008 are everybody, without a list of members', () => {
    for (const geographical_area of ['1011', '1008']) {
      const { total } = stack([measure('695', LINE, '25.000 %', { geographical_area })], { origin: 'US' });
      expect([geographical_area, total.status, total.amount]).toEqual([geographical_area, 'complete', '35.00']);
    }
  });

  it('a group that is excluded excludes its members on the date; one whose members are not known leaves it open', () => {
    const safeguard = (excluded: string) => measure('696', LINE, '25.000 %', { excluded_areas: [excluded] });
    const total = (excluded: string, origin: string, as_of = '2026-06-10') =>
      stack([safeguard(excluded)], { origin, as_of }).total;
    expect(total('1033', 'JM')).toMatchObject({ status: 'complete', amount: '10.00' });
    expect(total('1033', 'US')).toMatchObject({ status: 'complete', amount: '35.00' });
    // China was a member of the general scheme until the end of 2014.
    expect(total('2020', 'CN', '2014-12-31').amount).toBe('10.00');
    expect(total('2020', 'CN').amount).toBe('35.00');
    expect(total('5005', 'US')).toMatchObject({ status: 'lower_bound', amount: '10.00', missing: ['members:5005'] });
  });
});

describe('measures of one type on one path', () => {
  it('of companies stand on the lines they are on: one below does not displace another above', () => {
    const company = (code: string, additional_code: string, duty: string) =>
      measure('552', code, duty, { geographical_area: 'CN', additional_code });
    const result = stack([company('1111', 'C999', '30.000 %'), company(LINE, 'C490', '8.000 %')]);
    expect(result.total).toMatchObject({ status: 'complete', amount: '40.00' });
    expect(statuses(result, '552')).toEqual([
      ['applied', 'C999'],
      ['available', 'C490'],
    ]);
    expect(result.issues).toEqual([]);
  });

  it('of quotas are as many as there are order numbers, and of reductions as many as there are indicators', () => {
    const quota = (code: string, quota_order_number: string) =>
      measure('143', code, '0.000 %', { geographical_area: 'JM', quota_order_number });
    const quotas = stack([quota('1111', '090001'), quota(LINE, '090002')], { origin: 'JM' });
    expect(statuses(quotas, '143')).toEqual([
      ['available', '090001'],
      ['available', '090002'],
    ]);
    const reduced = (code: string, reduction_indicator: string, duty: string) =>
      measure('142', code, duty, { geographical_area: 'JM', reduction_indicator });
    const both = stack([reduced('1111', '1', '5.000 %'), reduced(LINE, '2', '3.000 %')], { origin: 'JM' });
    expect(statuses(both, '142')).toHaveLength(2);
    expect([...quotas.issues, ...both.issues]).toEqual([]);
  });

  it('all others are 8900 in older measures', () => {
    const company = (additional_code: string, duty: string) =>
      measure('552', LINE, duty, { geographical_area: 'CN', additional_code });
    expect(stack([company('8901', '8.000 %'), company('8900', '30.000 %')]).total).toMatchObject({
      status: 'complete',
      amount: '40.00',
    });
  });

  it.each(['551', '552', '553', '554', '652', '654', '656', '658', '690', '695', '696'])(
    '%s is charged on top',
    (type) => {
      const { total } = stack([measure(type, '1111', '7.000 %', { geographical_area: 'CN' })]);
      expect(total).toMatchObject({ status: 'complete', amount: '17.00' });
    },
  );
});

describe('what is not given unasked', () => {
  const quota = measure('122', LINE, '2.000 %', { quota_order_number: '090001' });

  it('a quota that is claimed without a word on being within it', () => {
    const result = stack([quota], { facts: { preference: '120' } });
    expect(result.total.amount).toBe('10.00');
    expect(result.components.find(({ measure_type }) => measure_type === '122')).toMatchObject({
      status: 'available',
      needs: ['in_quota'],
    });
    const outside = stack([quota], { facts: { preference: '120', in_quota: false } });
    expect(statuses(outside, '122')).toEqual([['excluded', '090001']]);
    expect(stack([quota], { facts: { in_quota: true } }).total.amount).toBe('2.00');
  });

  it('a quota for an end use, to goods that only are within it', () => {
    const endUse = measure('123', LINE, '2.000 %', { quota_order_number: '090003' });
    const only = stack([endUse], { facts: { in_quota: true } });
    expect([only.total.amount, ...statuses(only, '123')]).toEqual(['10.00', ['available', '090003']]);
    expect(stack([endUse], { facts: { in_quota: true, preference: '123' } }).total.amount).toBe('2.00');
    const authorised = measure('123', LINE, '2.000 % Cond:  B cert: N-990 (27):; B (07):');
    const facts = { in_quota: true, certificates: ['N990'] };
    expect(stack([authorised], { facts }).total.amount).toBe('2.00');
    expect(stack([authorised], { facts: { in_quota: true } }).total.amount).toBe('10.00');
  });

  it('a duty within a quota that may not be open to the origin: what comes on top bounds nothing from below', () => {
    const within = measure('143', LINE, '2.000 %', { geographical_area: '5005', quota_order_number: '090004' });
    const facts = { preference: '320', in_quota: true };
    const result = stack([within, measure('695', LINE, '25.000 %')], { origin: 'US', facts });
    expect(statuses(result, '143')).toEqual([['undetermined', '090004']]);
    expect(result.total).toMatchObject({ status: 'not_computable', missing: ['members:5005'] });
  });

  it('a suspension for an end use (115, 117, 119), and one that a document lowers further', () => {
    for (const type of ['115', '117', '119']) {
      const result = stack([measure(type, LINE, '0.000 %')]);
      expect([result.total.amount, ...statuses(result, type)]).toEqual(['10.00', ['available', null]]);
    }
    const lowered = measure('112', LINE, '5.000 % Cond:  A cert: D-008 (01):0.000 % ; A (27):');
    expect(statuses(stack([lowered]), '112')).toEqual([['available', null]]);
    expect(stack([lowered], { facts: { certificates: [] } }).total.amount).toBe('5.00');
    expect(stack([lowered], { facts: { certificates: ['D008'] } }).total.amount).toBe('0.00');
  });
});

describe('figures', () => {
  it('a price follows from the net weight, not from another one', () => {
    const priced = measure('554', LINE, 'Cond:  L 50.000 EUR/DTN(01):0.000 % ; L 0.000 EUR/DTN(01):40.000 %', {
      geographical_area: 'CN',
    });
    const net = stack([priced], { quantities: [{ unit: 'KGM', amount: '100' }] });
    expect(net.total).toMatchObject({ status: 'complete', amount: '10.00' });
    const drained = stack([priced], { quantities: [{ unit: 'KGM', qualifier: 'E', amount: '100' }] });
    expect(drained.total).toMatchObject({ status: 'lower_bound', amount: '10.00', missing: ['quantity:KGM'] });
  });

  it('a reduced agricultural component is that of the measure and its reduction', () => {
    const row = (reduction_indicator: number, amount: string): MeursingRow => ({
      measure_type: '674',
      additional_code: '476',
      geographical_area: '1033',
      reduction_indicator,
      amount,
    });
    const preference = (reduction_indicator: string | null) =>
      measure('142', LINE, 'EAR', { geographical_area: '1033', reduction_indicator });
    const asked: Asked = {
      origin: 'JM',
      value: '100.00',
      quantities: [{ unit: 'DTN', amount: '1' }],
      facts: { preference: '300', additional_code: '7476' },
    };
    const amount = (reduction: string | null) =>
      stackTaric({ ...taricInput([preference(reduction)], asked), meursing: [row(1, '20.5'), row(2, '10.25')] }).total
        .amount;
    expect([amount('1'), amount('2'), amount(null)]).toEqual(['20.50', '10.25', null]);
  });
});
