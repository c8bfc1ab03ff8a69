import { describe, expect, it } from 'vitest';
import { openMirror } from '../../../ingest/fetch/mirror.ts';
import { COLUMNS } from '../../../ingest/sources/gb-tariff/tables.ts';
import { compareVersions } from '../../../ingest/sources/gb-tariff/versions.ts';
import { gbTariff } from '../../../ingest/sources/gb-tariff.ts';
import { loadEdition } from '../../support/edition-load.ts';
import { writeMirror } from '../../support/mirror-folder.ts';
import { collect, edition } from '../../support/source-run.ts';

type Row = Record<string, string>;

/** A table in the official layout: CRLF, `#NA` for null, only the named columns filled. */
function table(name: keyof typeof COLUMNS, rows: Row[], columns: readonly string[] = COLUMNS[name]): Buffer {
  const quoted = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const lines = rows.map((row) => columns.map((column) => quoted(row[column] ?? '#NA')).join(','));
  return Buffer.from([columns.join(','), ...lines, ''].join('\r\n'));
}

const commodity = (sid: string, code: string, parent: string | null, more: Row = {}): Row => ({
  id: sid,
  commodity__sid: sid,
  commodity__code: code,
  commodity__suffix: '80',
  commodity__description: 'x',
  commodity__validity_start: '2012-01-01',
  ...(parent === null ? {} : { parent__sid: parent }),
  ...more,
});
const measure = (code: string, duty: string, more: Row = {}): Row => ({
  id: '1',
  commodity__code: code,
  measure__sid: '90000001',
  measure__type__id: '103',
  measure__duty_expression: duty,
  measure__effective_start_date: '2021-01-01',
  measure__geographical_area__id: '1011',
  measure__geographical_area__description: 'ERGA OMNES',
  ...more,
});

const chapter = [
  commodity('1', '0100000000', null),
  commodity('2', '0101000000', '1'),
  commodity('3', '0101210000', '2'),
];

const load = async (commodities: Row[], measures: Row[], more: Record<string, Buffer> = {}) => {
  const loaded = await loadEdition(gbTariff, edition('v1.0.0', '2021-01-01'), {
    'commodities-report': table('commodities-report', commodities),
    'measures-as-defined': table('measures-as-defined', measures),
    ...more,
  });
  // A few rows are an excerpt in every family.
  return { ...loaded, issues: loaded.issues.filter((issue) => issue.code !== 'family-incomplete') };
};

describe('gb.tariff, commodities', () => {
  it('follow the stated parent, not the digits: codes share digits across suffixes', async () => {
    const { goods, issues } = await load(
      [
        ...chapter.slice(0, 2),
        commodity('9', '0101210000', '2', { commodity__suffix: '10', commodity__description: 'Horses' }),
        commodity('3', '0101210000', '9'),
      ],
      [],
    );
    expect(goods.get('0101210000-80')).toMatchObject({
      parent_key: '0101210000-10',
      ancestors: ['0101210000-10', '0101000000-80', '0100000000-80'],
      depth: 3,
    });
    expect(goods.get('0101210000-10')?.code).toBeNull();
    expect(issues).toEqual([]);
  });

  it('keep the newest of superseded lines, whose children move to it', async () => {
    const { goods, issues } = await load(
      [
        ...chapter.slice(0, 2),
        commodity('4', '0101290000', '2', { commodity__validity_start: '2020-01-01', commodity__description: 'new' }),
        commodity('3', '0101290000', '2', { commodity__description: 'old' }),
        commodity('5', '0101291000', '3'),
      ],
      [],
    );
    expect(goods.get('0101290000-80')).toMatchObject({
      description: 'new',
      declarable: false,
      valid_from: '2020-01-01',
    });
    expect(goods.get('0101291000-80')?.ancestors[0]).toBe('0101290000-80');
    expect(issues).toMatchObject([{ severity: 'info', code: 'superseded-lines', place: { lines: 1 } }]);
  });

  it('keep the line in force, not the one that takes its code next year', async () => {
    const { goods, issues } = await load(
      [
        ...chapter,
        commodity('4', '0101290000', '2', {
          commodity__validity_end: '2021-12-31',
          commodity__description: 'in force',
        }),
        commodity('5', '0101290000', '2', {
          commodity__validity_start: '2022-01-01',
          commodity__description: 'of 2022',
        }),
        commodity('6', '0101291000', '4', { commodity__validity_end: '2020-12-31' }),
      ],
      [measure('0101210000', '2.00%')],
    );
    expect(goods.get('0101290000-80')).toMatchObject({
      description: 'in force',
      valid_to: '2022-01-01',
    });
    expect(goods.get('0101291000-80')).toMatchObject({ valid_to: '2021-01-01', parent_key: '0101290000-80' });
    expect(issues).toMatchObject([{ severity: 'warning', code: 'lines-of-other-time', place: { lines: 1 } }]);
  });

  it('report a parent that is not in the table', async () => {
    const { issues } = await load([commodity('1', '0100000000', null), commodity('2', '0101000000', '77')], []);
    expect(issues[0]).toMatchObject({ severity: 'error', code: 'parent-unknown', place: { key: '0101000000-80' } });
  });

  it('read texts without mark-up and entities', async () => {
    const text = 'P<sub>2</sub>O<sub>5</sub> &amp; so on<br>of 13\u00a0% "vol", or less';
    const { goods } = await load([commodity('1', '0100000000', null, { commodity__description: text })], []);
    expect(goods.get('0100000000-80')?.description).toBe('P2O5 & so on\nof 13 % "vol", or less');
  });
});

