import { describe, expect, test } from 'vitest';
import { addDays } from '../../../transforms/dates.ts';
import {
  convert,
  customsMonthRates,
  customsRateDay,
  type DatedRate,
} from '../../../transforms/reference/exchange-rate.ts';

const ecb = (quote: string, rate: string, day: string, next: string): DatedRate => ({
  base: 'EUR',
  quote,
  rate,
  kind: 'daily',
  source: 'ecb',
  valid_from: day,
  valid_to: next,
});
const friday = [ecb('USD', '1.25', '2026-10-16', '2026-10-17'), ecb('GBP', '0.8', '2026-10-16', '2026-10-17')];

describe('convert', () => {
  test('directly, inversely, across the base', () => {
    expect(convert('100', 'EUR', 'USD', '2026-10-16', friday)?.amount).toBe('125.00');
    expect(convert('100', 'USD', 'EUR', '2026-10-16', friday)?.amount).toBe('80.00');
    const cross = convert('100', 'GBP', 'USD', '2026-10-16', friday);
    expect(cross).toMatchObject({ amount: '156.25', rate: '1.5625' });
    expect(cross?.used).toHaveLength(2);
  });

  test('no rate for the date is null, never the last one', () => {
    expect(convert('100', 'EUR', 'USD', '2026-10-17', friday)).toBeNull();
    expect(convert('100', 'EUR', 'USD', '2026-10-15', friday)).toBeNull();
    expect(convert('100', 'EUR', 'JPY', '2026-10-16', friday)).toBeNull();
  });

  test('half-up to the cent; the same currency needs no rate', () => {
    expect(convert('0.10', 'EUR', 'USD', '2026-10-16', friday)?.amount).toBe('0.13');
    expect(convert('1', 'CHF', 'CHF', '2026-10-16', [])).toEqual({ amount: '1.00', rate: '1', used: [] });
  });
});

describe('customs month (Article 146 of Implementing Regulation (EU) 2015/2447)', () => {
  test('penultimate Wednesday of the month before', () => {
    expect(customsRateDay('2026-11-20')).toBe('2026-10-21');
    // September 2026 ends on a Wednesday: the 30th is the last, the 23rd the penultimate.
    expect(customsRateDay('2026-10-01')).toBe('2026-09-23');
    expect(customsRateDay('2026-01-31')).toBe('2025-12-24');
  });

  test('valid for the whole following month; nothing published that day: the last published; a gap stays a gap', () => {
    const daily = [
      ecb('USD', '1.10', '2026-10-20', '2026-10-21'),
      ecb('USD', '1.12', '2026-10-21', '2026-10-22'),
      ecb('USD', '1.14', '2026-10-22', '2026-10-23'),
    ];
    expect(customsMonthRates(daily, '2026-11-20')).toEqual([
      { ...daily[1], kind: 'monthly', valid_from: '2026-11-01', valid_to: '2026-12-01' },
    ]);
    expect(customsMonthRates([...daily.slice(0, 1), ...daily.slice(2)], '2026-11-20')[0]?.rate).toBe('1.10');
    expect(customsMonthRates(daily, '2026-12-05')).toEqual([]);
  });

  test('a rate is cited by its own release, also when another day printed the same figure', () => {
    const daily = ['2026-10-19', '2026-10-20', '2026-10-21', '2026-10-22'].map((day, release) => ({
      ...ecb('DKK', '7.4683', day, addDays(day, 1)),
      release,
    }));
    const month = customsMonthRates(daily, '2026-11-20');
    expect(month.map(({ release }) => release)).toEqual([2]);
    expect(convert('1', 'DKK', 'EUR', '2026-11-20', month)?.used.map(({ release }) => release)).toEqual([2]);
  });
});
