import { describe, expect, it } from 'vitest';
import { footnoteHeadings } from '../../../../transforms/stacking/us/base-line.ts';
import { footnoteRefs } from '../../../../transforms/us/footnote-refs.ts';
import { answer, applied, find } from './question.ts';

/** Goods of a line that several lists name: what is taken out, by whom, and what stays open. */

describe('relief from the reciprocal floor', () => {
  const aircraft = {
    code: '8802400100',
    on: [{ list: 'us.ieepa.floor-exempt.eu', data: { category: 'civil_aircraft' } }],
  };
  const korean = {
    code: '8802400100',
    on: [{ list: 'us.ieepa.floor-exempt.kr', data: { category: 'civil_aircraft' } }],
  };
  const claimed = { qualifying_article: 'civil_aircraft' };

  it('takes the goods out of 9903.01.25 too, which excepts 9903.02.02-.91 by its own words', () => {
    const german = { origin: 'DE', facts: claimed };
    expect(applied(answer(aircraft, { ...german, as_of: '2025-09-01' }))).toEqual({ base: '0' });
    // The order of 2025-09-05 works back to 2025-09-01, not to August.
    expect(applied(answer(aircraft, { ...german, as_of: '2025-08-31' }))).toEqual({ base: '0', '9903.02.20': '0.15' });
    expect(applied(answer(korean, { origin: 'KR', as_of: '2025-11-14', facts: claimed }))).toEqual({ base: '0' });
  });

  it('is theirs alone', () => {
    const moroccan = answer(aircraft, { origin: 'MA', as_of: '2025-12-01', facts: claimed });
    expect(applied(moroccan)).toEqual({ base: '0', '9903.01.25': '0.1' });
  });

  it('is offered once, by the floor', () => {
    const open = answer(aircraft, { origin: 'DE', as_of: '2025-12-01' });
    expect(open.components.filter((part) => part.status === 'available').map((part) => part.heading)).toEqual([
      '9903.02.76',
    ]);
  });
});

describe('exceptions from the duty on Brazil (note 2(x))', () => {
  const AIRCRAFT = { list: 'fr:EO-2025-11-20/annex-i', data: { condition: 'civil-aircraft-use' } };
  const hose = { code: '3917210000', on: ['us.ieepa.brazil-exempt', AIRCRAFT] };

  it('are for articles of civil aircraft as such, not for the line (2(x)(iv))', () => {
    const entry = { origin: 'BR', as_of: '2025-09-01' };
    expect(applied(answer(hose, entry))).toMatchObject({ '9903.01.77': '0.4' });
    expect(applied(answer(hose, { ...entry, facts: { qualifying_article: 'civil_aircraft' } }))).not.toHaveProperty(
      '9903.01.77',
    );
  });

  it('are for whole lines where the list says so, and for described articles on claim (2(x)(iii))', () => {
    const coffee = { code: '0901110015', on: ['us.ieepa.brazil-exempt', 'us.ieepa.annex-ii'] };
    expect(applied(answer(coffee, { origin: 'BR', as_of: '2025-11-13' }))).toEqual({ base: '0' });
    const acai = { code: '2106909998', on: ['us.ieepa.brazil-exempt'] };
    const entry = { origin: 'BR', as_of: '2025-11-13' };
    expect(applied(answer(acai, entry))).toMatchObject({ '9903.01.77': '0.4', '9903.02.09': '0.1' });
    expect(applied(answer(acai, { ...entry, facts: { qualifying_article: 'described_article' } }))).toEqual({
      base: '0',
    });
  });

  it('stay open while the annex that tells them apart is not held', () => {
    const open = answer(
      { ...hose, on: ['us.ieepa.brazil-exempt'], missing: ['fr:EO-2025-11-20/annex-i'] },
      {
        origin: 'BR',
        as_of: '2025-09-01',
      },
    );
    expect(find(open, '9903.01.77').status).toBe('undetermined');
    expect(open.total.status).toBe('lower_bound');
  });
});