describe('gb.tariff, measures', () => {
  it('read null as null: a control has no duty, not zero', async () => {
    const { measures } = await load(chapter, [measure('0101210000', '#NA', { measure__type__id: '410' })]);
    expect([...measures.values()][0]).toMatchObject({ duty: null, duty_expression: null, effect: 'informational' });
  });

  it('end on the printed day inclusive', async () => {
    const { measures } = await load(chapter, [
      measure('0101210000', '2.00%', { measure__effective_end_date: '2021-06-30' }),
    ]);
    expect([...measures.values()][0]).toMatchObject({
      valid_from: '2021-01-01',
      valid_to: '2021-07-01',
      code: '010121',
    });
  });

  it('read conditions, exclusions and footnotes lists', async () => {
    const { measures, issues } = await load(chapter, [
      measure('0101210000', '0.00%', {
        measure__conditions:
          'condition:B,certificate:9081,action:26|condition:B,action:06|condition:Q,certificate:Y100,action:27',
        measure__excluded_geographical_areas__ids: 'MX|EU|CA',
        measure__footnotes: 'RT001|CO003',
      }),
    ]);
    expect([...measures.values()][0]).toMatchObject({
      excluded_areas: ['CA', 'EU', 'MX'],
      footnotes: ['CO003', 'RT001'],
      conditions: [
        { condition_code: 'B', sequence: 1, certificate: '9081', action_code: '26' },
        { condition_code: 'B', sequence: 2, certificate: null, action_code: '06' },
        { condition_code: 'Q', sequence: 1, certificate: 'Y100' },
      ],
    });
    expect(issues).toEqual([]);
  });

  it('take conditions that are printed with the duty where the list has none', async () => {
    const printed = '8.00% Cond:  A cert: D-008 (01):1.00 % ; A (27):';
    const { measures } = await load(chapter, [measure('0101210000', printed)]);
    expect([...measures.values()][0]?.conditions).toMatchObject([
      { condition_code: 'A', certificate: 'D008', duty_expression: '1.00 %' },
      { condition_code: 'A', certificate: null, action_code: '27' },
    ]);
  });

  it('name a part of a condition that is not known', async () => {
    const { measures, issues } = await load(chapter, [
      measure('0101210000', '0.00%', { measure__conditions: 'condition:B,moon:full|condition:B,action:27' }),
    ]);
    // Without the part the line would be met by everybody.
    expect([...measures.values()][0]).toMatchObject({
      conditions: [
        { condition_code: '?', action_code: null },
        { condition_code: 'B', action_code: '27' },
      ],
    });
    expect(issues).toMatchObject([
      { severity: 'warning', code: 'condition-not-understood', message: "'moon:full' in a condition" },
    ]);
  });

  it('are told apart by additional code, quota and reduction', async () => {
    const own = (more: Row) => measure('0101210000', '2.00%', { measure__type__id: '142', ...more });
    const { measures, issues } = await load(chapter, [
      own({}),
      own({ measure__additional_code__code: '2500' }),
      own({ measure__additional_code__code: '2501' }),
      own({ measure__quota__order_number: '050001' }),
      own({ measure__quota__order_number: '050002' }),
      own({ measure__reduction_indicator: '1' }),
    ]);
    expect([measures.size, issues]).toEqual([6, []]);
  });

  it('keep their identity when the publisher renumbers them', async () => {
    const before = await load(chapter, [measure('0101210000', '2.00%')]);
    const after = await load(chapter, [measure('0101210000', '2.00%', { measure__sid: '20000001' })]);
    expect([...after.measures.keys()]).toEqual([...before.measures.keys()]);
  });

  it('count codes that have a duty and a line below with another', async () => {
    const { issues } = await load(chapter, [measure('0101210000', '2.00%'), measure('0101210010', '0.00%')]);
    expect(issues).toMatchObject([{ severity: 'info', code: 'overlap', place: { codes: 1, first: '0101210000' } }]);
  });

  it('refuse two rows of one measure', async () => {
    const { issues } = await load(chapter, [measure('0101210000', '2.00%'), measure('0101210000', '3.00%')]);
    expect(issues).toMatchObject([{ severity: 'error', code: 'measure-conflict' }]);
  });
});

