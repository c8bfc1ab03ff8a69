import { describe, expect, it } from 'vitest';
import { answer, applied, find, type Goods } from './question.ts';

const BALL: Goods = { code: '9506624040', footnotes: ['9903.88.15'], column2: '0.3' };
const on = (origin: string, as_of: string, facts = {}, goods = BALL) => answer(goods, { origin, as_of, facts });

describe('IEEPA', () => {
  it('is collected through 2026-02-23 and not on 2026-02-24, where section 122 takes over', () => {
    expect(applied(on('CA', '2026-02-23'))).toEqual({ base: '0', '9903.01.10': '0.35' });
    expect(applied(on('CA', '2026-02-24'))).toEqual({ base: '0', '9903.03.01': '0.1' });
    expect(applied(on('DZ', '2026-02-23'))).toEqual({ base: '0', '9903.02.03': '0.3' });
  });

  it('was open-ended until its end was published on 2026-02-20', () => {
    const late = { origin: 'CA', as_of: '2026-03-01' };
    expect(applied(answer(BALL, { ...late, known: '2026-02-19' }))).toEqual({ base: '0', '9903.01.10': '0.35' });
    expect(applied(answer(BALL, { ...late, known: '2026-02-20' }))).toEqual({ base: '0' });
  });

  it('steps the China duty 10, 20, 10 % on its dates; Hong Kong pays it but no section 301 duty', () => {
    const rate = (as_of: string) => applied(on('HK', as_of))[as_of < '2025-03-04' ? '9903.01.20' : '9903.01.24'];
    expect([
      rate('2025-02-04'),
      rate('2025-03-03'),
      rate('2025-03-04'),
      rate('2025-11-09'),
      rate('2025-11-10'),
    ]).toEqual(['0.1', '0.1', '0.2', '0.2', '0.1']);
    expect(applied(on('HK', '2025-02-03'))).toEqual({ base: '0' });
    expect(applied(on('HK', '2026-02-15'))).toEqual({ base: '0', '9903.01.24': '0.1', '9903.01.25': '0.1' });
    expect(applied(on('CN', '2026-02-15'))).toEqual({
      base: '0',
      '9903.88.15': '0.075',
      '9903.01.24': '0.1',
      '9903.01.25': '0.1',
    });
    expect(applied(on('MO', '2026-02-15'))).toEqual({ base: '0', '9903.01.25': '0.1' });
  });

  it('has the country rates of phase 1 for one day and those of China until 2025-05-13', () => {
    expect(applied(on('VN', '2025-04-08'))).toEqual({ base: '0', '9903.01.25': '0.1' });
    expect(applied(on('VN', '2025-04-09'))).toEqual({ base: '0', '9903.01.72': '0.46' });
    expect(applied(on('VN', '2025-04-10'))).toEqual({ base: '0', '9903.01.25': '0.1' });
    const china = (as_of: string) => applied(on('MO', as_of))['9903.01.63'];
    expect([china('2025-04-09'), china('2025-04-10'), china('2025-05-13'), china('2025-05-14')]).toEqual([
      '0.84',
      '1.25',
      '1.25',
      undefined,
    ]);
  });

  it('leaves goods afloat on 2025-08-07 at 10 % until 2025-10-04', () => {
    const afloat = { loaded_on: '2025-08-01', final_mode: 'vessel' };
    expect(applied(on('IN', '2025-08-20', afloat))).toEqual({ base: '0', '9903.01.25': '0.1' });
    expect(applied(on('IN', '2025-08-20', { loaded_on: '2025-08-07' }))).toEqual({ base: '0', '9903.02.26': '0.25' });
    expect(applied(on('IN', '2025-08-20', { ...afloat, final_mode: 'air' }))).toEqual({
      base: '0',
      '9903.02.26': '0.25',
    });
    expect(applied(on('VN', '2025-10-05', afloat))).toEqual({ base: '0', '9903.02.69': '0.2' });
  });

  it('totals 15 % for the EU, Japan, Korea, Switzerland and Liechtenstein, each from its day', () => {
    const goods = { ...BALL, general: '0.048' };
    const of = (origin: string, as_of: string) => applied(on(origin, as_of, {}, goods));
    expect(of('IE', '2025-08-07')).toEqual({ base: '0.048', '9903.02.20': '0.102' });
    expect(of('JP', '2025-08-07')).toEqual({ base: '0.048', '9903.02.73': '0.102' });
    expect(of('KR', '2025-11-13')).toEqual({ base: '0.048', '9903.02.56': '0.15' });
    expect(of('KR', '2025-11-14')).toEqual({ base: '0.048', '9903.02.80': '0.102' });
    expect(of('CH', '2025-11-13')).toEqual({ base: '0.048', '9903.02.58': '0.39' });
    expect(of('CH', '2025-11-14')).toEqual({ base: '0.048', '9903.02.83': '0.102' });
    expect(of('LI', '2025-11-14')).toEqual({ base: '0.048', '9903.02.88': '0.102' });
    expect(applied(on('DE', '2025-12-01', {}, { ...BALL, general: '0.2' }))).toEqual({
      base: '0.2',
      '9903.02.19': '0',
    });
  });

  it('did not know the Japanese floor before 2025-09-16', () => {
    const asked = { origin: 'JP', as_of: '2025-08-20' };
    const goods = { ...BALL, general: '0.048' };
    expect(applied(answer(goods, { ...asked, known: '2025-09-15' }))).toEqual({ base: '0.048', '9903.02.30': '0.15' });
    expect(applied(answer(goods, { ...asked, known: '2025-09-16' }))).toEqual({ base: '0.048', '9903.02.73': '0.102' });
  });

  it('needs the value and the quantity for a floor over a specific duty', () => {
    const cigars: Goods = {
      code: '2402108050',
      general: { op: 'specific', amount: '0.5', currency: 'USD', per: '1', unit: 'KGM' },
    };
    const open = answer(cigars, { origin: 'DE', as_of: '2025-12-01', value: '1000' });
    expect(find(open, '9903.02.20')).toMatchObject({ status: 'undetermined', needs: ['quantity:KGM'] });
    expect(open.total.status).toBe('not_computable');
    const known = answer(cigars, {
      origin: 'DE',
      as_of: '2025-12-01',
      value: '1000',
      quantities: [{ unit: 'kg', amount: '100' }],
    });
    // 50 USD of 1000 are 5 %: the note's own example.
    expect(find(known, '9903.02.20')).toMatchObject({ rate: '0.1', amount: '100.00' });
    expect(known.total).toMatchObject({ status: 'complete', amount: '150.00', ad_valorem_rate: null });
  });

  it('adds Brazil and India on top of the reciprocal duty, and ends India on 2026-02-07', () => {
    expect(applied(on('BR', '2026-02-15'))).toEqual({ base: '0', '9903.02.09': '0.1', '9903.01.77': '0.4' });
    expect(applied(on('IN', '2026-02-06'))).toEqual({ base: '0', '9903.02.26': '0.25', '9903.01.84': '0.25' });
    expect(applied(on('IN', '2026-02-07'))).toEqual({ base: '0', '9903.02.26': '0.25' });
  });

  it('takes energy and potash of Canada at 10 %, by declaration or by the list', () => {
    expect(applied(on('CA', '2026-01-10', { potash: true }))).toEqual({ base: '0', '9903.01.15': '0.1' });
    expect(applied(on('CA', '2026-01-10', { energy: true }))).toEqual({ base: '0', '9903.01.13': '0.1' });
    const potash: Goods = {
      code: '3104200000',
      on: [{ list: 'us.ieepa.fentanyl-carveout', data: { heading: '99030105' } }],
    };
    expect(applied(on('MX', '2026-01-10', {}, potash))).toEqual({ base: '0', '9903.01.05': '0.1' });
    expect(applied(on('MX', '2026-01-10', { potash: false }, potash))).toEqual({ base: '0', '9903.01.01': '0.25' });
  });

  it('exempts USMCA goods from 2025-03-07, and offers that to the others', () => {
    expect(applied(on('CA', '2025-03-06', { preference: 'S' }))).toEqual({ base: '0', '9903.01.10': '0.25' });
    expect(applied(on('CA', '2025-03-07', { preference: 'S' }))).toEqual({ base: '0' });
    expect(find(on('CA', '2025-03-07'), '9903.01.14')).toMatchObject({ status: 'available', needs: ['preference'] });
  });

  it.each(['donation', 'informational_materials', 'accompanied_baggage'])('does not apply to %s', (fact) => {
    for (const origin of ['CA', 'MX', 'CN', 'BR', 'VN', 'DE'])
      expect(
        Object.keys(applied(on(origin, '2026-02-15', { [fact]: true }))).filter((key) => key.startsWith('9903.0')),
      ).toEqual([]);
  });

  it('counts only the non-U.S. content from 20 % of U.S. content (9903.01.34)', () => {
    expect(applied(on('VN', '2025-12-01', { us_content_share: '0.25' }))).toEqual({ base: '0', '9903.02.69': '0.15' });
    expect(applied(on('VN', '2025-12-01', { us_content_share: '0.19' }))).toEqual({ base: '0', '9903.02.69': '0.2' });
  });

  it('leaves column 2 countries out of the reciprocal duty', () => {
    const result = on('BY', '2025-12-01');
    expect(applied(result)).toEqual({ base: '0.3' });
    expect(find(result, '9903.01.25').status).toBe('excluded');
  });
});

