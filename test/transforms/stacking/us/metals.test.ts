import { describe, expect, it } from 'vitest';
import { answer, applied, find, type Goods } from './question.ts';

const ALUMINUM: Goods = {
  code: '7601103000',
  general: '0.026',
  special: ['S', 'A'],
  footnotes: ['9903.91.01'],
  on: [{ list: 'us.s232.aluminum-chapter', data: { kind: 'mill' } }],
};
const STEEL: Goods = { code: '7208101500', on: [{ list: 'us.s232.steel-chapter', data: { kind: 'mill' } }] };
const ANNEX_1A: Goods = {
  code: '7606113030',
  general: '0.03',
  special: ['S'],
  on: [{ list: 'us.s232.annex-1a', data: { metal: 'aluminum' } }],
};
const CHAIR: Goods = { code: '9403200082', on: [{ list: 'us.s232.annex-1b', data: { metal: 'steel' } }] };
const MACHINE: Goods = {
  code: '8424899000',
  general: '0.018',
  on: [{ list: 'us.s232.annex-3', data: { metal: 'aluminum' } }],
};
const SHOVEL: Goods = { code: '8429521050', on: ['us.s232.annex-1c'] };
const DERIVATIVE: Goods = { code: '8537109170', on: ['fr:2025-15819/16(n)'] };

describe('Canada and Mexico: metals against the IEEPA duties', () => {
  it('before 2025-03-12 the metals exemption stands and only the IEEPA duty applies', () => {
    expect(applied(answer(STEEL, { origin: 'CA', as_of: '2025-03-11' }))).toEqual({ base: '0', '9903.01.10': '0.25' });
  });

  it('until 2025-06-03 EO 14289 keeps the IEEPA duty and drops the metals duty', () => {
    const result = answer(STEEL, { origin: 'CA', as_of: '2025-06-03' });
    expect(applied(result)).toEqual({ base: '0', '9903.01.10': '0.25' });
    expect(find(result, '9903.81.87').suppressed_by).toEqual({
      program: 'us.ieepa.fentanyl.canada',
      heading: '9903.01.10',
      note: 'Executive Order 14289',
    });
  });

  it('a USMCA entry bears no IEEPA duty, so the metals duty stands', () => {
    expect(applied(answer(ALUMINUM, { origin: 'MX', as_of: '2025-05-20', facts: { preference: 'S' } }))).toEqual({
      base: '0',
      '9903.85.02': '0.25',
    });
  });

  it('from 2025-06-04 it is the other way round', () => {
    const result = answer(STEEL, { origin: 'CA', as_of: '2025-06-04' });
    expect(applied(result)).toEqual({ base: '0', '9903.81.87': '0.5' });
    expect(find(result, '9903.01.10').suppressed_by?.note).toBe('U.S. notes 16 and 19(f)');
  });

  it('EO 14289 worked back to March, but nobody could know it before its publication', () => {
    const then = answer(STEEL, { origin: 'CA', as_of: '2025-04-15', known: '2025-04-15' });
    expect(applied(then)).toEqual({ base: '0', '9903.81.87': '0.25', '9903.01.10': '0.25' });
    const now = answer(STEEL, { origin: 'CA', as_of: '2025-04-15' });
    expect(applied(now)).toEqual({ base: '0', '9903.01.10': '0.25' });
  });
});

describe('metals from 2025-03-12 to 2026-04-05', () => {
  it('doubles on 2025-06-04 except for the United Kingdom', () => {
    const on = (origin: string, as_of: string) => applied(answer(ALUMINUM, { origin, as_of }));
    expect(on('GB', '2025-06-03')).toMatchObject({ '9903.85.02': '0.25' });
    expect(on('GB', '2025-06-04')).toMatchObject({ '9903.85.12': '0.25' });
    expect(on('DE', '2025-06-04')).toMatchObject({ '9903.85.02': '0.5' });
  });

  it('takes metal content as a part of the value; the rest bears the reciprocal duty (note 2(v)(vii))', () => {
    const result = answer(DERIVATIVE, {
      origin: 'DE',
      as_of: '2025-10-01',
      value: '1000',
      facts: { metal_content_value: '400' },
    });
    expect(applied(result)).toEqual({ base: '0', '9903.81.91': '0.2', '9903.02.20': '0.09' });
    expect(result.total).toMatchObject({ status: 'complete', ad_valorem_rate: '0.29', amount: '290.00' });
  });

  it('says so when the content of a derivative is not declared', () => {
    const result = answer(DERIVATIVE, { origin: 'DE', as_of: '2025-10-01', value: '1000' });
    expect(find(result, '9903.81.91')).toMatchObject({
      status: 'undetermined',
      needs: ['metal_content_value'],
      rate: null,
    });
    expect(find(result, '9903.02.20').status).toBe('undetermined');
    expect(result.total).toMatchObject({ status: 'lower_bound', missing: ['metal_content_value'] });
  });

  it('lets the 200 % on Russian aluminum stand alone in its family, on a column 2 base', () => {
    const result = answer({ ...ALUMINUM, column2: '0.185' }, { origin: 'RU', as_of: '2025-07-01' });
    expect(applied(result)).toEqual({ base: '0.185', '9903.85.67': '2' });
  });
});

