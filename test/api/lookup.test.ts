import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FastifyInstance } from 'fastify';
import { lookupAnswer } from '../../api/schemas/lookup.ts';
import { apiOn, clock, problemOf, read } from '../support/api.ts';
import { testDatabase } from '../support/database.ts';
import { loadHts } from '../support/hts-mirror.ts';

const database = await testDatabase();
let app: FastifyInstance;
beforeAll(async () => {
  await loadHts(database, { clock });
  app = await apiOn(database);
});
afterAll(() => app.close());

const lookup = (query: string) => read(app, `/api/v1/lookup?${query}`, lookupAnswer);
const refused = async (query: string) => problemOf(await app.inject(`/api/v1/lookup?${query}`));

describe('GET /lookup', () => {
  it('gives a line with its ancestors, lines without a code included, in order', async () => {
    const { data } = await lookup('code=6109100012');
    expect(data).toMatchObject({
      code: '6109100012',
      formatted: '6109.10.00.12',
      jurisdiction: 'US',
      printed: true,
      declarable: true,
      description: "Men's (338)",
      units: ['doz.', 'kg'],
      chapter: { code: '61', title: 'Apparel and clothing accessories; knitted or crocheted' },
      section: { number: 11, numeral: 'XI', title: 'Textiles and textile articles' },
      children: [],
    });
    expect(data.ancestors.map(({ formatted, description }) => formatted ?? description)).toEqual([
      '6109',
      '6109.10.00',
      "Men's or boys':",
      'Other T-shirts:',
    ]);
  });

  it('gives rates as printed and parsed, with the code they are inherited from', async () => {
    const { data } = await lookup('code=6109.10.00.12');
    const rates = new Map(data.rates.map((rate) => [rate.column, rate]));
    expect([...rates.keys()]).toEqual(['general', 'special', 'column-2']);
    expect(rates.get('general')).toMatchObject({
      expression: '16.5%',
      duty: { op: 'ad_valorem', rate: '0.165' },
      ad_valorem_rate: '0.165',
      code: '61091000',
      formatted: '6109.10.00',
      inherited_from: '61091000',
      implied: null,
    });
    expect(rates.get('special')?.programmes).toContain('KR');
    expect(rates.get('special')).toMatchObject({
      expression: 'Free (AU,BH,CL,CO,IL,JO,KR,MA,OM,P,PA,PE,S,SG)',
      ad_valorem_rate: '0',
    });
    expect(rates.get('column-2')).toMatchObject({ expression: '90%' });
    const eight = (await lookup('code=61091000')).data;
    expect(eight.rates.map((rate) => rate.inherited_from)).toEqual([null, null, null]);
  });

  it('inherits column by column: a column 2 rate printed below takes nothing from the other columns', async () => {
    const { data } = await lookup('code=9006.59.15.20');
    expect(data.rates.map(({ column, expression, inherited_from }) => [column, expression, inherited_from])).toEqual([
      ['general', '3.9%', '90065915'],
      ['special', 'Free (A,AU,S)', '90065915'],
      ['column-2', '20%', null],
    ]);
    // The cell of the line above holds a blank: no rate, not a rate of nothing.
    const above = (await lookup('code=90065915')).data;
    expect(above.rates.map((rate) => rate.column)).toEqual(['general', 'special']);
  });

  it('says that a blank special column beside a Free general rate means free', async () => {
    const { data } = await lookup('code=0101.21.00.10');
    const special = data.rates.find((rate) => rate.column === 'special');
    expect(special).toMatchObject({
      expression: null,
      duty: { op: 'free' },
      ad_valorem_rate: '0',
      inherited_from: '01012100',
    });
    expect(special?.implied).toMatch(/general rate is Free/);
    // A blank special column beside a rate is no preference.
    const without = (await lookup('code=8712001510')).data.rates.find((rate) => rate.column === 'special');
    expect(without?.implied).toBeNull();
  });

  it('gives a specific rate no ad valorem figure, and a rate that cannot be computed neither', async () => {
    const wine = (await lookup('code=22041000')).data.rates[0];
    expect(wine).toMatchObject({ expression: '19.8¢/liter', duty: { op: 'specific' }, ad_valorem_rate: null });
    const extra = (await lookup('code=99038815')).data.rates[0];
    expect(extra?.ad_valorem_rate).toBeNull();
  });

  it('gives children, nested below a line without a code', async () => {
    const { data } = await lookup('code=0101');
    expect(data).toMatchObject({ printed: true, declarable: false, rates: [] });
    const [horses, asses, other] = data.children;
    expect(horses).toMatchObject({ code: null, formatted: null, description: 'Horses:', has_children: true });
    expect(horses?.children.map((child) => [child.formatted, child.has_children, child.children])).toEqual([
      ['0101.21.00', true, []],
      ['0101.29.00', true, []],
    ]);
    expect([asses?.formatted, asses?.has_children, other?.formatted, other?.has_children]).toEqual([
      '0101.30.00.00',
      false,
      '0101.90',
      true,
    ]);
  });

  it('answers for prefixes that exist without being printed', async () => {
    const subheading = (await lookup('code=6109.10')).data;
    expect(subheading).toMatchObject({
      printed: false,
      declarable: false,
      description: null,
      item_id: null,
      rates: [],
      valid_from: null,
    });
    expect(subheading.children.map((child) => child.formatted)).toEqual(['6109.10.00']);
    expect(subheading.ancestors.map((line) => line.formatted)).toEqual(['6109']);

    const chapter = (await lookup('code=84')).data;
    expect(chapter).toMatchObject({
      printed: false,
      chapter: { title: 'Machinery and mechanical appliances, boilers; parts thereof' },
    });
    expect(chapter.children.map((child) => child.formatted)).toEqual(['8471']);

    const heading = (await lookup('code=2501')).data;
    expect(heading.printed).toBe(false);
    expect(heading.children.map((child) => child.formatted)).toEqual(['2501.00.00.00']);

    // All lines below 0101.21 stand under 'Horses:', and so does the prefix.
    const horses = (await lookup('code=010121')).data;
    expect(horses.ancestors.map((line) => line.description)).toEqual([
      'Live horses, asses, mules and hinnies:',
      'Horses:',
    ]);
  });

  it('leaves out titles that the Harmonized System does not have for a chapter of the tariff', async () => {
    const { data } = await lookup('code=9903.88.15');
    expect(data.chapter).toEqual({ code: '99', title: null });
    expect(data.section).toBeNull();
  });

  it('gives footnotes of the line and of those above, with the numbers they point to', async () => {
    const { data } = await lookup('code=6109100012');
    expect(data.footnotes).toEqual([
      {
        code: '61091000',
        columns: ['general'],
        marker: null,
        text: 'See 9903.88.15.',
        refs: [{ code: '99038815', formatted: '9903.88.15' }],
      },
    ]);
  });

  it('keeps what else is printed, and turns units [""] into none', async () => {
    expect((await lookup('code=1701141000')).data.attributes).toEqual({
      quota_quantity: '1,117,195 metric tons raw value',
      additional_duties: 'See 9904.17.01',
    });
    expect((await lookup('code=2501000000')).data.units).toEqual([]);
  });

  it.each(['6109.10.00.12', '6109 10 00 12', '6109100012', '6109.1000.12'])(
    'takes %s for the same code',
    async (code) => {
      expect((await lookup(`code=${encodeURIComponent(code)}`)).data.code).toBe('6109100012');
    },
  );

  it('cites releases with their bytes, and the version it answers from', async () => {
    const { data, meta } = await lookup('code=0101300000');
    expect(meta.dataset_version).toBe(4);
    expect(meta.as_of).toBe('2025-03-20');
    const rate = data.rates.find(({ column }) => column === 'general');
    const cited = meta.sources.find((source) => source.release === rate?.release);
    expect(cited).toMatchObject({ id: 'us.htsus', label: '2025HTSRev1', effective_date: '2025-02-04' });
    expect(cited?.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(cited?.url).toMatch(/^https:\/\/www\.usitc\.gov\//);
    // The newest release is always cited: it says that nothing has changed since.
    expect(meta.sources.map((source) => source.label)).toContain('2025HTSRev2');
  });

  it('looks up the Harmonized System itself', async () => {
    const { data } = await lookup('code=610910&jurisdiction=XX');
    expect(data).toMatchObject({
      printed: true,
      rates: [],
      description: 'T-shirts, singlets and other vests; of cotton, knitted or crocheted',
    });
  });
});

describe('GET /lookup, refused', () => {
  const FORM = '2 to 10 digits, dots optional (8471, 8471.30, 8471.30.01.00)';

  it.each([
    ['code=abc', 'code', FORM],
    ['code=84713001001', 'code', FORM],
    ['code=8', 'code', FORM],
    ['code=', 'code', FORM],
    ['', 'code', FORM],
    ['code=8471&code=8472', 'code', `given once: ${FORM}`],
    ["code=8471'%20or%201=1", 'code', FORM],
    ['code=8471&as_of=2026-13-01', 'as_of', 'a calendar date YYYY-MM-DD'],
    ['code=8471&as_of=2025-02-29', 'as_of', 'a calendar date YYYY-MM-DD'],
    ['code=8471&as_of=yesterday', 'as_of', 'a calendar date YYYY-MM-DD'],
    ['code=8471&as_of=0000-01-01', 'as_of', 'a calendar date YYYY-MM-DD'],
    ['code=8471&jurisdiction=ZZ', 'jurisdiction', 'one of US, EU, GB, NO, CA, XX'],
    ['code=8471&jurisdiction=DE', 'jurisdiction', 'one of US, EU, GB, NO, CA, XX; the tariff of DE is that of the EU'],
    [
      'code=8471&known_at=2025-01-01T25:00:00Z',
      'known_at',
      'an instant YYYY-MM-DDTHH:MM:SSZ in UTC, or a date for its beginning',
    ],
    ['code=8471&known_at=2025-03-21', 'known_at', 'an instant up to now (2025-03-20T12:00:00.000Z)'],
    ['code=8471&origin=CN', 'origin', 'unknown; accepted are code, jurisdiction, as_of, known_at'],
  ])('%s: 400 naming %s', async (query, field, message) => {
    const body = await refused(query);
    expect(body).toMatchObject({ status: 400, code: 'invalid-request', errors: [{ field, message }] });
    expect(body.detail).not.toBe('');
  });

  it('names every field that is wrong at once', async () => {
    const body = await refused('code=abc&as_of=2026-13-01&jurisdiction=ZZ&x=1');
    expect(body.errors.map(({ field }) => field)).toEqual(['code', 'jurisdiction', 'as_of', 'x']);
  });

  it.each([
    ['6109100099', '61091000'],
    ['6109999999', '6109'],
    ['0102', '01'],
    ['5001', null],
  ])('%s: 404 with the nearest ancestor that exists', async (code, nearest) => {
    const body = await refused(`code=${code}`);
    expect(body).toMatchObject({ status: 404, code: 'code-not-found' });
    expect(body['nearest_ancestor']).toEqual(
      nearest === null ? null : { code: nearest, formatted: nearest.length > 4 ? '6109.10.00' : nearest },
    );
    if (nearest !== null) expect((await lookup(`code=${nearest}`)).data.code).toBe(nearest);
  });

  it('finds no line that has ended, and names what is left of its code', async () => {
    expect((await lookup('code=0101210020&as_of=2025-02-03')).data.printed).toBe(true);
    expect(await refused('code=0101210020&as_of=2025-02-04')).toMatchObject({
      code: 'code-not-found',
      nearest_ancestor: { code: '01012100' },
    });
  });

  it('404 for a tariff that is not loaded', async () => {
    expect(await refused('code=8471&jurisdiction=GB')).toMatchObject({
      status: 404,
      code: 'not-loaded',
      sources: ['gb.tariff'],
    });
  });

  it('404 for a date before the first that the source speaks of', async () => {
    expect(await refused('code=8471&as_of=2024-12-31')).toMatchObject({
      status: 404,
      code: 'not-covered-at-date',
      first_date: '2025-01-01',
      errors: [{ field: 'as_of', message: 'a date from 2025-01-01 on' }],
    });
  });

  it('404 for an instant before the first publication', async () => {
    expect(await refused('code=8471&known_at=2024-12-30')).toMatchObject({
      status: 404,
      code: 'not-known-yet',
      first_known_at: '2024-12-31T00:00:00.000Z',
    });
  });
});
