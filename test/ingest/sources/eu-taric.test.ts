import { describe, expect, it } from 'vitest';
import { openMirror } from '../../../ingest/fetch/mirror.ts';
import type { Issue } from '../../../ingest/source.ts';
import { listingUrl } from '../../../ingest/sources/eu-taric/folders.ts';
import { euTaric } from '../../../ingest/sources/eu-taric.ts';
import { loadEdition } from '../../support/edition-load.ts';
import { DUTY_HEADER, dutyRow, euMonth } from '../../support/eu-month.ts';
import { writeMirror } from '../../support/mirror-folder.ts';
import { collect, edition } from '../../support/source-run.ts';

/** A month of one chapter is an excerpt in every family; that is tested once and left out of the other expectations. */
const load = async (given: Parameters<typeof euMonth>[0] = {}) => {
  const loaded = await loadEdition(euTaric, edition('2026-06', '2026-06-01'), euMonth(given));
  return {
    ...loaded,
    issues: loaded.issues.filter((issue) => issue.code !== 'family-incomplete'),
    incomplete: loaded.issues.filter((issue) => issue.code === 'family-incomplete'),
  };
};
const codes = (issues: readonly Issue[]) => issues.map((issue) => issue.code);

describe('eu.taric, nomenclature', () => {
  it('keeps suffix lines as texts without a code and reads indents into a tree', async () => {
    const { goods, issues } = await load();
    expect(goods.get('0101210000-10')).toMatchObject({
      code: null,
      item_id: '0101210000',
      declarable: false,
      depth: 2,
    });
    expect(goods.get('0101210000-80')).toMatchObject({
      code: '010121',
      parent_key: '0101210000-10',
      declarable: true,
      description: 'Of a weight of 80 kg\nor less',
      valid_from: '2012-01-01',
      valid_to: null,
    });
    expect(issues).toEqual([]);
  });

  it('keeps the line in force of a code that gets another meaning next year', async () => {
    const { goods, issues } = await load({
      nomenclature: [
        [
          'Goods code',
          'Start date',
          'End date',
          'Language',
          'Hier. Pos.',
          'Indent',
          'Description',
          'Descr. start date',
        ],
        ['0100000000 80', '31-12-1971', null, 'EN', 2, null, 'LIVE ANIMALS', '31-12-1971'],
        ['0101000000 80', '01-01-2027', null, 'EN', 4, null, 'Horses of 2027', '01-01-2027'],
        ['0101000000 80', '01-01-1972', '31-12-2026', 'EN', 4, null, 'Live horses', '01-01-1972'],
        ['0101210000 80', '01-01-2012', null, 'EN', 6, '- ', 'Horses', '01-01-2012'],
      ],
    });
    expect(goods.get('0101000000-80')).toMatchObject({ description: 'Live horses', valid_to: '2027-01-01' });
    expect(codes(issues)).toContain('lines-of-other-time');
  });

  it('turns the printed last day into an exclusive end', async () => {
    expect((await load()).goods.get('0101290000-80')?.valid_to).toBe('2027-01-01');
  });

  it('refuses a goods code or a date it does not know', async () => {
    const header = ['Goods code', 'Start date', 'End date', 'Language', 'Hier. Pos.', 'Indent', 'Description'];
    await expect(load({ nomenclature: [header, ['0101', '01-01-2020', null, 'EN', 4, null, 'x']] })).rejects.toThrow(
      "goods code '0101'",
    );
    await expect(
      load({ nomenclature: [header, ['0100000000 80', '2020/31/01', null, 'EN', 2, null, 'x']] }),
    ).rejects.toThrow("not a date: '2020/31/01'");
  });
});

