import { describe, expect, it } from 'vitest';
import { answer, applied, find, type Goods } from './question.ts';

const on = (goods: Goods, origin: string, as_of: string, facts = {}) => answer(goods, { origin, as_of, facts });

describe('section 301 China', () => {
  const listed = (heading: string, code = '8481909020'): Goods => ({ code, footnotes: [heading] });

  it('has each list from its day at its rate', () => {
    const rate = (heading: string, as_of: string) => applied(on(listed(heading), 'CN', as_of))[heading];
    expect([rate('9903.88.01', '2018-07-05'), rate('9903.88.01', '2018-07-06')]).toEqual([undefined, '0.25']);
    expect([rate('9903.88.03', '2019-05-09'), rate('9903.88.03', '2019-05-10')]).toEqual(['0.1', '0.25']);
    expect([rate('9903.88.15', '2020-02-13'), rate('9903.88.15', '2020-02-14')]).toEqual(['0.15', '0.075']);
    expect([rate('9903.91.03', '2024-09-26'), rate('9903.91.03', '2024-09-27')]).toEqual([undefined, '1']);
  });

  it('does not take list 4B for law because it is printed', () => {
    expect(applied(on(listed('9903.88.16'), 'CN', '2026-05-01'))).toEqual({ base: '0', '9903.03.01': '0.1' });
  });

  it('is for goods of China, not of Hong Kong or Macau', () => {
    for (const origin of ['HK', 'MO', 'TW'])
      expect(applied(on(listed('9903.88.03'), origin, '2026-08-01'))['9903.88.03']).toBeUndefined();
  });

  it('offers an exclusion through 2026-11-09, and marks the answer after that', () => {
    const goods: Goods = { code: '8481909020', footnotes: ['9903.88.01', '9903.88.69'] };
    expect(find(on(goods, 'CN', '2026-11-09'), '9903.88.69')).toMatchObject({ status: 'available' });
    expect(applied(on(goods, 'CN', '2026-11-09', { declared_heading: '9903.88.69' }))['9903.88.01']).toBeUndefined();
    const after = on(goods, 'CN', '2026-11-10', { declared_heading: '9903.88.69' });
    expect(find(after, '9903.88.01')).toMatchObject({ status: 'applied', rate: '0.25', needs_review: true });
    expect(after.coverage.map((note) => note.reason).join()).toMatch(/exclusions .* through 2026-11-09/);
  });

  it('leaves the maritime duties of 2026-11-10 open', () => {
    const result = on({ code: '8716390090' }, 'CN', '2026-11-10');
    expect(find(result, '9903.91.12')).toMatchObject({ status: 'undetermined', needs_review: true, rate: null });
    expect(result.total.status).toBe('lower_bound');
  });

  it('splits 8517.62.00 at ten digits (notes 20(g), 20(s)(ii))', () => {
    const split = (code: string): Goods => ({ code, footnotes: ['9903.88.04', '9903.88.15'] });
    expect(applied(on(split('8517620090'), 'CN', '2026-08-01'))['9903.88.04']).toBe('0.25');
    expect(applied(on(split('8517620010'), 'CN', '2026-08-01'))['9903.88.15']).toBe('0.075');
    const short = on(split('85176200'), 'CN', '2026-08-01');
    expect(find(short, '9903.88.04')).toMatchObject({ status: 'undetermined', needs: ['code'] });
  });

  it('reads 8507.60.00 and 6307.90.98 by the note, not by their stale footnotes', () => {
    const battery = (code: string): Goods => ({ code, footnotes: ['9903.88.15', '9903.91.01'] });
    expect(applied(on(battery('8507600010'), 'CN', '2025-06-01'))['9903.91.01']).toBe('0.25');
    expect(applied(on(battery('8507600020'), 'CN', '2025-06-01'))['9903.88.15']).toBe('0.075');
    const newer: Goods = { code: '8507600090', footnotes: ['9903.88.15', '9903.91.06'] };
    const result = on(newer, 'CN', '2026-06-01');
    expect(applied(result)).toMatchObject({ '9903.91.06': '0.25' });
    expect(find(result, '9903.88.15').suppressed_by?.heading).toBe('9903.91.06');
    const mask: Goods = { code: '6307909870', footnotes: ['9903.88.15', '9903.91.01'] };
    expect(applied(on(mask, 'CN', '2025-06-01'))).toMatchObject({ '9903.91.04': '0.25' });
    expect(applied(on(mask, 'CN', '2026-06-01'))).toMatchObject({ '9903.91.07': '0.5' });
    expect(applied(on({ ...mask, code: '6307909891' }, 'CN', '2026-08-01'))).toEqual({
      base: '0',
      '9903.05.31': '0.125',
    });
  });
});

