import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { DutyQuestion } from '../../../../transforms/stacking/component.ts';
import { Exact } from '../../../../transforms/exact.ts';
import { stackTaric } from '../../../../transforms/stacking/taric.ts';
import { coversOrigin } from '../../../../transforms/stacking/taric/areas.ts';
import type { TaricMeasure } from '../../../../transforms/stacking/taric/input.ts';
import { measureKind } from '../../../../transforms/stacking/taric/measure-kind.ts';
import { measure, taricInput } from '../../../support/taric-input.ts';

const day = fc.constantFrom(
  '2009-12-31',
  '2014-12-31',
  '2015-01-01',
  '2026-01-01',
  '2026-06-10',
  '2026-06-11',
  '2030-01-01',
);
const printed = fc.constantFrom(
  '0.000 %',
  '6.500 %',
  '12.800 % + 176.800 EUR DTN',
  '35.100 GBP DTN',
  '18.400 % MIN 22.000 EUR DTN MAX 24.000 EUR DTN',
  '9.000 % + EA MAX 24.200 % +ADSZ',
  'Cond:  A cert: D-008 (01):28.200 % ; A (01):33.400 %',
  'Cond:  V 52.600 EUR/DTN(01):14.400 % ; V 0.000 EUR/DTN(01):14.400 % + 29.800 EUR DTN',
  '0.000 % Cond:  B cert: N-990 (27):; B (07):',
  null,
);
const anyMeasure: fc.Arbitrary<TaricMeasure> = fc
  .record({
    type: fc.constantFrom(
      '103',
      '105',
      '106',
      '112',
      '115',
      '122',
      '142',
      '143',
      '145',
      '551',
      '552',
      '554',
      '555',
      '695',
      '696',
      '410',
      '109',
      '672',
    ),
    code: fc.constantFrom('11', '1111', '11112222', '1111222233', '2222'),
    duty: printed,
    geographical_area: fc.constantFrom('1011', '1008', '2020', '2005', '1013', '9998', 'CN', 'IN', 'TR'),
    excluded_areas: fc.subarray(['IN', 'EU', '2020', '9997']),
    additional_code: fc.constantFrom(null, null, '2500', '2501', 'B999', 'C490'),
    quota_order_number: fc.constantFrom(null, '090001', '090002'),
    valid_from: day,
    valid_to: fc.option(day),
  })
  .map(({ type, code, duty, ...own }) => measure(type, code, duty, own));

const facts: fc.Arbitrary<DutyQuestion['facts']> = fc.record(
  {
    preference: fc.constantFrom('100', '200', '300', '400', '120', '320', 'TR', 'what'),
    additional_code: fc.constantFrom('2501', 'C490 7476', 'B999'),
    certificates: fc.subarray(['D008', 'N990']),
    in_quota: fc.boolean(),
    entry_price: fc.constantFrom('60', '10'),
  },
  { requiredKeys: [] },
);

const question = fc.record({
  origin: fc.constantFrom('CN', 'IN', 'ID', 'BD', 'TR', 'FR', 'US'),
  as_of: fc.constantFrom('2014-12-31', '2026-06-10'),
  value: fc.option(fc.constantFrom('0.00', '100.00', '1234.57'), { nil: undefined }),
  quantities: fc.constantFrom<DutyQuestion['quantities']>([], [{ unit: 'KGM', amount: '700' }]),
  facts,
});

it('any measures: one base, sums to the cent, nothing out of its time, nothing unknown passed over', () => {
  fc.assert(
    fc.property(fc.array(anyMeasure, { maxLength: 12 }), question, (measures, { value, ...asked }) => {
      const input = taricInput(measures, { ...asked, ...(value === undefined ? {} : { value }) });
      const { components, exact, total } = stackTaric(input);
      const applied = components.filter(({ status }) => status === 'applied');
      const open = components.filter(({ status }) => status === 'undetermined');

      expect(exact).toHaveLength(components.length);
      const bases = applied.filter(({ effect }) => effect === 'base' || effect === 'quota_in');
      expect(bases.length).toBeLessThanOrEqual(1);
      if (bases.length === 0) expect(total.status).toBe('not_computable');

      if (total.amount !== null) {
        const sum = applied.reduce((all, { amount }) => all.plus(amount ?? 'NaN'), new Exact(0));
        expect(total.amount).toBe(sum.toFixed(2));
      }
      if (total.ad_valorem_rate !== null) {
        const sum = applied.reduce((all, { rate }) => all.plus(rate ?? 'NaN'), new Exact(0));
        expect(total.ad_valorem_rate).toBe(sum.toFixed());
      }
      // An unknown is named and never leaves a complete total.
      if (open.length > 0) expect(total.status).not.toBe('complete');
      for (const part of open) {
        expect(part.needs.length).toBeGreaterThan(0);
        for (const need of part.needs) expect(total.missing).toContain(need);
      }
      for (const part of applied) {
        const number = input.question.customs_value === null ? part.rate : part.amount;
        if (number === null) expect(total.status).toBe('not_computable');
      }
      if (total.status === 'not_computable') expect(total.missing.length).toBeGreaterThan(0);
      // What is not applied has no number; what is suppressed says by what; everything else but a plain duty says why.
      for (const part of components) {
        if (part.status === 'applied') continue;
        expect([part.rate, part.amount]).toEqual([null, null]);
        expect(part.reason).not.toBeNull();
        expect(part.suppressed_by !== null).toBe(part.status === 'suppressed');
      }
      const { as_of, origin, code } = input.question;
      for (const part of components) {
        if (part.source === null) continue;
        expect((part.valid_from ?? '') <= as_of && (part.valid_to === null || as_of < part.valid_to)).toBe(true);
      }
      // Every duty in force for the origin, or perhaps for it, is in the answer.
      const due = measures.filter(
        (each) =>
          measureKind(each.measure_type) !== null &&
          code.startsWith(each.code) &&
          each.valid_from <= as_of &&
          (each.valid_to === null || as_of < each.valid_to) &&
          coversOrigin(each, origin, input.areas).covers !== false,
      );
      for (const each of due) {
        expect(components.some((part) => part.code === each.code && part.measure_type === each.measure_type)).toBe(
          true,
        );
      }
      expect(
        components.filter(({ source, status }) => source !== null && status !== 'excluded').length,
      ).toBeLessThanOrEqual(measures.length);
    }),
    { numRuns: 3000 },
  );
});