describe('section 122 on articles of metal', () => {
  const tube = {
    code: '7608200030',
    general: '0.057',
    on: [{ list: 'us.s232.aluminum-chapter', data: { kind: 'mill' } }],
  };
  const can = { code: '2203000030' };

  it('was due on what is not metal until 2026-04-05 (Proclamation 11012, Annex I)', () => {
    const entry = { origin: 'DE', value: '1000', facts: { metal_content_value: '250' } };
    const before = answer(can, { ...entry, as_of: '2026-04-05' });
    expect(applied(before)).toEqual({ base: '0', '9903.85.08': '0.125', '9903.03.01': '0.075' });
    expect(before.total).toMatchObject({ ad_valorem_rate: '0.2', amount: '200.00' });
    expect(applied(answer(tube, { origin: 'DE', as_of: '2026-04-05' }))).toEqual({
      base: '0.057',
      '9903.85.02': '0.5',
    });
  });

  it('is not due on listed articles since, whatever their content (note 2(aa)(v)(1))', () => {
    const annexed = { ...tube, on: [{ list: 'us.s232.annex-1a', data: { metal: 'aluminum' } }] };
    expect(applied(answer(annexed, { origin: 'DE', as_of: '2026-04-06' }))).toEqual({
      base: '0.057',
      '9903.82.02': '0.5',
    });
  });
});

describe('aluminum derivatives', () => {
  it('include beer in cans from 2025-04-04', () => {
    const beer = { code: '2203000030' };
    expect(answer(beer, { origin: 'DE', as_of: '2025-04-03' }).total.status).toBe('complete');
    const open = answer(beer, { origin: 'DE', as_of: '2025-04-04' });
    expect(find(open, '9903.85.08')).toMatchObject({ status: 'undetermined', needs: ['metal_content_value'] });
  });

  it('bear the duty of 9903.85.04 in full on stampings of heading 8708 (note 19(h))', () => {
    const stamping = {
      code: '8708103020',
      on: [{ list: 'us.s232.aluminum-derivative', data: { heading: '99038504' } }],
    };
    const result = answer(stamping, {
      origin: 'CH',
      as_of: '2025-03-12',
      value: '1000',
      facts: { metal_content_value: '1' },
    });
    expect(applied(result)).toEqual({ base: '0', '9903.85.04': '0.25' });
  });

  it('are those of both the first notice and the last print of note 19(k)', () => {
    const first = { list: 'us.s232.aluminum-derivative', data: { heading: '99038508' } };
    const last = 'fr:2026HTSRev6 note 19/19(k)';
    const entry = { origin: 'MX', as_of: '2025-06-20' };
    // 8481.90.9020 is under the eight digits of the first list, not among the ten of the law.
    expect(applied(answer({ code: '8481909020', on: [first] }, entry))).toEqual({ base: '0', '9903.01.01': '0.25' });
    expect(find(answer({ code: '8481909060', on: [first, last] }, entry), '9903.85.08').status).toBe('undetermined');
    expect(applied(answer({ code: '8418100010', on: [last] }, entry))).toEqual({ base: '0', '9903.01.01': '0.25' });
  });
});

describe('a lower bound', () => {
  it('leaves out what another open duty would take off', () => {
    // An automobile part of Canada bears 25 % instead of 35 %: whether it is one is not said.
    const motor = { code: '8501324500', on: ['us.s232.auto-parts'] };
    const entry = { origin: 'CA', as_of: '2025-09-01' };
    const open = answer(motor, entry);
    expect(open.total).toMatchObject({ status: 'lower_bound', ad_valorem_rate: '0', missing: ['qualifying_article'] });
    expect(find(open, '9903.01.10').reason).toContain('9903.94.05');
    expect(answer(motor, { ...entry, facts: { qualifying_article: 'vehicle_part' } }).total.ad_valorem_rate).toBe(
      '0.25',
    );
    expect(answer(motor, { ...entry, facts: { qualifying_article: 'none' } }).total.ad_valorem_rate).toBe('0.35');
  });

  it('holds when the open duty takes only the metal content off', () => {
    const hinge = { code: '8302106030', on: ['fr:2025-15819/19(k)'] };
    const open = answer(hinge, { origin: 'VN', as_of: '2025-09-01' });
    expect(open.total).toMatchObject({ status: 'lower_bound', ad_valorem_rate: '0', missing: ['metal_content_value'] });
  });
});

describe('informational materials', () => {
  const print = { code: '4911914040' };
  it('may be any print or picture: the emergency duties are open until it is said', () => {
    const entry = { origin: 'DE', as_of: '2025-09-01' };
    expect(find(answer(print, entry), '9903.02.20')).toMatchObject({
      status: 'undetermined',
      needs: ['informational_materials'],
    });
    expect(applied(answer(print, { ...entry, facts: { informational_materials: true } }))).toEqual({ base: '0' });
    expect(applied(answer(print, { ...entry, facts: { informational_materials: false } }))).toEqual({
      base: '0',
      '9903.02.20': '0.15',
    });
  });
});

