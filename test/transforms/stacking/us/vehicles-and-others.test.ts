import { describe, expect, it } from 'vitest';
import { answer, applied, find, type Goods } from './question.ts';

const on = (goods: Goods, origin: string, as_of: string, facts = {}) => answer(goods, { origin, as_of, facts });
const CAR: Goods = { code: '8703230190', general: '0.025', special: ['S', 'KR'] };
const PART: Goods = {
  code: '8708936000',
  general: '0.025',
  special: ['S'],
  on: ['us.s232.auto-parts', 'us.s232.mhd-parts'],
};

describe('automobiles (note 33)', () => {
  it('pays 25 % instead of the IEEPA duty, and of metals', () => {
    const result = on({ ...CAR, on: [{ list: 'us.s232.annex-1b', data: { metal: 'steel' } }] }, 'MX', '2026-05-01');
    expect(applied(result)).toEqual({ base: '0.025', '9903.94.01': '0.25' });
    expect(find(result, '9903.82.09').suppressed_by).toEqual({
      program: 'us.section-232.autos',
      heading: '9903.94.01',
      note: 'U.S. note 33(a)',
    });
    expect(applied(on(CAR, 'MX', '2025-06-01'))).toEqual({ base: '0.025', '9903.94.01': '0.25' });
  });

  it('counts approved U.S. content of a USMCA vehicle only', () => {
    expect(applied(on(CAR, 'MX', '2026-05-01', { preference: 'S', us_content_share: '0.4' }))).toEqual({
      base: '0',
      '9903.94.03': '0.15',
    });
    expect(applied(on(CAR, 'MX', '2026-05-01', { preference: 'S' }))).toEqual({ base: '0', '9903.94.01': '0.25' });
  });

  it('has the deals from their legal days, back-dated ones from the day they became known', () => {
    const rate = (origin: string, as_of: string, known = '2026-11-20') =>
      applied(answer(CAR, { origin, as_of, known }));
    expect(rate('DE', '2025-07-31')).toEqual({ base: '0.025', '9903.94.01': '0.25' });
    expect(rate('DE', '2025-08-01')).toEqual({ base: '0.025', '9903.94.51': '0.125' });
    expect(rate('DE', '2025-08-01', '2025-09-24')).toEqual({ base: '0.025', '9903.94.01': '0.25' });
    expect(rate('JP', '2025-09-16')).toEqual({ base: '0.025', '9903.94.41': '0.125' });
    expect(rate('KR', '2025-11-01')).toEqual({ base: '0.025', '9903.94.61': '0.125' });
  });

  it('gives British cars 7.5 % in the quota, offered when the quota is not declared', () => {
    expect(applied(on(CAR, 'GB', '2026-05-01', { in_quota: true }))).toEqual({ base: '0.025', '9903.94.31': '0.075' });
    const result = on(CAR, 'GB', '2026-05-01');
    expect(applied(result)).toEqual({ base: '0.025', '9903.94.01': '0.25' });
    expect(find(result, '9903.94.31')).toMatchObject({ status: 'available', needs: ['in_quota'] });
  });

  it('totals a Korean car over the special rate claimed', () => {
    expect(applied(on(CAR, 'KR', '2026-05-01', { preference: 'KR' }))).toEqual({ base: '0', '9903.94.61': '0.15' });
  });
});

describe('parts', () => {
  it('pays once though both lists name it', () => {
    const result = on(PART, 'CN', '2026-05-01');
    expect(applied(result)).toEqual({ base: '0.025', '9903.94.05': '0.25' });
    expect(find(result, '9903.74.08').suppressed_by?.heading).toBe('9903.94.05');
    expect(applied(on(PART, 'CN', '2026-05-01', { qualifying_article: 'mhdv_part' }))).toEqual({
      base: '0.025',
      '9903.74.08': '0.25',
    });
  });

  it('exempts USMCA parts, which then pay nothing else of the kind', () => {
    expect(applied(on(PART, 'MX', '2026-05-01', { preference: 'S' }))).toEqual({ base: '0' });
  });

  it('has the deals: UK 10 %, Taiwan 15 % from 2026-05-01', () => {
    expect(applied(on(PART, 'GB', '2026-05-01'))).toEqual({ base: '0.025', '9903.94.32': '0.075' });
    expect(applied(on(PART, 'TW', '2026-04-30'))).toEqual({ base: '0.025', '9903.94.05': '0.25' });
    expect(applied(on(PART, 'TW', '2026-05-01'))).toEqual({ base: '0.025', '9903.94.67': '0.125' });
  });

  it('does not take a computer for a part, but offers the claim; asks about a battery', () => {
    const computer = on({ code: '8471500150', on: ['us.s232.auto-parts'] }, 'CN', '2025-07-01');
    expect(find(computer, '9903.94.05')).toMatchObject({ status: 'available', needs: ['qualifying_article'] });
    expect(computer.total.status).toBe('complete');
    const battery = on({ code: '8507600090', on: ['us.s232.auto-parts'] }, 'VN', '2026-05-01');
    expect(find(battery, '9903.94.05')).toMatchObject({ status: 'undetermined', needs: ['qualifying_article'] });
    expect(
      applied(
        on({ code: '8507600090', on: ['us.s232.auto-parts'] }, 'VN', '2026-05-01', {
          qualifying_article: 'vehicle_part',
        }),
      ),
    ).toEqual({ base: '0', '9903.94.05': '0.25' });
  });

  it('has trucks at 25 % and buses at 10 % from 2025-11-01', () => {
    expect(applied(on({ code: '8704225100', general: '0.25' }, 'MX', '2025-11-01'))).toEqual({
      base: '0.25',
      '9903.74.01': '0.25',
    });
    expect(applied(on({ code: '8702103100', general: '0.02' }, 'MX', '2025-11-01'))).toEqual({
      base: '0.02',
      '9903.74.02': '0.1',
    });
    expect(applied(on({ code: '8702103100', general: '0.02' }, 'MX', '2025-10-31'))).toMatchObject({
      '9903.01.01': '0.25',
    });
  });
});