describe('gb.tariff, layout', () => {
  it('refuses a new column and a lost one', async () => {
    const columns = COLUMNS['measures-as-defined'];
    const rows = [measure('0101210000', '2.00%')];
    const added = table('measures-as-defined', rows, [...columns, 'measure__new']);
    const lost = table('measures-as-defined', rows, columns.slice(1));
    await expect(load(chapter, [], { 'measures-as-defined': added })).rejects.toThrow('unknown column measure__new');
    await expect(load(chapter, [], { 'measures-as-defined': lost })).rejects.toThrow('no column id');
  });

  it('refuses when the data dictionary announces other columns', async () => {
    const dictionary = (names: readonly string[]) => ({
      tables: [
        {
          url: 'tables/commodities-report/data',
          tableSchema: { columns: COLUMNS['commodities-report'].map((name) => ({ name })) },
        },
        { url: 'tables/measures-as-defined/data', tableSchema: { columns: names.map((name) => ({ name })) } },
      ],
    });
    const schema = (names: readonly string[]) => ({ schema: Buffer.from(JSON.stringify(dictionary(names))) });
    const known = COLUMNS['measures-as-defined'];
    expect((await load(chapter, [], schema(known))).goods.size).toBe(3);
    await expect(load(chapter, [], schema([...known.slice(1), 'measure__series']))).rejects.toThrow(
      'measures-as-defined has a new column measure__series; measures-as-defined has lost its column id',
    );
  });
});

describe('gb.tariff, versions', () => {
  const base = 'https://data.api.trade.gov.uk/v1/datasets/uk-tariff-2021-01-01/versions';

  it('count in numbers: v4.0.1613 is newer than v4.0.246', () => {
    expect(['v4.0.1613', 'v4.0.246', 'v3.9.2000'].sort(compareVersions)).toEqual([
      'v3.9.2000',
      'v4.0.246',
      'v4.0.1613',
    ]);
  });

  it('are pinned and dated by the page that says when they were published', async () => {
    const fetch = await openMirror(
      await writeMirror({
        '': [
          {
            url: `${base}?format=json`,
            file: 'v.json',
            body: JSON.stringify({ versions: [{ id: 'v4.0.10' }, { id: 'v4.0.9' }] }),
          },
          {
            url: `${base}/v4.0.10/metadata?format=html`,
            file: 'v.html',
            body: '<html><p>Published on <b>1 September 2026</b></p></html>',
            media_type: 'text/html',
          },
        ],
      }),
    );
    const known = [{ label: 'v4.0.10', publishedAt: '2026-08-30T00:00:00.000Z' }];
    const editions = await collect(gbTariff.discover({ fetch, known, today: '2026-09-02' }));
    // The published one is listed too; v4.0.9 has neither page nor table here, hence no date.
    expect(editions).toMatchObject([
      { label: 'v4.0.9', publishedAt: null },
      { label: 'v4.0.10', publishedAt: '2026-09-01T00:00:00.000Z' },
    ]);
    expect(editions[1]?.parts).toHaveLength(3);
    for (const part of editions[1]?.parts ?? []) expect(part.url).toContain('/v4.0.10/');
  });
});