describe('eu.taric, measures', () => {
  it('reads text dates and date cells alike and counts the latter', async () => {
    const { measures, issues } = await load({
      'duties-import': [
        DUTY_HEADER,
        dutyRow({ goods: '0101210000', duty: '1.000 %', start: '01-01-2020' }),
        dutyRow({ goods: '0101290000', duty: '1.000 %', start: { date: 43831 } }),
      ],
    });
    expect([...measures.values()].map((each) => each.valid_from)).toEqual(['2020-01-01', '2020-01-01']);
    expect(issues).toMatchObject([{ code: 'mixed-dates', place: { cells: 1 } }]);
  });

  it('counts and drops equal rows, and refuses to choose between different rows of one key', async () => {
    const row = dutyRow({ goods: '0101210000', duty: '1.000 %' });
    const repeated = await load({ 'duties-import': [DUTY_HEADER, row, row] });
    expect(repeated.measures.size).toBe(1);
    expect(repeated.issues).toMatchObject([{ severity: 'info', code: 'duplicate-rows', place: { rows: 1 } }]);
    const other = dutyRow({ goods: '0101210000', duty: '2.000 %' });
    const conflict = await load({ 'duties-import': [DUTY_HEADER, row, other] });
    expect(conflict.issues).toMatchObject([{ severity: 'error', code: 'measure-conflict' }]);
  });

  it('keeps the rows of a base duty split by additional code apart', async () => {
    const { measures } = await load({
      'duties-import': [
        DUTY_HEADER,
        dutyRow({ goods: '0101210000', duty: '0.000 %', additional: '2500' }),
        dutyRow({ goods: '0101210000', duty: '6.500 %', additional: '2501' }),
      ],
    });
    expect([...measures.values()].map((each) => [each.additional_code, each.duty])).toEqual([
      ['2500', { op: 'ad_valorem', rate: '0' }],
      ['2501', { op: 'ad_valorem', rate: '0.065' }],
    ]);
  });

  it('takes the code of an excluded area, by name where no code is printed, and complains where there is neither', async () => {
    const header = [
      'Goods code',
      'Add code',
      'Order No.',
      'Start date',
      'End date',
      'Origin',
      'Measure type',
      'Excluded country code',
      'Origin code',
      'Meas. type code',
      'Excluded country',
    ];
    const excluded = (name: string, code: string | null) => [
      '0101210000',
      null,
      null,
      '01-01-2020',
      null,
      'ERGA OMNES',
      'Third country duty',
      name,
      '1011',
      '103',
      code,
    ];
    const rows = [header, excluded('Russian Federation', 'RU'), excluded('India', null), excluded('Atlantis', null)];
    const { measures, issues } = await load({ 'measure-exclusions': rows });
    expect([...measures.values()][0]?.excluded_areas).toEqual(['IN', 'RU']);
    expect(issues).toMatchObject([
      { severity: 'error', code: 'unknown-area', message: "excluded area 'Atlantis' has no code" },
    ]);
  });

  it('takes conditions from the duty cell, which alone says what follows from them', async () => {
    const printed = 'Cond:  V 52.600 EUR/DTN(01):14.400 % ; V 0.000 EUR/DTN(01):14.400 % + 29.800 EUR DTN';
    const { measures } = await load({
      'duties-import': [DUTY_HEADER, dutyRow({ goods: '0101210000', duty: printed })],
    });
    const [measure] = [...measures.values()];
    expect(measure).toMatchObject({ duty: null, duty_expression: printed });
    expect(measure?.conditions).toMatchObject([
      {
        condition_code: 'V',
        amount: '52.6',
        currency: 'EUR',
        unit: 'DTN',
        action_code: '01',
        duty_expression: '14.400 %',
      },
      { amount: '0', duty_expression: '14.400 % + 29.800 EUR DTN' },
    ]);
  });

  it('takes the workbook of conditions where the cell prints none: a control is not unconditional', async () => {
    const key = ['0101210000', null, null, '01-01-2020', null, '1011', '410'];
    const header = ['Goods code', 'Add code', 'Order No.', 'Start date', 'End date', 'Origin code', 'Meas. type code'];
    const line = [
      'Meas. cond',
      'Sequence',
      'Certificate',
      'Cond. amount',
      'Mon. unit',
      'Meas. unit',
      'Meas. unit qual',
    ];
    const { measures } = await load({
      'duties-import': [DUTY_HEADER, dutyRow({ goods: '0101210000', duty: null, type: '410' })],
      'measure-conditions': [
        [...header, ...line, 'Meas. action'],
        [...key, 'B', 1, 'C-640', null, null, null, null, '29'],
        [...key, 'E', 1, null, '2.500', null, 'KGM', 'G', '29'],
        [...key, 'B', 2, null, null, null, null, null, '09'],
      ],
    });
    expect([...measures.values()][0]?.conditions).toMatchObject([
      { condition_code: 'B', sequence: 1, certificate: 'C640', action_code: '29', duty_expression: null },
      { condition_code: 'E', amount: '2.500', unit: 'KGM G' },
      { condition_code: 'B', sequence: 2, certificate: null, action_code: '09' },
    ]);
  });

  it('tells measures apart by reduction and quota, and gives each split of a code its own exclusions', async () => {
    const reduced = (indicator: string) =>
      dutyRow({ goods: '0101210000', duty: '0.000 % + EAR', origin: '2020', type: '142' }).with(5, indicator);
    const quota = (order: string) => dutyRow({ goods: '0101210000', duty: '1.000 %', type: '122', order });
    const split = (additional: string) => dutyRow({ goods: '0101210000', duty: '2.000 %', additional });
    const { measures, issues } = await load({
      'duties-import': [
        DUTY_HEADER,
        reduced('1'),
        reduced('2'),
        quota('090001'),
        quota('090002'),
        split('2500'),
        split('2501'),
      ],
      'measure-exclusions': [
        'Goods code,Add code,Order No.,Start date,End date,Origin,Measure type,Excluded country code,Origin code,Meas. type code,Excluded country'.split(
          ',',
        ),
        [
          '0101210000',
          '2500',
          null,
          '01-01-2020',
          null,
          'ERGA OMNES',
          'Third country duty',
          'India',
          '1011',
          '103',
          'IN',
        ],
      ],
    });
    const told = [...measures.values()].map((each) => [
      each.reduction_indicator ?? each.quota_order_number ?? each.additional_code,
      ...each.excluded_areas,
    ]);
    expect(told).toEqual([['1'], ['2'], ['090001'], ['090002'], ['2500', 'IN'], ['2501']]);
    expect(issues).toEqual([]);
  });

  it('publishes a duty it cannot read as not computable, with an issue, never as nothing', async () => {
    const { measures, issues } = await load({
      'duties-import': [DUTY_HEADER, dutyRow({ goods: '0101210000', duty: 'ten per cent' })],
    });
    expect([...measures.values()][0]?.duty).toMatchObject({ op: 'not_computable' });
    expect(codes(issues)).toEqual(['duty-not-understood']);
  });

  it('asks for review when a type that is not known as a duty prints one', async () => {
    const { issues } = await load({
      'duties-import': [DUTY_HEADER, dutyRow({ goods: '0101210000', duty: '5.000 %', type: '799' })],
    });
    expect(codes(issues)).toEqual(['unknown-measure-type']);
  });
});

