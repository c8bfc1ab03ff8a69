import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DutyExpression } from '../../../transforms/duty/expression.ts';
import { parseHtsRate } from '../../../transforms/duty/parse-hts.ts';

const percent = (rate: string, basis?: string): DutyExpression => ({
  op: 'ad_valorem',
  rate,
  ...(basis ? { basis } : {}),
});
const dollars = (amount: string, unit: string, basis?: string, per = '1'): DutyExpression => ({
  op: 'specific',
  amount,
  currency: 'USD',
  per,
  unit,
  ...(basis ? { basis } : {}),
});
const sum = (...terms: DutyExpression[]): DutyExpression => ({ op: 'sum', terms });

describe('parseHtsRate', () => {
  it.each<[string, DutyExpression]>([
    ['Free', { op: 'free' }],
    ['6.8%', percent('0.068')],
    ['0%', percent('0')],
    ['37% /', percent('0.37')],
    ['1¢/kg', dollars('0.01', 'KGM')],
    ['14.27¢/ liter', dollars('0.1427', 'LTR')],
    ['$1,234.50/t', dollars('1234.5', 'TNE')],
    ['5.25¢/bbl', dollars('0.0525', 'BLL')],
    ['2.8¢/doz.', dollars('0.028', 'DZN')],
    ['68¢/head', dollars('0.68', 'NAR')],
    ['89.6¢/1000', dollars('0.896', 'NAR', undefined, '1000')],
    ['18.9¢/pf.liter', dollars('0.189', 'PFL')],
    ['$1.13/m3', dollars('1.13', 'MTQ')],
    ['$1.13/m 3', dollars('1.13', 'MTQ')],
    ['86.1¢/m2of recording surface', dollars('0.861', 'MTK', 'recording_surface')],
    ['18.7¢/clean kg', dollars('0.187', 'KGM', 'clean_content')],
    ['$1.32/t, including weight of container', dollars('1.32', 'TNE', 'gross_of_container')],
    ['40¢/kg +10.4%', sum(dollars('0.4', 'KGM'), percent('0.104'))],
    ['22¢/kg on drained weight+45%', sum(dollars('0.22', 'KGM', 'drained_weight'), percent('0.45'))],
    ['10¢/1,000 pins + 3.5%', sum(dollars('0.1', 'NAR', 'pins', '1000'), percent('0.035'))],
    ['$2.50/thou- sand + 40%', sum(dollars('2.5', 'NAR', undefined, '1000'), percent('0.4'))],
    ['0.3¢/line/ gross + 4.6%', sum(dollars('0.003', 'GRL'), percent('0.046'))],
    ['3 percent of the fair retail value', percent('0.03', 'fair_retail_value')],
    [
      '44¢ each + 6% on the case + 14% on the strap, band or bracelet + 5.3% on the battery',
      sum(dollars('0.44', 'NAR'), percent('0.06', 'case'), percent('0.14', 'strap'), percent('0.053', 'battery')),
    ],
    [
      '43¢ each + 2.8¢/jewel over 7 + 3.7% on the case',
      sum(dollars('0.43', 'NAR'), dollars('0.028', 'NAR', 'jewels_over_7'), percent('0.037', 'case')),
    ],
    [
      '0.7¢/kg on copper content + 0.7¢/kg on lead content',
      sum(dollars('0.007', 'KGM', 'copper_content'), dollars('0.007', 'KGM', 'lead_content')),
    ],
    ['Free, under bond', { op: 'free', condition: 'under bond' }],
    ['No change.', { op: 'base_duty' }],
    ['The duty provided in the applicable subheading + 25%', sum({ op: 'base_duty' }, percent('0.25'))],
    ['The duty provided inthe applicable subheading+ 25%', sum({ op: 'base_duty' }, percent('0.25'))],
    ['The duty provided in the applicable subheading plus 25%', sum({ op: 'base_duty' }, percent('0.25'))],
    [
      'The duty provided in the applicable subheading + a duty of 25% upon the value of the non-U.S. content',
      sum({ op: 'base_duty' }, percent('0.25', 'non_us_content')),
    ],
  ])('%s', (text, expected) => {
    expect(parseHtsRate(text)).toEqual(expected);
  });

  it('reads a third as a third', () => {
    expect(parseHtsRate('33 1/3%')).toEqual(percent('0.33333333333333333333'));
  });

  it('keeps the falling sugar rate and its floor', () => {
    const rate =
      '1.4606¢/kg less 0.020668¢/kg for each degree under 100 degrees (and fractions of a degree in proportion) but not less than 0.943854¢/kg';
    const expected: DutyExpression = {
      op: 'larger_of',
      terms: [
        {
          op: 'difference',
          from: dollars('0.014606', 'KGM'),
          less: { op: 'per_step_below', fact: 'sugar_degrees', below: '100', duty: dollars('0.00020668', 'KGM') },
        },
        dollars('0.00943854', 'KGM'),
      ],
    };
    expect(parseHtsRate(rate)).toEqual(expected);
    expect(parseHtsRate(rate.replace('not less than', 'not less'))).toEqual(expected);
  });

  it.each([
    ['See additional U.S. note 1', 'see_note'],
    ['The rate applicable to each garment in the in the ensemble if separately entered', 'rate_of_each_garment'],
    [
      'The rate of duty appli- cable to that article in the set subject to the high- est rate of duty',
      'rate_of_set_article_with_highest_rate',
    ],
    ['The rate applicable to the natural juice in heading 2009', 'rate_of_natural_juice'],
    ['The rate applicable, to each article in the absence of this subheading', 'rate_in_absence_of_provision'],
    [
      'A duty upon the value of the repairs oralterations (see U.S. note 3 of this subchapter)',
      'base_rate_on_value_of_repairs',
    ],
    ['See 9823.09.01-9823.09.09', 'see_heading'],
    ['  \u00a0', 'blank'],
    ['', 'blank'],
    // A unit or a basis the tables do not know never becomes a number.
    ['5¢/furlong', 'unrecognised'],
    ['5% on the moon', 'unrecognised'],
    ['5¢', 'unrecognised'],
    ['5% 6%', 'unrecognised'],
    ['1 1/0%', 'unrecognised'],
  ])('%s states no rate: %s', (text, reason) => {
    expect(parseHtsRate(text)).toEqual({ op: 'not_computable', reason, text });
  });

  it('never throws', () => {
    const words = fc.constantFrom(
      '5',
      '%',
      '¢',
      '$',
      '/',
      'kg',
      ' + ',
      'Free',
      'on the case',
      ' less ',
      '1/0',
      'each',
      '(',
      ')',
      'the duty provided in ',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(words).map((parts) => parts.join('')),
        ),
        (text) => {
          expect(parseHtsRate(text).op).toBeTypeOf('string');
        },
      ),
    );
  });
});