describe('wood (note 37)', () => {
  it('adds 10 % to lumber of any country, 25 % to cabinets but for the deals', () => {
    expect(applied(on({ code: '4407110001' }, 'CA', '2025-10-14'))).toEqual({ base: '0', '9903.76.01': '0.1' });
    const cabinet: Goods = { code: '9403409060', general: '0' };
    const rate = (origin: string, as_of = '2026-05-10') => applied(on(cabinet, origin, as_of));
    expect(rate('VN')).toEqual({ base: '0', '9903.76.03': '0.25' });
    expect(rate('GB')).toEqual({ base: '0', '9903.76.20': '0.1' });
    expect([rate('JP'), rate('IT'), rate('KR'), rate('TW')]).toEqual(
      ['9903.76.21', '9903.76.22', '9903.76.23', '9903.76.24'].map((heading) => ({ base: '0', [heading]: '0.15' })),
    );
    expect(rate('KR', '2025-11-13')).toMatchObject({ '9903.76.03': '0.25' });
  });

  it('applies the reciprocal duty where 9903.76.04 is claimed (note 2(v)(xiii))', () => {
    expect(applied(on({ code: '9403409060' }, 'VN', '2025-12-01', { qualifying_article: 'not_cabinet' }))).toEqual({
      base: '0',
      '9903.02.69': '0.2',
    });
  });
});

describe('semiconductors, pharmaceuticals, drones', () => {
  const chip: Goods = { code: '8471804000', footnotes: ['9903.88.03'], on: ['us.s232.semiconductors'] };
  it('charges semiconductors only when declared within the technical limits', () => {
    const open = on(chip, 'MY', '2026-02-01');
    expect(find(open, '9903.79.01')).toMatchObject({ status: 'undetermined', needs: ['qualifying_article'] });
    expect(applied(on(chip, 'DE', '2026-02-01', { qualifying_article: 'semiconductor' }))).toEqual({
      base: '0',
      '9903.79.01': '0.25',
    });
    expect(applied(on(chip, 'MY', '2026-02-01', { qualifying_article: 'none' }))).toEqual({
      base: '0',
      '9903.02.39': '0.19',
    });
    expect(applied(on(chip, 'MY', '2026-02-01', { qualifying_article: 'semiconductor_data_center' }))).toMatchObject({
      '9903.02.39': '0.19',
    });
  });

  it('totals patented pharmaceuticals at 100 %, 15 % or nothing', () => {
    const drug: Goods = { code: '3004909260', on: ['us.s232.pharma'] };
    const rate = (origin: string, kind: string) =>
      applied(on(drug, origin, '2026-08-01', { qualifying_article: kind }));
    expect(rate('IN', 'patented_pharmaceutical')).toEqual({ base: '0', '9903.04.60': '1' });
    expect(rate('IE', 'patented_pharmaceutical')).toEqual({ base: '0', '9903.04.62': '0.15' });
    expect(rate('GB', 'patented_pharmaceutical')).toEqual({ base: '0', '9903.04.63': '0' });
    expect(rate('IN', 'generic_drug')).toEqual({ base: '0', '9903.05.44': '0.1' });
    expect(on(drug, 'IN', '2026-08-01').total.status).toBe('lower_bound');
  });

  it('knows of the drone duty but not its rate, which is null and never 0', () => {
    const result = on({ code: '8806220000' }, 'CN', '2026-09-03');
    expect(find(result, '9903.08.20')).toMatchObject({ status: 'undetermined', rate: null, needs_review: true });
    expect(result.total.status).toBe('lower_bound');
  });
});