describe('section 122', () => {
  it('runs from 2026-02-24 through 2026-07-23, in both columns', () => {
    expect(applied(on('AU', '2026-02-24'))).toEqual({ base: '0', '9903.03.01': '0.1' });
    expect(applied(on('AU', '2026-07-23'))).toEqual({ base: '0', '9903.03.01': '0.1' });
    expect(applied(on('AU', '2026-07-24'))).toEqual({ base: '0', '9903.05.23': '0.125' });
    expect(applied(on('CU', '2026-05-01'))).toEqual({ base: '0.3', '9903.03.01': '0.1' });
  });

  it('is relieved by the USMCA but by no other agreement', () => {
    expect(applied(on('MX', '2026-05-01', { preference: 'S' }))).toEqual({ base: '0' });
    const korean = { ...BALL, special: ['KR'], general: '0.05' };
    expect(applied(on('KR', '2026-05-01', { preference: 'KR' }, korean))).toEqual({ base: '0', '9903.03.01': '0.1' });
  });

  it('lets goods afloat on 2026-02-24 in until 2026-02-27', () => {
    const afloat = { loaded_on: '2026-02-20' };
    expect(applied(on('AU', '2026-02-27', afloat))).toEqual({ base: '0' });
    expect(applied(on('AU', '2026-02-28', afloat))).toEqual({ base: '0', '9903.03.01': '0.1' });
  });

  it('is all that is collected on a postal item of up to 800 USD', () => {
    const goods = { ...BALL, general: '0.05' };
    const of = (value: string) => answer(goods, { origin: 'CN', as_of: '2026-05-01', value, facts: { postal: true } });
    expect(of('800').total).toMatchObject({ ad_valorem_rate: '0.1', amount: '80.00' });
    expect(of('801').total).toMatchObject({ ad_valorem_rate: '0.225' });
  });
});

