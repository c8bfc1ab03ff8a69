import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluateDuty, roundMoney, type EvaluationInput } from '../../../transforms/duty/evaluate.ts';
import type { DutyExpression } from '../../../transforms/duty/expression.ts';
import { parseHtsRate } from '../../../transforms/duty/parse-hts.ts';
import { parseTaricDuty } from '../../../transforms/duty/parse-taric.ts';

const dollars = (over: Partial<EvaluationInput> = {}): EvaluationInput => ({
  customsValue: '1000',
  currency: 'USD',
  quantities: [],
  ...over,
});
const euros = (over: Partial<EvaluationInput> = {}): EvaluationInput => ({
  ...dollars(over),
  currency: 'EUR',
  ...over,
});
const hts = (text: string, over: Partial<EvaluationInput> = {}) => evaluateDuty(parseHtsRate(text), dollars(over));
const taric = (text: string, over: Partial<EvaluationInput> = {}) =>
  evaluateDuty(parseTaricDuty(text).duty ?? { op: 'not_computable', reason: 'none', text }, euros(over));

describe('evaluateDuty, HTS', () => {
  it('adds the parts of a compound rate', () => {
    const quantities = [{ unit: 'KGM', amount: '250' }];
    expect(hts('46.3¢/kg + 14.9%', { quantities })).toEqual({
      amount: '264.75',
      adValoremRate: null,
      missing: [],
      reason: null,
    });
  });

  it('converts units through the table only', () => {
    expect(hts('1¢/kg', { quantities: [{ unit: 'TNE', amount: '2.5' }] }).amount).toBe('25');
    expect(hts('89.6¢/1000', { quantities: [{ unit: 'DZN', amount: '1000' }] }).amount).toBe('10.752');
    // A US proof liter is half alcohol.
    expect(hts('$1/pf.liter', { quantities: [{ unit: 'LPA', amount: '10' }] }).amount).toBe('20');
    expect(hts('1¢/kg', { quantities: [{ unit: 'LTR', amount: '2' }] }).missing).toEqual(['quantity:KGM']);
  });

  it('does not measure a content by the weight of the goods', () => {
    const lead = '1.7¢/kg on lead content';
    expect(hts(lead, { quantities: [{ unit: 'KGM', amount: '100' }] })).toMatchObject({
      amount: null,
      missing: ['quantity:KGM:lead_content'],
      reason: 'input_missing',
    });
    expect(hts(lead, { quantities: [{ unit: 'KGM', basis: 'lead_content', amount: '100' }] }).amount).toBe('1.7');
  });

  it('asks for every part of a watch', () => {
    const watch = '44¢ each + 6% on the case + 14% on the strap, band or bracelet + 5.3% on the battery';
    expect(hts(watch).missing).toEqual(['quantity:NAR', 'value:case', 'value:strap', 'value:battery']);
    const basisValues = { case: '100', strap: '50', battery: '10' };
    expect(hts(watch, { basisValues, quantities: [{ unit: 'NAR', amount: '10' }] }).amount).toBe('17.93');
  });

  it('lets the sugar rate fall with the degrees, down to its floor', () => {
    const sugar =
      '1.4606¢/kg less 0.020668¢/kg for each degree under 100 degrees (and fractions of a degree in proportion) but not less than 0.943854¢/kg';
    const quantities = [{ unit: 'KGM', amount: '100000' }];
    expect(hts(sugar, { quantities, facts: { sugar_degrees: '100' } }).amount).toBe('1460.6');
    expect(hts(sugar, { quantities, facts: { sugar_degrees: '96.5' } }).amount).toBe('1388.262');
    expect(hts(sugar, { quantities, facts: { sugar_degrees: '60' } }).amount).toBe('943.854');
    expect(hts(sugar, { quantities }).missing).toEqual(['fact:sugar_degrees']);
  });

  it('needs the bond to be declared', () => {
    expect(hts('Free, under bond')).toMatchObject({ amount: null, adValoremRate: null, missing: ['fact:under_bond'] });
    expect(hts('Free, under bond', { facts: { under_bond: true } }).amount).toBe('0');
  });

  it('needs the base duty of a chapter 99 rate', () => {
    const added = 'The duty provided in the applicable subheading + 25%';
    expect(hts(added)).toMatchObject({ amount: null, missing: ['base_duty'] });
    expect(hts(added, { baseDuty: '30' }).amount).toBe('280');
  });

  it('reports a reference as what it is', () => {
    expect(hts('See additional U.S. note 1')).toEqual({
      amount: null,
      adValoremRate: null,
      missing: [],
      reason: 'see_note',
    });
    expect(hts('')).toMatchObject({ amount: null, reason: 'blank' });
  });

  it('computes a third of a value to the cent', () => {
    expect(roundMoney(hts('33 1/3%', { customsValue: '0.015' }).amount ?? '')).toBe('0.01');
    expect(roundMoney(hts('33 1/3%', { customsValue: '300' }).amount ?? '')).toBe('100.00');
    expect(hts('6.5% on the entire set').adValoremRate).toBe('0.065');
  });
});

