import fc from 'fast-check';
import { Decimal } from 'decimal.js';
import { describe, expect, test } from 'vitest';
import { usFees, type EntryLine, type UsEntry } from '../../../transforms/landed-cost/fees-us.ts';
import type { FeeData, FeeExemptionData } from '../../../transforms/reference/fee.ts';

type Dated<T> = T & { valid_from: string; valid_to: string | null };
const fee = (name: FeeData['fee'], from: string, to: string | null, more: Partial<FeeData>): Dated<FeeData> => ({
  fee: name,
  rate: null,
  minimum: null,
  maximum: null,
  flat: null,
  currency: 'USD',
  modes: null,
  verified: 'notice text',
  citation: name,
  ...more,
  valid_from: from,
  valid_to: to,
});
const FEES = [
  fee('mpf_formal', '2025-10-01', '2026-10-01', { rate: '0.003464', minimum: '33.58', maximum: '651.50' }),
  fee('mpf_formal', '2026-10-01', null, { rate: '0.003464', minimum: '34.58', maximum: '670.86' }),
  fee('mpf_informal_automated', '2026-10-01', null, { flat: '2.77' }),
  fee('mpf_manual_surcharge', '2026-10-01', null, { flat: '4.15' }),
  fee('hmf', '1991-01-01', null, { rate: '0.00125', modes: ['ocean'] }),
];
const exemption = (more: Partial<FeeExemptionData>): Dated<FeeExemptionData> => ({
  fee: 'mpf',
  programmes: [],
  origin_groups: [],
  verified: 'unverified',
  citation: '19 CFR 24.23(c)',
  note: null,
  ...more,
  valid_from: '2018-01-01',
  valid_to: null,
});
const EXEMPT = [exemption({ programmes: ['S', 'S+', 'KR'] }), exemption({ origin_groups: ['cbera'] })];
const line = (value: string, origin = 'CN', preference: string | null = null): EntryLine => ({
  value,
  origin,
  preference,
});
const entry = (lines: EntryLine[], more: Partial<UsEntry> = {}): UsEntry => ({
  date: '2026-11-20',
  entry: 'formal',
  manual: false,
  mode: 'ocean',
  lines,
  ...more,
});
const member = (group: string, origin: string) => group === 'cbera' && origin === 'JM';
const of = (question: UsEntry, isMember: (group: string, origin: string) => boolean | null = member) =>
  Object.fromEntries(usFees(question, FEES, EXEMPT, isMember).map((result) => [result.fee, result]));

describe('merchandise processing fee', () => {
  test('rate between the limits, minimum, maximum: per entry, not per line', () => {
    expect(of(entry([line('50000')]))['mpf']).toMatchObject({ amount: '173.20', limit: null });
    expect(of(entry([line('100'), line('200')]))['mpf']).toMatchObject({ amount: '34.58', limit: 'minimum' });
    const capped = of(entry([line('300000'), line('100000')]))['mpf'];
    expect(capped).toMatchObject({ amount: '670.86', limit: 'maximum', lines: ['503.15', '167.71'] });
  });

  test('the fiscal year of the entry date decides; a year without a row is not known', () => {
    expect(of(entry([line('100')], { date: '2026-09-30' }))['mpf']?.amount).toBe('33.58');
    expect(of(entry([line('100')], { date: '2026-10-01' }))['mpf']?.amount).toBe('34.58');
    const unknown = of(entry([line('100')], { date: '2019-01-01' }))['mpf'];
    expect(unknown).toMatchObject({ amount: null, lines: null });
    expect(unknown?.reason).toContain('2019-01-01');
  });

  test('each line is rounded to whole dollars before the rate applies', () => {
    // 20,000.50 rounds to 20,001: 69.283464, and twice 69.28 is 138.57.
    expect(of(entry([line('20000.50'), line('20000.50')]))['mpf']?.amount).toBe('138.57');
  });

  test('an exempt line leaves the base; the others still pay at least the minimum', () => {
    const result = of(entry([line('50000', 'MX', 'S'), line('100')]))['mpf'];
    expect(result).toMatchObject({ amount: '34.58', lines: ['0.00', '34.58'], limit: 'minimum' });
    expect(of(entry([line('50000', 'KR', 'KR')]))['mpf']).toMatchObject({
      amount: '0.00',
      citation: '19 CFR 24.23(c)',
    });
    expect(of(entry([line('50000', 'JM')]))['mpf']?.amount).toBe('0.00');
  });

  test('unclaimed preference is not exempt; unknown group membership is not known, not zero', () => {
    expect(of(entry([line('50000', 'MX')]))['mpf']?.amount).toBe('173.20');
    expect(of(entry([line('50000', 'JM')]), () => null)['mpf']).toMatchObject({ amount: null });
  });

  test('informal entries pay a flat amount; paper costs a surcharge on formal ones', () => {
    expect(of(entry([line('900')], { entry: 'informal_automated' }))['mpf']?.amount).toBe('2.77');
    expect(of(entry([line('900')], { entry: 'informal_manual_cbp' }))['mpf']?.amount).toBeNull();
    expect(of(entry([line('50000')], { manual: true }))['mpf_manual_surcharge']?.amount).toBe('4.15');
    expect(of(entry([line('50000')]))['mpf_manual_surcharge']).toBeUndefined();
  });

  test('always within the limits, and lines always add up', () => {
    const value = fc.integer({ min: 1, max: 50_000_000 }).map((n) => new Decimal(n).div(100).toFixed(2));
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 20 }), (values) => {
        const mpf = of(entry(values.map((v) => line(v))))['mpf'];
        const amount = new Decimal(mpf?.amount ?? 'NaN');
        expect(amount.gte('34.58') && amount.lte('670.86')).toBe(true);
        expect((mpf?.lines ?? []).reduce((sum, part) => sum.add(part), new Decimal(0)).eq(amount)).toBe(true);
      }),
    );
  });
});

describe('harbor maintenance fee', () => {
  test('ocean cargo only; not known when the mode is not', () => {
    expect(of(entry([line('50000')]))['hmf']?.amount).toBe('62.50');
    expect(of(entry([line('50000')], { mode: 'air' }))['hmf']).toMatchObject({
      amount: '0.00',
      reason: 'not ocean cargo',
    });
    expect(of(entry([line('50000')], { mode: null }))['hmf']?.amount).toBeNull();
  });

  test('has no limits and no exemption by preference', () => {
    expect(of(entry([line('10000000', 'MX', 'S')]))['hmf']?.amount).toBe('12500.00');
  });
});