describe('section 301 Brazil and forced labour', () => {
  it('adds one to the other, from 2026-07-22 and 2026-07-24', () => {
    expect(applied(on('BR', '2026-07-21'))).toEqual({ base: '0', '9903.03.01': '0.1' });
    expect(applied(on('BR', '2026-07-22'))).toEqual({ base: '0', '9903.05.01': '0.25', '9903.03.01': '0.1' });
    expect(applied(on('BR', '2026-07-24'))).toEqual({ base: '0', '9903.05.01': '0.25', '9903.05.27': '0.125' });
  });

  it('totals 10 % for the EU and Taiwan, 12.5 % for Japan, Korea and Switzerland', () => {
    const goods = { ...BALL, general: '0.048' };
    const of = (origin: string) => applied(on(origin, '2026-08-01', {}, goods));
    expect([of('FR'), of('TW')]).toEqual([
      { base: '0.048', '9903.05.39': '0.052' },
      { base: '0.048', '9903.05.76': '0.052' },
    ]);
    expect([of('JP')['9903.05.49'], of('KR')['9903.05.71'], of('CH')['9903.05.74']]).toEqual([
      '0.077',
      '0.077',
      '0.077',
    ]);
  });

  it('covers Hong Kong, adds in column 2 for Russia only, and leaves others alone', () => {
    expect(applied(on('HK', '2026-08-01'))).toEqual({ base: '0', '9903.05.43': '0.125' });
    expect(applied(on('RU', '2026-08-01'))).toEqual({ base: '0.3', '9903.05.66': '0.125' });
    expect(applied(on('BY', '2026-08-01'))).toEqual({ base: '0.3' });
    expect(applied(on('KE', '2026-08-01'))).toEqual({ base: '0' });
  });

  it('is relieved by the USMCA, which section 338 is not', () => {
    expect(applied(on('CA', '2026-09-01', { preference: 'S' }, { ...BALL, on: ['us.s338.dairy'] }))).toEqual({
      base: '0',
      '9903.03.13': '0.5',
    });
  });

  it('lets goods afloat on 2026-07-24 in for a week; after that the last day is not in the law at hand', () => {
    const afloat = { loaded_on: '2026-07-20' };
    expect(applied(on('IN', '2026-07-30', afloat))).toEqual({ base: '0' });
    expect(find(on('IN', '2026-07-31', afloat), '9903.05.44')).toMatchObject({
      status: 'undetermined',
      needs: ['law:in_transit_deadline'],
    });
  });

  it('does not pass the proposed exemption list off as the final one', () => {
    const result = on('IN', '2026-08-01', {}, { ...BALL, on: ['us.s301.forced-labor-exempt-proposed'] });
    expect(find(result, '9903.05.44').status).toBe('undetermined');
    expect(result.total.status).toBe('lower_bound');
  });

  it('has the rates of note 29(b) for Nicaragua, not the 0 % of the cell', () => {
    expect(applied(on('NI', '2026-12-31'))).toMatchObject({ '9903.89.01': '0' });
    expect(applied(on('NI', '2027-01-01'))).toMatchObject({ '9903.89.01': '0.1' });
    expect(applied(on('NI', '2028-01-01'))).toMatchObject({ '9903.89.01': '0.15' });
    expect(applied(on('NI', '2028-01-01', { preference: 'P' }))['9903.89.01']).toBeUndefined();
  });
});