describe('evaluateDuty, TARIC and UK', () => {
  it('keeps floors and ceilings', () => {
    const quantities = [{ unit: 'KGM', amount: '800' }];
    expect(taric('18.400 % MIN 22.000 EUR DTN MAX 24.000 EUR DTN', { quantities, customsValue: '200' }).amount).toBe(
      '176',
    );
    expect(taric('18.400 % MIN 22.000 EUR DTN MAX 24.000 EUR DTN', { quantities, customsValue: '5000' }).amount).toBe(
      '192',
    );
    expect(taric('5.000 % MAX 3.000 %').adValoremRate).toBe('0.03');
  });

  it('multiplies by strength and by sucrose', () => {
    const spirits = [
      { unit: 'LTR', amount: '4500' },
      { unit: 'ASV', amount: '40' },
    ];
    expect(taric('0.500 EUR ASV X', { quantities: spirits }).amount).toBe('900');
    expect(taric('0.500 EUR ASV X', { quantities: spirits.slice(0, 1) }).missing).toEqual(['quantity:ASV']);
    const syrup = [
      { unit: 'KGM', amount: '16320' },
      { unit: 'BRX', amount: '80' },
    ];
    expect(taric('0.300 EUR DTN Z', { quantities: syrup }).amount).toBe('3916.8');
  });

  it('takes pure alcohol from volume and strength where it is not declared', () => {
    const quantities = [
      { unit: 'HLT', amount: '2' },
      { unit: 'ASV', amount: '37.5' },
    ];
    expect(taric('10.000 EUR LPA', { quantities }).amount).toBe('750');
    expect(taric('10.000 EUR LPA', { quantities: [...quantities, { unit: 'LPA', amount: '74' }] }).amount).toBe('740');
    expect(taric('10.000 EUR LPA', { quantities: quantities.slice(0, 1) }).missing).toEqual(['quantity:LPA']);
  });

  it('wants the quantity the qualifier names', () => {
    expect(taric('191.000 EUR DTN E', { quantities: [{ unit: 'KGM', amount: '100' }] }).missing).toEqual([
      'quantity:DTN/E',
    ]);
    expect(taric('191.000 EUR DTN E', { quantities: [{ unit: 'KGM', qualifier: 'E', amount: '100' }] }).amount).toBe(
      '191',
    );
  });

  it('converts currencies with a given rate or not at all', () => {
    const pounds = { currency: 'GBP', quantities: [{ unit: 'KGM', amount: '12000' }] };
    expect(taric('35.100 EUR DTN', pounds).missing).toEqual(['exchange_rate:EUR:GBP']);
    expect(taric('35.100 EUR DTN', { ...pounds, exchange: () => '0.8571' }).amount).toBe('3610.1052');
    expect(taric('10.000 EUC DTN', { quantities: pounds.quantities }).amount).toBe('1200');
    expect(taric('0.192 ENC ENP', { quantities: [{ unit: 'ENP', amount: '1' }] }).missing).toEqual([
      'exchange_rate:ENC:EUR',
    ]);
  });

  it('follows the season', () => {
    const rate = '14.00% (01 JUL - 31 JAN), 2.00% (01 FEB - 31 MAY)';
    expect(taric(rate).missing).toEqual(['fact:date']);
    expect(taric(rate, { facts: { date: '2026-01-31' } }).amount).toBe('140');
    expect(taric(rate, { facts: { date: '2026-02-01' } }).amount).toBe('20');
    expect(taric(rate, { facts: { date: '2026-06-15' } })).toMatchObject({
      amount: null,
      reason: 'no_rate_for_season',
    });
  });

  it('never charges less than nothing', () => {
    expect(
      taric('42.903 EUR DTN - 30.000 %', { customsValue: '1000', quantities: [{ unit: 'KGM', amount: '100' }] }).amount,
    ).toBe('0');
  });

  it('does not take a supplementary unit for a zero rate', () => {
    expect(taric('NAR')).toMatchObject({ amount: null, adValoremRate: null, reason: 'supplementary_unit' });
  });
});

describe('evaluateDuty, always', () => {
  const figure = fc.integer({ min: 1, max: 9_999_999 }).map((value) => (value / 1000).toString());
  const leaf: fc.Arbitrary<DutyExpression> = fc.oneof(
    figure.map((rate): DutyExpression => ({ op: 'ad_valorem', rate })),
    figure.map((amount): DutyExpression => ({ op: 'specific', amount, currency: 'USD', per: '1', unit: 'KGM' })),
  );
  const monotone: fc.Arbitrary<DutyExpression> = fc.letrec<{ duty: DutyExpression }>((tie) => ({
    duty: fc.oneof(
      { maxDepth: 3 },
      leaf,
      fc
        .tuple(
          fc.constantFrom('sum' as const, 'smaller_of' as const, 'larger_of' as const),
          fc.array(tie('duty'), { minLength: 1, maxLength: 3 }),
        )
        .map(([op, terms]): DutyExpression => ({ op, terms })),
    ),
  })).duty;
  const at = (duty: DutyExpression, value: string, kilograms: string): number =>
    Number(
      evaluateDuty(duty, dollars({ customsValue: value, quantities: [{ unit: 'KGM', amount: kilograms }] })).amount ??
        'NaN',
    );

  it('grows with value and quantity and stays finite', () => {
    fc.assert(
      fc.property(monotone, figure, figure, (duty, small, more) => {
        const [low, high] = [
          at(duty, small, small),
          at(duty, String(Number(small) + Number(more)), String(Number(small) + Number(more))),
        ];
        expect(Number.isFinite(low) && low >= 0).toBe(true);
        expect(high).toBeGreaterThanOrEqual(low);
      }),
    );
  });

  it('gives no number without the quantity it needs, and says which', () => {
    const needy = fc.tuple(figure, fc.array(leaf, { maxLength: 3 })).map(([amount, others]): DutyExpression => {
      return {
        op: 'sum',
        terms: [...others, { op: 'specific', amount, currency: 'USD', per: '1', unit: 'KGM', basis: 'lead_content' }],
      };
    });
    fc.assert(
      fc.property(needy, figure, (duty, value) => {
        const result = evaluateDuty(
          duty,
          dollars({ customsValue: value, quantities: [{ unit: 'KGM', amount: value }] }),
        );
        expect(result.amount).toBeNull();
        expect(result.missing).toEqual(['quantity:KGM:lead_content']);
      }),
    );
  });
});