describe('section 201', () => {
  const module: Goods = { code: '8541430010', footnotes: ['9903.91.02'] };
  it('takes the solar rate from note 18 and not the 30 % of the cell, through 2026-02-06', () => {
    const rate = (as_of: string) => applied(on(module, 'MY', as_of))['9903.45.25'];
    expect([rate('2025-02-06'), rate('2025-02-07'), rate('2026-02-06'), rate('2026-02-07')]).toEqual([
      '0.1425',
      '0.14',
      '0.14',
      undefined,
    ]);
    expect(find(on(module, 'MY', '2025-06-01'), '9903.45.25').expression).toBe('30%');
  });

  it('leaves developing members out and Canada on a USMCA claim, and applies in column 2', () => {
    expect(applied(on(module, 'KH', '2025-03-01'))).toEqual({ base: '0' });
    expect(applied(on(module, 'CA', '2025-02-20'))).toEqual({ base: '0', '9903.45.25': '0.14' });
    expect(applied(on(module, 'CA', '2025-02-20', { preference: 'S' }))).toEqual({ base: '0' });
    expect(applied(on(module, 'RU', '2025-03-01'))).toEqual({ base: '0.35', '9903.45.25': '0.14' });
  });

  it('asks for the quota where the rate hangs on it', () => {
    const quartz: Goods = { code: '6810990020' };
    expect(find(on(quartz, 'IN', '2026-09-01'), '9903.45.31')).toMatchObject({
      status: 'undetermined',
      needs: ['in_quota'],
    });
    expect(applied(on(quartz, 'IN', '2026-09-01', { in_quota: false }))).toMatchObject({ '9903.45.31': '0.5' });
    expect(applied(on(quartz, 'IN', '2026-09-01', { in_quota: true }))).toMatchObject({ '9903.45.30': '0.25' });
  });
});

describe('section 338 Canada', () => {
  const beer: Goods = { code: '2203000060', on: ['us.s338.alcohol'] };
  it('starts on 2026-08-22, USMCA or not, and bans from 2026-09-29', () => {
    expect(applied(on(beer, 'CA', '2026-08-21'))).toEqual({ base: '0', '9903.05.29': '0.1' });
    expect(applied(on(beer, 'CA', '2026-08-22', { preference: 'S' }))).toEqual({ base: '0', '9903.03.12': '0.5' });
    const banned = on(beer, 'CA', '2026-09-29');
    expect(banned.requirements).toContainEqual(expect.objectContaining({ kind: 'prohibition', needs_review: true }));
    expect(on(beer, 'MX', '2026-09-29').requirements).toEqual([]);
  });

  it('yields to section 232 until 2026-09-14; after that only the dairy list does', () => {
    const both = (list: string): Goods => ({ code: '4407110001', on: [list] });
    expect(applied(on(both('us.s338.autos'), 'CA', '2026-09-14'))).toEqual({ base: '0', '9903.76.01': '0.1' });
    expect(applied(on(both('us.s338.autos'), 'CA', '2026-09-15'))).toEqual({
      base: '0',
      '9903.76.01': '0.1',
      '9903.03.14': '0.5',
    });
    expect(applied(on(both('us.s338.dairy'), 'CA', '2026-09-15'))).toEqual({ base: '0', '9903.76.01': '0.1' });
  });

  it('says from 2026-09-15 that the extended lists are not at hand', () => {
    const result = on({ code: '9506624040' }, 'CA', '2026-09-15');
    expect(result.total.status).toBe('lower_bound');
    expect(result.coverage.map((note) => note.family)).toContain('section-338');
  });

  it('is not relieved by subchapter XXIII of chapter 98, but by other provisions of it', () => {
    expect(applied(on(beer, 'CA', '2026-08-25', { chapter_98: true }))).toEqual({ base: '0' });
    expect(applied(on(beer, 'CA', '2026-08-25', { chapter_98: '9823.01.01' }))).toEqual({
      base: '0',
      '9903.03.12': '0.5',
    });
  });
});