describe('metals of Mexico before 2025-03-12', () => {
  const slab = { code: '7208101500', on: [{ list: 'us.s232.steel-chapter', data: { kind: 'mill' } }] };
  const ingot = {
    code: '7601103000',
    general: '0.026',
    on: [{ list: 'us.s232.aluminum-chapter', data: { kind: 'mill' } }],
  };
  const on = (goods: Parameters<typeof answer>[0], metal_smelted_in?: string) =>
    answer(goods, {
      origin: 'MX',
      as_of: '2025-03-03',
      facts: metal_smelted_in === undefined ? {} : { metal_smelted_in },
    });

  it('were free when the metal was of North America (9903.81.85, 9903.85.71), which has to be said', () => {
    expect(on(slab).total).toMatchObject({ status: 'lower_bound', missing: ['metal_smelted_in'] });
    expect(applied(on(slab, 'CA'))).toEqual({ base: '0' });
    expect(applied(on(slab, 'BR'))).toEqual({ base: '0', '9903.81.85': '0.25' });
    expect(applied(on(ingot, 'CN'))).toEqual({ base: '0.026', '9903.85.71': '0.1' });
    expect(applied(on(ingot, 'BR'))).toEqual({ base: '0.026' });
    // One heading for one article: Russian metal bears the 200 %.
    expect(applied(on(ingot, 'RU'))).toEqual({ base: '0.026', '9903.85.67': '2' });
  });
});

describe('leather of Japan', () => {
  const hide = { code: '4104113030', footnotes: ['9903.41.05'] };
  it('is footnoted 9903.41.05 with 40 %: open, a lower bound, and the answer says why', () => {
    const result = answer(hide, { origin: 'JP', as_of: '2026-05-10' });
    expect(find(result, '9903.41.05')).toMatchObject({ status: 'undetermined', expression: '40%', needs_review: true });
    expect(result.total).toMatchObject({ status: 'lower_bound', missing: ['law:japan_leather'] });
    expect(result.coverage).toMatchObject([
      { family: 'section-301', status: 'partial' },
      { family: 'section-122', status: 'partial' },
    ]);
    const italian = answer(hide, { origin: 'IT', as_of: '2026-02-23' });
    expect([italian.coverage, italian.components.filter((part) => part.family === 'section-301')]).toEqual([[], []]);
  });

  it('adds to the base duty when the importer declares the heading (U.S. note 3)', () => {
    const paid = answer(
      { ...hide, general: '0.05' },
      { origin: 'JP', as_of: '2025-03-01', facts: { declared_heading: '9903.41.05' } },
    );
    expect(applied(paid)).toEqual({ base: '0.05', '9903.41.05': '0.4' });
  });
});

describe('agricultural safeguards (subchapter IV)', () => {
  const cheese = { code: '0406101800', footnotes: ['9904.04.50'] };
  it('make the total of an over-quota line a lower bound and say so, but not for countries of its note 1', () => {
    const french = answer(cheese, { origin: 'FR', as_of: '2025-03-01' });
    expect(french.total.status).toBe('lower_bound');
    expect(french.coverage).toMatchObject([{ family: 'agricultural-safeguard', status: 'partial' }]);
    expect(answer(cheese, { origin: 'KR', as_of: '2025-03-01' })).toMatchObject({
      total: { status: 'complete' },
      coverage: [],
    });
    expect(answer({ code: '0406101800' }, { origin: 'FR', as_of: '2025-03-01' }).total.status).toBe('complete');
  });

  it('are footnoted as ranges, which stand by their first number', () => {
    const refs = footnoteRefs('See subheadings 9904.04.50-9904.05.01. ');
    expect(
      footnoteHeadings([{ code: '04061018', footnotes: [{ columns: ['desc'], refs }] }]).map(({ heading }) => heading),
    ).toEqual(['99040450']);
  });
});

describe('section 122 after the Court of International Trade held it unlawful', () => {
  it('is marked for review from 2026-05-07, and known only then', () => {
    const on = (as_of: string, known?: string) =>
      find(
        answer({ code: '8471300100' }, { origin: 'DE', as_of, ...(known === undefined ? {} : { known }) }),
        '9903.03.01',
      );
    expect(on('2026-05-06')).toMatchObject({ status: 'applied', needs_review: false });
    expect(on('2026-05-07')).toMatchObject({ status: 'applied', rate: '0.1', needs_review: true });
    expect(on('2026-05-07', '2026-05-06').needs_review).toBe(false);
  });
});