describe('eu.taric, coverage', () => {
  it('says of an excerpt that it is one, family by family', async () => {
    const { incomplete } = await load();
    expect(incomplete.map((issue) => issue.place?.['family'])).toEqual([
      'general',
      'preference',
      'suspension',
      'quota',
      'antidumping',
      'countervailing',
      'additional-duties',
      'supplementary-unit',
      'controls',
    ]);
    expect(incomplete[4]?.message).toBe("no measure of family 'antidumping' is in 2026-06");
  });
});

describe('eu.taric, workbooks', () => {
  it('accepts headers with a blank around them and refuses unknown, missing and doubled ones', async () => {
    const shifted = (from: string, to: string) => DUTY_HEADER.map((name) => (name === from ? to : name));
    const row = dutyRow({ goods: '0101210000', duty: '1.000 %' });
    const blank = await load({ 'duties-import': [shifted('Measure type', ' Measure type'), row] });
    expect(blank.measures.size).toBe(1);
    await expect(load({ 'duties-import': [shifted('Duty', 'Rate'), row] })).rejects.toThrow(
      "duties-import: unknown column 'Rate', no column 'Duty'",
    );
    await expect(load({ 'duties-import': [shifted('Origin', 'Duty'), row] })).rejects.toThrow("two columns 'Duty'");
  });

  it('compares a second listing of the same measures and does not load it', async () => {
    const first = dutyRow({ goods: '0101210000', duty: '1.000 %' });
    const { measures, issues } = await load({
      'duties-import': [DUTY_HEADER, first],
      'taric-measures': [
        DUTY_HEADER.map((name) => (name.startsWith('Meas') ? ` ${name}` : name)),
        dutyRow({ goods: '0101210000', duty: '1.000 %', start: { date: 43831 } }),
        dutyRow({ goods: '0101290000', duty: '9.000 %' }),
      ],
    });
    expect(measures.size).toBe(1);
    expect(issues).toContainEqual(expect.objectContaining({ code: 'second-listing', place: { alike: 1, others: 1 } }));
  });

  it('dates memberships on their own: China left the GSP group at the end of 2014', async () => {
    const { references } = await load();
    expect(references.get('geographical-area:2020:CN:1984-01-01')).toMatchObject({
      subject: '2020',
      data: { group: '2020', member: 'CN' },
      valid_to: '2015-01-01',
    });
    expect(references.get('geographical-area:2020:IN:1984-01-01')?.valid_to).toBeNull();
  });
});