describe('column 2 and the special programmes', () => {
  it('is by origin: Russia and Belarus from 2022-04-09', () => {
    const goods: Goods = { code: '9506624040', general: '0.05', column2: '0.3' };
    for (const origin of ['CU', 'KP', 'RU', 'BY'])
      expect(applied(on(goods, origin, '2025-01-15'))).toEqual({ base: '0.3' });
    expect(applied(on(goods, 'RU', '2022-04-08'))).toEqual({ base: '0.05' });
    expect(applied(on(goods, 'UA', '2025-01-15'))).toEqual({ base: '0.05' });
  });

  it('replaces the column 2 rate for listed Russian goods and reports the replaced rate', () => {
    const result = on({ code: '7202115000', column2: '0.105', footnotes: ['9903.90.09'] }, 'RU', '2025-01-15');
    expect(applied(result)).toEqual({ '9903.90.09': '0.7' });
    expect(result.components[0]).toMatchObject({
      program: 'us.column-2',
      status: 'suppressed',
      suppressed_by: { heading: '9903.90.09' },
    });
    expect(result.total.ad_valorem_rate).toBe('0.7');
  });

  const line: Goods = { code: '0805900100', general: '0.008', special: ['A', 'D', 'KR', 'S'] };
  it('applies a special rate on a claim only, and offers it otherwise', () => {
    expect(applied(on(line, 'KR', '2025-01-15'))).toEqual({ base: '0.008' });
    expect(on(line, 'KR', '2025-01-15').components).toContainEqual(
      expect.objectContaining({
        program: 'us.preference.korea',
        status: 'available',
        needs: ['preference'],
        rate: null,
      }),
    );
    expect(applied(on(line, 'KR', '2025-01-15', { preference: 'KR' }))).toEqual({ base: '0' });
    const refused = on(line, 'FR', '2025-01-15', { preference: 'KR' });
    expect(applied(refused)).toEqual({ base: '0.008' });
    expect(refused.components[1]).toMatchObject({
      status: 'excluded',
      reason: 'FR is not a member of the programme KR',
    });
  });

  it('knows that the GSP lapsed on 2020-12-31 and AGOA on 2025-09-30 until it was extended with effect back', () => {
    expect(applied(on(line, 'IN', '2020-12-31', { preference: 'A' }))).toEqual({ base: '0' });
    expect(on(line, 'IN', '2021-01-01', { preference: 'A' }).components[1]).toMatchObject({
      status: 'excluded',
      reason: 'no programme with the symbol A is in force on 2021-01-01',
    });
    const agoa = (known: string) =>
      applied(answer(line, { origin: 'KE', as_of: '2025-10-15', known, facts: { preference: 'D' } }))['base'];
    expect([agoa('2025-11-01'), agoa('2026-11-20')]).toEqual(['0.008', '0']);
  });
});

describe('chapter 98', () => {
  const goods: Goods = { code: '9506624040', general: '0.05' };
  it('takes overlays off, but for the four provisions of 9802 on a part of the value', () => {
    expect(applied(on(goods, 'VN', '2026-03-01', { chapter_98: true }))).toEqual({ base: '0.05' });
    const repaired = answer(goods, {
      origin: 'VN',
      as_of: '2026-03-01',
      value: '1000',
      facts: { chapter_98: '9802.00.40', processing_value: '200' },
    });
    expect(repaired.total).toMatchObject({ status: 'complete', amount: '30.00', ad_valorem_rate: '0.03' });
    const assembled = answer(goods, {
      origin: 'VN',
      as_of: '2026-03-01',
      value: '1000',
      facts: { chapter_98: '9802.00.80', us_components_value: '400' },
    });
    expect(assembled.total).toMatchObject({ status: 'complete', amount: '90.00' });
  });

  it('shows the rate but no amount while the part of the value is not declared', () => {
    const result = answer(goods, {
      origin: 'VN',
      as_of: '2026-03-01',
      value: '1000',
      facts: { chapter_98: '9802.00.80' },
    });
    expect(find(result, '9903.03.01')).toMatchObject({
      status: 'applied',
      rate: '0.1',
      amount: null,
      needs: ['us_components_value'],
    });
    expect(result.total).toMatchObject({ status: 'not_computable', amount: null, missing: ['us_components_value'] });
  });

  it('takes section 232 under 9802.00.60 of the full value (note 16(b))', () => {
    const sheet: Goods = {
      code: '7606113030',
      general: '0.03',
      on: [{ list: 'us.s232.annex-1a', data: { metal: 'aluminum' } }],
    };
    const result = answer(sheet, {
      origin: 'CN',
      as_of: '2026-05-01',
      value: '1000',
      facts: { chapter_98: '9802.00.60', processing_value: '100' },
    });
    expect(find(result, '9903.82.02')).toMatchObject({ rate: '0.5', amount: '500.00' });
    expect(result.components[0]).toMatchObject({ rate: '0.003', amount: '3.00' });
  });

  it('lets section 232 follow the terms of the provision, and asks which one it is', () => {
    const sheet: Goods = {
      code: '7606113030',
      general: '0.03',
      on: [{ list: 'us.s232.annex-1a', data: { metal: 'aluminum' } }],
    };
    expect(find(on(sheet, 'CN', '2026-05-01', { chapter_98: '9801.00.10' }), '9903.82.02').status).toBe('excluded');
    expect(find(on(sheet, 'CN', '2026-05-01', { chapter_98: true }), '9903.82.02')).toMatchObject({
      status: 'undetermined',
      needs: ['chapter_98'],
    });
    expect(on(sheet, 'CN', '2026-05-01', { chapter_98: '9801.00.10' }).components[0]).toMatchObject({
      status: 'undetermined',
      needs: ['rate_of:9801.00.10'],
    });
  });
});
