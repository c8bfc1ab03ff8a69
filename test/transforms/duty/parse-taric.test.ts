import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DutyExpression } from '../../../transforms/duty/expression.ts';
import { parseTaricDuty } from '../../../transforms/duty/parse-taric.ts';

const percent = (rate: string): DutyExpression => ({ op: 'ad_valorem', rate });
const amount = (figure: string, currency: string, unit: string, qualifier?: string): DutyExpression => ({
  op: 'specific',
  amount: figure,
  currency,
  per: '1',
  unit,
  ...(qualifier ? { qualifier } : {}),
});

describe('parseTaricDuty', () => {
  it.each<[string, DutyExpression]>([
    ['12.800 %', percent('0.128')],
    ['0.0%', percent('0')],
    ['NIHIL', { op: 'free' }],
    ['1,554.300 EUR TNE', amount('1554.3', 'EUR', 'TNE')],
    ['34.000 EUC DTN', amount('34', 'EUC', 'DTN')],
    ['0.380 EUR ASV X', amount('0.38', 'EUR', 'ASV', 'X')],
    ['0.40 EUR / 100 kg /net/ % sacchar.', amount('0.4', 'EUR', 'DTN', 'Z')],
    ['7.00 GBP/100kg/net/%sacchar.', amount('7', 'GBP', 'DTN', 'Z')],
    ['1.40 GBP / % vol/hl', amount('1.4', 'GBP', 'ASV', 'X')],
    ['28.74 GBP / l alc. 100%', amount('28.74', 'GBP', 'LPA')],
    ['198.33 GBP / 1000 kg/biodiesel', amount('198.33', 'GBP', 'TNE', 'I')],
    ['35.00 GBP/100kg mas', amount('35', 'GBP', 'DTN', 'M')],
    ['9.40 EUR / 100 kg / net drained wt', amount('9.4', 'EUR', 'DTN', 'E')],
    ['35.00 EUR / 1,000 items', amount('35', 'EUR', 'MIL')],
    ['16.500 % RET', { op: 'ad_valorem', rate: '0.165', basis: 'retail_price' }],
    ['12.00% + 147.00 GBP / 100 kg', { op: 'sum', terms: [percent('0.12'), amount('147', 'GBP', 'DTN')] }],
    [
      '1.31 EUR / kg / lactic matter + 22.00 EUR / 100 kg',
      { op: 'sum', terms: [amount('1.31', 'EUR', 'KGM', 'P'), amount('22', 'EUR', 'DTN')] },
    ],
    ['9.000 % + EA', { op: 'sum', terms: [percent('0.09'), { op: 'meursing', table: 'EA', reduced: false }] }],
    [
      '4.500 % + EAR MAX 10.300 % +ADFMR MAX 35.150 EUR DTN',
      {
        op: 'smaller_of',
        terms: [
          {
            op: 'smaller_of',
            terms: [
              { op: 'sum', terms: [percent('0.045'), { op: 'meursing', table: 'EA', reduced: true }] },
              { op: 'sum', terms: [percent('0.103'), { op: 'meursing', table: 'ADFM', reduced: true }] },
            ],
          },
          amount('35.15', 'EUR', 'DTN'),
        ],
      },
    ],
    // The LAST bound splits, and the minus belongs to its right side.
    [
      '13.800 % MIN 13.000 GBP DTN MAX 15.000 GBP DTN - 7.000 GBP DTN',
      {
        op: 'smaller_of',
        terms: [
          { op: 'larger_of', terms: [percent('0.138'), amount('13', 'GBP', 'DTN')] },
          { op: 'difference', from: amount('15', 'GBP', 'DTN'), less: amount('7', 'GBP', 'DTN') },
        ],
      },
    ],
    ['NAR', { op: 'supplementary_unit', unit: 'NAR' }],
    ['KGM S', { op: 'supplementary_unit', unit: 'KGM', qualifier: 'S' }],
    ['p/st', { op: 'supplementary_unit', unit: 'NAR' }],
    ['l alc. 100%', { op: 'supplementary_unit', unit: 'LPA' }],
    ['Entry Price', { op: 'not_computable', reason: 'entry_price', text: 'Entry Price' }],
    [
      '15.00% (01 JAN-14 FEB, 16 JUN-31 DEC), 0.00% (15 FEB-15 JUN)',
      {
        op: 'seasonal',
        periods: [
          { from: '01-01', to: '02-14', duty: percent('0.15') },
          { from: '06-16', to: '12-31', duty: percent('0.15') },
          { from: '02-15', to: '06-15', duty: percent('0') },
        ],
      },
    ],
  ])('%s', (text, duty) => {
    expect(parseTaricDuty(text)).toEqual({ duty, conditions: [], issues: [] });
  });

  it('keeps conditions apart from the duty', () => {
    const { duty, conditions, issues } = parseTaricDuty('8.000 % Cond:  B cert: C-640 (27):; B (07):');
    expect([duty, issues]).toEqual([percent('0.08'), []]);
    expect(conditions.map((line) => [line.sequence, line.condition_code, line.certificate, line.action_code])).toEqual([
      [1, 'B', 'C640', '27'],
      [2, 'B', null, '07'],
    ]);
    expect(parseTaricDuty('Cond:  Y cert: L-139 (29):; Y (09):').duty).toBeNull();
  });

  it('reads a threshold with currency, unit and the duty of its line', () => {
    const { conditions } = parseTaricDuty('Cond:  M 1,536.000 EUR/TNE(01):0.000 EUR TNE ; R 0.186/KGM(10):');
    expect(conditions).toEqual([
      {
        condition_code: 'M',
        sequence: 1,
        certificate: null,
        amount: '1536',
        currency: 'EUR',
        unit: 'TNE',
        action_code: '01',
        duty_expression: '0.000 EUR TNE',
      },
      {
        condition_code: 'R',
        sequence: 2,
        certificate: null,
        amount: '0.186',
        currency: null,
        unit: 'KGM',
        action_code: '10',
        duty_expression: null,
      },
    ]);
  });

  it.each(['24 + 4.2 EUR/100 kg', '3.000 EUR QQQ', '12 % 5 %', '5.000 EUR DTN MAX', 'free'])(
    '%s is an issue, not a number',
    (text) => {
      const { duty, issues } = parseTaricDuty(text);
      expect(duty).toEqual({ op: 'not_computable', reason: 'unrecognised', text });
      expect(issues).toEqual([`unrecognised: ${text}`]);
    },
  );

  it.each<[string, DutyExpression]>([
    ['12,8 %', percent('0.128')],
    ['1.554,300 eur tne', amount('1554.3', 'EUR', 'TNE')],
    ['2.5 gbp dtn e', amount('2.5', 'GBP', 'DTN', 'E')],
    ['\u20ac176.80 / 100 kg', amount('176.8', 'EUR', 'DTN')],
    ['\u00a328.74 / litre of pure (100%) alcohol (l alc. 100%)', amount('28.74', 'GBP', 'LPA')],
    ['\u20ac1.00 / percentage ABV (% vol) per 100 litre (hl)', amount('1', 'EUR', 'ASV', 'X')],
    ['0.4 EUR/100 kg/%sacchar.', amount('0.4', 'EUR', 'DTN', 'Z')],
    ['1.62 EUR/kg/tot/alc', amount('1.62', 'EUR', 'KGM', 'A')],
    ['4 % max 2 eur mtk', { op: 'smaller_of', terms: [percent('0.04'), amount('2', 'EUR', 'MTK')] }],
    ['adszr', { op: 'meursing', table: 'ADSZ', reduced: true }],
  ])('reads other hands: %s', (text, duty) => {
    expect(parseTaricDuty(text)).toEqual({ duty, conditions: [], issues: [] });
  });

  it.each(['12,800 %', '1,554 EUR TNE', 'Cond: V 1,536 EUR/TNE(01):1.000 %', '1.2.3 %'])(
    'guesses no number that can be read in two ways: %s',
    (text) => {
      expect(parseTaricDuty(text).issues).toHaveLength(1);
    },
  );

  it('reads condition lines of other hands', () => {
    expect(parseTaricDuty('cond: a cert: d008 (01):1.5 % ; v 52,6 eur/dtn (01) :2 %').conditions).toEqual([
      expect.objectContaining({ condition_code: 'A', certificate: 'D008', duty_expression: '1.5 %' }),
      expect.objectContaining({ condition_code: 'V', amount: '52.6', currency: 'EUR', unit: 'DTN' }),
    ]);
  });

  it('names a condition line it cannot read', () => {
    const { conditions, issues } = parseTaricDuty('0.000 % Cond: B cert C640 27');
    expect(issues).toEqual(['condition_unrecognised: B cert C640 27']);
    // Left out, the measure would look unconditional.
    expect(conditions).toMatchObject([{ condition_code: '?', action_code: null, duty_expression: 'B cert C640 27' }]);
  });

  it('prints nothing for nothing', () => {
    expect(parseTaricDuty(' \u00a0')).toEqual({ duty: null, conditions: [], issues: [] });
  });

  it('never throws', () => {
    const words = fc.constantFrom(
      '5.000 %',
      ' MAX ',
      ' MIN ',
      ' + ',
      ' - ',
      'EUR DTN',
      '12',
      'EA',
      'Cond:',
      'B (01):',
      ';',
      '(01 JAN-',
      '/',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(words).map((parts) => parts.join('')),
        ),
        (text) => {
          const { duty, issues } = parseTaricDuty(text);
          expect(
            issues.length > 0 || duty === null || duty.op !== 'not_computable' || duty.reason === 'entry_price',
          ).toBe(true);
        },
      ),
    );
  });
});
