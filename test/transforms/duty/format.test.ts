import { describe, expect, it } from 'vitest';
import { formatHtsRate, formatTaricDuty } from '../../../transforms/duty/format.ts';
import { parseHtsRate } from '../../../transforms/duty/parse-hts.ts';
import { parseTaricDuty } from '../../../transforms/duty/parse-taric.ts';

describe('formatHtsRate', () => {
  it.each([
    'Free',
    'Free, under bond',
    '33 1/3%',
    '6.8%',
    '0.34¢/liter',
    '$1.646/kg + 14.9%',
    '3.7¢/kg on drained weight',
    '$1.32/t, including weight of container',
    '10¢/1,000 pins + 3.5%',
    '89.6¢/1000',
    '43¢ each + 2.8¢/jewel over 7 + 3.7% on the case',
    '17¢ each + 2.5% + 1¢/jewel',
    '1.4606¢/kg less 0.020668¢/kg for each degree under 100 degrees (and fractions of a degree in proportion) but not less than 0.943854¢/kg',
    'The duty provided in the applicable subheading + 25% upon the value of the non-U.S. content',
    'See additional U.S. note 1',
  ])('prints %s as it stands', (text) => {
    expect(formatHtsRate(parseHtsRate(text))).toBe(text);
  });

  it('comes back from a repaired text', () => {
    const duty = parseHtsRate('$2.50/thou- sand +40% /');
    expect(formatHtsRate(duty)).toBe('$2.5/1000 + 40%');
    expect(parseHtsRate(formatHtsRate(duty))).toEqual(duty);
  });
});

describe('formatTaricDuty', () => {
  it.each([
    '12.800 %',
    'NIHIL',
    '1554.300 EUR TNE',
    '0.0755 EUR ASV X',
    '16.500 % RET',
    '4.500 % + EAR MAX 10.300 % + ADFMR MAX 35.150 EUR DTN',
    '13.800 % MIN 13.000 GBP DTN MAX 15.000 GBP DTN - 7.000 GBP DTN + 1.000 %',
    'KGM S',
    '14.000 % (01 JUL - 31 JAN), 0.000 % (01 FEB - 30 JUN)',
  ])('prints %s as it stands', (text) => {
    const { duty } = parseTaricDuty(text);
    expect(duty === null ? '' : formatTaricDuty(duty)).toBe(text);
  });
});
