import { load } from 'cheerio';
import Papa from 'papaparse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FastifyInstance } from 'fastify';
import { changesAnswer } from '../../api/schemas/changes.ts';
import type { MeasureRecord, TariffRecord } from '../../transforms/records.ts';
import { apiOn, problemOf, read } from '../support/api.ts';
import { testDatabase } from '../support/database.ts';
import { duty, publishRecords } from '../support/record-source.ts';

const database = await testDatabase();
const clock = () => '2025-03-20T12:00:00.000Z';
let app: FastifyInstance;

const measure = (area: string, duty_expression: string, more: Partial<MeasureRecord> = {}) =>
  duty({ natural_key: `87120030|${area}|103`, code: '87120030', geographical_area: area, duty_expression, ...more });
const member = (group: string, country: string): TariffRecord => ({
  kind: 'reference',
  natural_key: `${group}/${country}`,
  topic: 'geographical-area',
  code: null,
  subject: group,
  data: { group, member: country },
  valid_from: '2020-01-01',
  valid_to: null,
});
const AREAS = ['1011', 'VN', 'CH', '2020', 'EU', '9999', 'XS'];
const month = (rate: string): TariffRecord[] => [
  member('2020', 'VN'),
  member('2020', 'IN'),
  ...AREAS.map((area) => measure(area, rate)),
  measure('1011', rate, {
    natural_key: '=87120030|others|552',
    measure_type: '552',
    excluded_areas: ['2020'],
  }),
];

beforeAll(async () => {
  for (const [date, rate] of [
    ['2025-01-01', '14.000 %'],
    ['2025-02-01', '12 % <b>& more</b>'],
  ] as const) {
    const families = ['third-country'];
    await publishRecords(database, clock, { id: 'eu.test', jurisdiction: 'EU', families, date, records: month(rate) });
  }
  app = await apiOn(database);
});
afterAll(() => app.close());

const keys = async (query: string) =>
  (await read(app, `/api/v1/changes?entity=measure&${query}`, changesAnswer)).data.map(({ key }) => key.split('|')[1]);

describe('changes of one origin', () => {
  it('leave out what cannot concern it, and only that', async () => {
    expect(await keys('')).toEqual(['1011', '2020', '9999', 'CH', 'EU', 'VN', 'XS', 'others']);
    // Vietnam is in the group, and so excluded from the last measure; of 9999 nobody knows the members.
    expect(await keys('origin=VN')).toEqual(['1011', '2020', '9999', 'EU', 'VN']);
    expect(await keys('origin=CH')).toEqual(['1011', '9999', 'CH', 'EU', 'others']);
    // Serbia, as the tariffs of the Union and the United Kingdom write it.
    expect(await keys('origin=RS')).toEqual(['1011', '9999', 'EU', 'XS', 'others']);
    expect(problemOf(await app.inject('/api/v1/changes?origin=Vietnam')).errors[0]?.field).toBe('origin');
  });
});

describe('feeds', () => {
  it('Atom: an entry per change, with ids that do not depend on this ledger', async () => {
    const response = await app.inject('/api/v1/changes.atom?origin=VN&limit=2&prefix=8712');
    expect(response.headers['content-type']).toBe('application/atom+xml; charset=utf-8');
    const $ = load(response.body, { xml: true });
    expect($('feed > updated').text()).toBe('2025-02-01T00:00:00.000Z');
    expect($('entry').length).toBe(2);
    const entry = $('entry').first();
    expect(entry.find('id').text()).toBe(
      'urn:tariff-ledger:change:eu.test:2025-02-01:2025-02-01T00%3A00%3A00.000Z:measure:87120030%7C1011%7C103',
    );
    expect(entry.find('title').text()).toBe('8712.00.30 · textual · eu.test 2025-02-01');
    // A publisher's text is text, also where the entry is HTML.
    expect(load(entry.find('content').text())('b').length).toBe(0);
    expect(entry.find('content').text()).toContain('14.000 % → 12 % &lt;b&gt;&amp; more&lt;/b&gt;');
    const link = entry.find('link').attr('href') ?? '';
    expect((await read(app, new URL(link).pathname + new URL(link).search, changesAnswer)).data.length).toBe(8);
    const next = /<([^>]+)>; rel="next"/.exec(String(response.headers.link))?.[1] ?? '';
    expect(load((await app.inject(next)).body, { xml: true })('entry > title').length).toBe(2);
  });

  it('JSON Feed and CSV hold the same changes as /changes', async () => {
    const { data } = await read(app, '/api/v1/changes', changesAnswer);
    const feed = (await app.inject('/api/v1/changes.json')).json<{ items: { id: string; url: string }[] }>();
    expect(feed.items.map(({ id }) => decodeURIComponent(id.split(':').at(-1) ?? ''))).toEqual(
      data.map(({ key }) => key),
    );
    const csv = await app.inject('/api/v1/changes.csv');
    expect(csv.headers['content-type']).toBe('text/csv; charset=utf-8');
    const { data: rows } = Papa.parse<Record<string, string>>(csv.body, { header: true, skipEmptyLines: true });
    // A spreadsheet would calculate what begins with an equals sign.
    expect(rows.map(({ key }) => key)).toEqual(data.map(({ key }) => key.replace(/^=/, "'=")));
    expect(rows.map(({ after }) => JSON.parse(after ?? '') as unknown)).toEqual(data.map(({ after }) => after));
  });

  it('revalidate by the version of the ledger, and refuse what /changes refuses', async () => {
    const none = (await app.inject('/api/v1/changes.csv?since=2000-01-01&known_at=2000-01-02')).body;
    expect(none.split('\r\n')).toEqual([expect.stringContaining('release,'), '']);
    const { headers } = await app.inject('/api/v1/changes.csv');
    const again = await app.inject({ url: '/api/v1/changes.csv', headers: { 'if-none-match': String(headers.etag) } });
    expect([again.statusCode, again.body]).toEqual([304, '']);
    expect(problemOf(await app.inject('/api/v1/changes.atom?kind=rates')).errors[0]?.field).toBe('kind');
  });
});
