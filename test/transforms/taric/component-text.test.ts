import { describe, expect, it } from 'vitest';
import { parseTaricDuty } from '../../../transforms/duty/parse-taric.ts';
import { componentText, type TaricComponent } from '../../../transforms/taric/component-text.ts';

const component = (dutyExpressionId: string, amount: string | null, unit: string | null = null): TaricComponent => ({
  dutyExpressionId,
  amount,
  monetaryUnit: unit === null ? null : 'EUR',
  measurementUnit: unit,
  measurementUnitQualifier: null,
});

describe('duty components as text', () => {
  it.each([
    ['12.800 % + 176.800 EUR DTN', [component('04', '176.8', 'DTN'), component('01', '12.8')]],
    [
      '9.000 % + EA MAX 24.200 % + ADSZ',
      [component('01', '9'), component('12', null), component('17', '24.2'), component('21', null)],
    ],
    ['10.000 % MIN 2.000 EUR DTN', [component('01', '10'), component('15', '2', 'DTN')]],
    ['5.000 EUR DTN - 1.000 EUR DTN', [component('01', '5', 'DTN'), component('02', '1', 'DTN')]],
    ['NIHIL', [component('37', null)]],
    ['0.000 % + EAR', [component('01', '0'), component('14', null)]],
    ['EA', [component('12', null)]],
    ['EAR + ADSZR', [component('14', null), component('25', null)]],
    [
      '0.000 % + EAR MAX 10.000 % + ADFMR',
      [component('01', '0'), component('14', null), component('17', '10'), component('29', null)],
    ],
    [
      '9.000 % + EA MAX 24.200 % + ADFM',
      [component('01', '9'), component('12', null), component('17', '24.2'), component('27', null)],
    ],
    // 17, 19 and 20, 35 and 36 say the same as 15 to 02 once more, after the first bound.
    [
      '9.100 % + 45.100 EUR DTN MAX 18.900 % + 16.500 EUR DTN',
      [component('01', '9.1'), component('04', '45.1', 'DTN'), component('17', '18.9'), component('19', '16.5', 'DTN')],
    ],
    [
      '8.000 % MIN 1.000 EUR DTN + 2.000 EUR DTN MAX 12.000 % - 3.000 EUR DTN',
      [
        component('01', '8'),
        component('15', '1', 'DTN'),
        component('20', '2', 'DTN'),
        component('35', '12'),
        component('36', '3', 'DTN'),
      ],
    ],
  ])('%s', (text, components) => {
    // A subtraction (02) comes before everything but the first component by its number.
    expect(componentText(components)).toBe(text);
    expect(parseTaricDuty(text).issues).toEqual([]);
  });

  it('a supplementary unit is its unit, with qualifier', () => {
    expect(
      componentText([{ ...component('99', null, 'DTN'), monetaryUnit: null, measurementUnitQualifier: 'G' }]),
    ).toBe('DTN G');
  });

  it('an unknown expression is an error, no omission', () => {
    expect(() => componentText([component('77', '1')])).toThrow('unknown duty expression 77');
  });
});