describe('metals from 2026-04-06 (note 16)', () => {
  const on = (goods: Goods, origin: string, facts = {}, as_of = '2026-05-10') =>
    answer(goods, { origin, as_of, facts });

  it('starts on the day and leaves nothing of the old headings', () => {
    const both = {
      ...ANNEX_1A,
      on: [...(ANNEX_1A.on ?? []), { list: 'us.s232.aluminum-chapter', data: { kind: 'mill' } }],
    };
    expect(applied(on(both, 'DE', {}, '2026-04-05'))).toMatchObject({ '9903.85.02': '0.5' });
    expect(applied(on(both, 'DE', {}, '2026-04-06'))).toEqual({ base: '0.03', '9903.82.02': '0.5' });
  });

  it('is suppressed for nothing by a USMCA rate, which only takes the base away (note 16(b))', () => {
    expect(applied(on(ANNEX_1A, 'CA', { preference: 'S' }))).toEqual({ base: '0', '9903.82.02': '0.5' });
  });

  it('gives the authorised quantities of Canada and Mexico 25 % on claim, from 2026-04-23', () => {
    const facts = { preference: 'S', declared_heading: '9903.82.19' };
    expect(applied(on(ANNEX_1A, 'CA', facts))).toEqual({ base: '0', '9903.82.19': '0.25' });
    expect(applied(on(ANNEX_1A, 'CA', facts, '2026-04-22'))).toEqual({ base: '0', '9903.82.02': '0.5' });
    expect(applied(on(ANNEX_1A, 'CA', { declared_heading: '9903.82.19' }))).toMatchObject({ '9903.82.02': '0.5' });
    expect(applied(on(ANNEX_1A, 'DE', facts))).toMatchObject({ '9903.82.02': '0.5' });
  });

  it('presumes the metal of a British product British unless the declarant says otherwise (note 16(d))', () => {
    const result = on(ANNEX_1A, 'GB');
    expect(applied(result)).toEqual({ base: '0.03', '9903.82.04': '0.25' });
    expect(find(result, '9903.82.04').needs).toEqual(['metal_smelted_in']);
    expect(applied(on(ANNEX_1A, 'GB', { metal_smelted_in: 'other' }))).toEqual({ base: '0.03', '9903.82.02': '0.5' });
    expect(applied(on(CHAIR, 'GB'))).toEqual({ base: '0', '9903.82.05': '0.15' });
  });

  it('lets an article with little metal out on declaration, and the surcharge in', () => {
    expect(applied(on(CHAIR, 'DE'))).toEqual({ base: '0', '9903.82.09': '0.25' });
    expect(applied(on(CHAIR, 'DE', { metal_weight_share: '0.1499' }))).toEqual({ base: '0', '9903.03.01': '0.1' });
    expect(applied(on(CHAIR, 'DE', { metal_weight_share: '0.15' }))).toEqual({ base: '0', '9903.82.09': '0.25' });
    expect(applied(on(CHAIR, 'DE', { declared_heading: '9903.82.01' }))).toEqual({ base: '0', '9903.03.01': '0.1' });
  });

  it('offers that relief, naming the fact, and never inside chapters 72, 73, 74 and 76', () => {
    expect(find(on(CHAIR, 'DE'), '9903.82.03')).toMatchObject({
      status: 'available',
      needs: ['metal_weight_share'],
      rate: null,
    });
    expect(applied(on(ANNEX_1A, 'DE', { metal_weight_share: '0.01' }))).toMatchObject({ '9903.82.02': '0.5' });
  });

  it('raises annex III to a total of 15 %, but adds 25 % in column 2', () => {
    expect(applied(on(MACHINE, 'DE'))).toEqual({ base: '0.018', '9903.82.10': '0.132' });
    expect(applied(on(MACHINE, 'BY'))).toMatchObject({ base: '0.35', '9903.82.12': '0.25' });
    expect(applied(on({ ...MACHINE, general: '0.2' }, 'DE'))).toEqual({ base: '0.2', '9903.82.11': '0' });
  });

  it('gives articles of U.S. metal 10 % and a total of 10 %', () => {
    expect(applied(on(CHAIR, 'DE', { metal_smelted_in: 'US' }))).toEqual({ base: '0', '9903.82.06': '0.1' });
    expect(applied(on(MACHINE, 'DE', { metal_smelted_in: 'US' }))).toEqual({ base: '0.018', '9903.82.07': '0.082' });
  });

  it('has the mobile machinery of 2026-06-08: total 15 % for the deal countries, +25 % for others', () => {
    expect(applied(on(SHOVEL, 'JP', {}, '2026-07-30'))).toMatchObject({ '9903.82.22': '0.15' });
    expect(applied(on(SHOVEL, 'CN', {}, '2026-07-30'))).toMatchObject({ '9903.82.09': '0.25' });
  });

  it('keeps Russian steel at 50 % and aluminum at 200 %, which forced-labour duty comes on top of', () => {
    const steel = { code: '7208101500', column2: '0.2', on: [{ list: 'us.s232.annex-1a', data: { metal: 'steel' } }] };
    expect(applied(on(steel, 'RU', {}, '2026-08-01'))).toEqual({ base: '0.2', '9903.82.14': '0.5' });
    const aluminum = { ...ANNEX_1A, column2: '0.135' };
    expect(applied(on(aluminum, 'RU', {}, '2026-08-01'))).toEqual({
      base: '0.135',
      '9903.05.66': '0.125',
      '9903.85.67': '2',
    });
  });

  it('leaves a programme open whose list is not loaded, and says which', () => {
    const result = answer({ code: '9506624040', missing: ['us.s232.annex-1a'] }, { origin: 'DE', as_of: '2026-05-10' });
    expect(find(result, '9903.82.02')).toMatchObject({ status: 'undetermined', needs: ['list:us.s232.annex-1a'] });
    expect(result.total.status).toBe('lower_bound');
    expect(result.coverage).toContainEqual({
      family: 'section-232',
      status: 'partial',
      reason: 'product lists not loaded: us.s232.annex-1a',
      data_as_of: null,
    });
  });
});