describe('eu.taric, folders', () => {
  const node = (name: string, id: string, kind: 'folder' | 'content') => ({
    id,
    name,
    type: `{http://www.alfresco.org/model/content/1.0}${kind}`,
    properties: { modified: '2026-07-03T09:30Z' },
  });
  const id = (digit: string) => `${digit.repeat(8)}-0000-0000-0000-000000000000`;
  const names = [
    'Duties Import 01-99 (1).xlsx',
    'Nomenclature EN.xlsx',
    'Measure conditions.xlsx',
    'Measure exclusions.xlsx',
    'Measure footnotes.xlsx',
    'Geographical areas composition.xlsx',
    'Geographical areas description.xlsx',
  ];
  const library = (files: string[]) =>
    writeMirror({
      '': [
        ['64db9d0f-e7c9-4084-afe9-f47e70e53c10', [node('2026', id('a'), 'folder'), node('Archive', id('9'), 'folder')]],
        [id('a'), [node('07 - July', id('b'), 'folder')]],
        [id('b'), files.map((name, index) => node(name, id(String(index)), 'content'))],
      ].map(([folder, data]) => ({
        url: listingUrl(String(folder)),
        file: `${String(folder)}.json`,
        body: JSON.stringify({ data }),
      })),
    });
  const discovered = async (files: string[]) => {
    const issues: Issue[] = [];
    const fetch = await openMirror(await library(files));
    const context = { fetch, known: [], today: '2026-07-10', issue: (issue: Issue) => void issues.push(issue) };
    return { editions: await collect(euTaric.discover(context)), issues };
  };

  it('makes an edition of a month with all workbooks, dated by its last upload', async () => {
    const { editions } = await discovered(names);
    expect(editions).toMatchObject([
      { label: '2026-07', effectiveDate: '2026-07-01', publishedAt: '2026-07-03T09:30:00.000Z' },
    ]);
    expect(editions[0]?.parts.map((part) => part.part)).toContain('duties-import');
  });

  it.each(names)('leaves a month without %s alone and says what is missing', async (missing) => {
    const { editions, issues } = await discovered(names.filter((name) => name !== missing));
    expect(editions).toEqual([]);
    expect(issues).toMatchObject([{ severity: 'info', code: 'unfinished-month', place: { edition: '2026-07' } }]);
  });
});
