import { existsSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { openMirror } from '../../ingest/fetch/mirror.ts';
import type { Edition, Issue } from '../../ingest/source.ts';
import { euTaric } from '../../ingest/sources/eu-taric.ts';
import { exclusiveEnd, fromEuDate } from '../../transforms/dates.ts';
import { csvRecords } from '../../transforms/read/csv.ts';
import type { MeasureRecord, NomenclatureRecord } from '../../transforms/records.ts';
import { difference, fetchParts, loadEdition, sharedFile, type Loaded } from '../support/edition-load.ts';
import { collect } from '../support/source-run.ts';

const shared = new URL('../../../shared/', import.meta.url);
const present = existsSync(shared);
if (!present) console.warn('skipped: no ../shared with the monthly workbooks');

describe.skipIf(!present)('eu.taric on the monthly sets', () => {
  const editions: Edition[] = [];
  const discovery: Issue[] = [];
  const months = new Map<string, Loaded>();
  const truths = new Map<string, number>();
  const month = (label: string) => {
    const loaded = months.get(label);
    if (!loaded) throw new Error(`no month ${label}`);
    return loaded;
  };

  beforeAll(async () => {
    const mirror = await openMirror(new URL('mirror/', shared).pathname);
    const context = {
      fetch: mirror,
      known: [],
      today: '2026-11-20',
      issue: (issue: Issue) => void discovery.push(issue),
    };
    editions.push(...(await collect(euTaric.discover(context))));
    for (const edition of editions) {
      months.set(edition.label, await loadEdition(euTaric, edition, await fetchParts(mirror, edition)));
    }
    for (const row of csvRecords(sharedFile('golden/eu-uk/eu_month_truths.csv'), ['set', 'property', 'value'])) {
      truths.set(`${row.set}: ${row.property}`, Number(row.value));
    }
  }, 60_000);

  it('finds the three complete months and names the unfinished one', () => {
    expect(editions.map(({ label, publishedAt, effectiveDate }) => [label, publishedAt, effectiveDate])).toEqual([
      ['2025-12', '2025-12-01T06:00:00.000Z', '2025-12-01'],
      ['2026-05', '2026-05-01T06:00:00.000Z', '2026-05-01'],
      ['2026-06', '2026-06-01T06:00:00.000Z', '2026-06-01'],
    ]);
    expect(discovery).toMatchObject([{ severity: 'info', code: 'unfinished-month', place: { edition: '2026-04' } }]);
    expect(discovery[0]?.message).toContain('duties-import');
  });

  it.each([
    ['2025-12', 10_466, 25_516],
    ['2026-05', 10_475, 25_702],
    ['2026-06', 10_476, 25_702],
  ])('%s: %d measures besides the repeated rows, %d lines', (label, measures, lines) => {
    const { measures: found, goods, references, issues } = month(label);
    expect(found.size).toBe(measures);
    expect(goods.size).toBe(lines);
    const repeated = truths.get(`${label}: Duties Import duplicate rows`);
    expect(issues).toContainEqual(expect.objectContaining({ code: 'duplicate-rows', place: { rows: repeated } }));
    expect(found.size + (repeated ?? 0)).toBe(truths.get(`${label}: Duties Import rows (with duplicates)`));
    for (const [name, value] of truths) {
      const [, type] = new RegExp(`^${label}: distinct measures of type (\\d+)$`).exec(name) ?? [];
      if (type === undefined) continue;
      expect([type, [...found.values()].filter((each) => each.measure_type === type).length]).toEqual([type, value]);
    }
    const areas = [...references.values()].filter((each) => each.topic === 'geographical-area');
    expect(areas).toHaveLength(truths.get(`${label}: Geographical areas composition rows`) ?? -1);
    expect(issues.filter((each) => each.severity === 'error')).toEqual([]);
  });

  it('counts 16,612 declarable lines from April on', () => {
    const declarable = (label: string) => [...month(label).goods.values()].filter((each) => each.declarable).length;
    expect(declarable('2026-05')).toBe(16_612);
    expect(declarable('2026-06')).toBe(16_612);
    expect(month('2026-06').issues.filter((each) => each.code === 'prefix-not-ancestor')).toEqual([]);
  });

  it('counts the date cells among the texts of June, none before', () => {
    const dateCells =
      (truths.get('2026-06: Duties Import start-date cells of date type') ?? 0) +
      (truths.get('2026-06: Duties Import end-date cells of date type') ?? 0);
    expect(dateCells).toBe(421);
    expect(month('2026-06').issues).toContainEqual(
      expect.objectContaining({ code: 'mixed-dates', place: { cells: dateCells } }),
    );
    expect(month('2026-05').issues.some((each) => each.code === 'mixed-dates')).toBe(false);
  });

  it('compares the variant workbook and does not load it: one of its 812 rows has lost its condition', () => {
    expect(month('2026-06').issues).toContainEqual(
      expect.objectContaining({ code: 'second-listing', severity: 'warning', place: { alike: 811, others: 1 } }),
    );
  });

  it.each([
    ['2025-12', '2026-05'],
    ['2026-05', '2026-06'],
    ['2025-12', '2026-06'],
  ])('%s to %s: measures added, removed and changed as counted', (from, to) => {
    const truth = (property: string) => truths.get(`${from} -> ${to}: ${property}`);
    const { added, removed, changed, unchanged } = difference(month(from).measures, month(to).measures);
    const ofType = (label: string, keys: string[], type: string) =>
      keys.filter((key) => month(label).measures.get(key)?.measure_type === type).length;
    expect([added.length, removed.length, changed.length, unchanged]).toEqual(
      ['measures added', 'measures removed', 'measures changed under the same key', 'measures unchanged'].map(truth),
    );
    expect([ofType(to, added, '103'), ofType(to, added, '112')]).toEqual(
      ['added, type 103', 'added, type 112'].map(truth),
    );
    expect([ofType(from, removed, '103'), ofType(from, removed, '112')]).toEqual(
      ['removed, type 103', 'removed, type 112'].map(truth),
    );
    const memberships = (label: string) =>
      new Map([...month(label).references].filter(([, each]) => each.topic === 'geographical-area'));
    const areas = difference(memberships(from), memberships(to));
    if (truth('group memberships added') !== undefined) {
      expect([areas.added.length, areas.removed.length]).toEqual(
        ['group memberships added', 'group memberships removed'].map(truth),
      );
    }
  });

  it('May to June, measure by measure', () => {
    const rows = csvRecords(sharedFile('golden/eu-uk/eu_month_diff_2026-05_2026-06.csv'), [
      'event',
      'goods_code',
      'start_date',
      'end_date',
      'origin_code',
      'measure_type',
      'duty',
    ]);
    const { added, removed } = difference(month('2026-05').measures, month('2026-06').measures);
    const shown = (event: string, each: MeasureRecord | undefined) =>
      [
        event,
        each?.natural_key.slice(0, 10),
        each?.valid_from,
        each?.valid_to,
        each?.measure_type,
        each?.duty_expression,
      ].join();
    const found = [
      ...removed.map((key) => shown('removed', month('2026-05').measures.get(key))),
      ...added.map((key) => shown('added', month('2026-06').measures.get(key))),
    ];
    const told = rows.map((row) =>
      [
        row.event === 'removed' ? 'removed' : 'added',
        row.goods_code,
        fromEuDate(row.start_date ?? ''),
        row.end_date ? exclusiveEnd(fromEuDate(row.end_date) ?? '') : null,
        row.measure_type,
        row.duty,
      ].join(),
    );
    expect(found.sort()).toEqual(told.sort());
    expect(told).toHaveLength(31);
  });

  it('nomenclature December to May: 303 lines new, 117 gone, 31 with another text', () => {
    const texts = (label: string) =>
      new Map([...month(label).goods].map(([key, each]: [string, NomenclatureRecord]) => [key, each.description]));
    const { added, removed, changed } = difference(texts('2025-12'), texts('2026-05'));
    expect([added.length, removed.length, changed.length]).toEqual([
      truths.get('2025-12 -> 2026-04: nomenclature rows added'),
      truths.get('2025-12 -> 2026-04: nomenclature rows removed'),
      truths.get('2025-12 -> 2026-04: nomenclature description changed'),
    ]);
  });

  it('gives the third-country duty of declarable lines by their digits', () => {
    const rows = csvRecords(sharedFile('golden/eu-uk/eu_leaf_duty_sample_2026-06.csv'), [
      'declarable_code',
      'declared_at',
      'third_country_duty',
    ]);
    const byCode = new Map<string, MeasureRecord[]>();
    for (const each of month('2026-06').measures.values()) {
      if (each.measure_type === '103') byCode.set(each.code, [...(byCode.get(each.code) ?? []), each]);
    }
    const missed = rows.filter((row) => {
      const code = row.declarable_code ?? '';
      const found = [10, 8, 6, 4, 2].flatMap((length) => byCode.get(code.slice(0, length)) ?? []);
      return !found.some((each) => each.duty_expression?.startsWith(row.third_country_duty ?? '-'));
    });
    expect(rows).toHaveLength(303);
    expect(missed).toEqual([]);
  });

  it('understands every duty text', () => {
    for (const label of months.keys()) {
      expect(month(label).issues.filter((each) => each.code === 'duty-not-understood')).toEqual([]);
    }
  });

  it('says that it holds an excerpt in all families but the general duty and suspensions', () => {
    const families = month('2026-06')
      .issues.filter((issue) => issue.code === 'family-incomplete')
      .map((issue) => issue.place?.['family']);
    expect(families).toEqual([
      'preference',
      'quota',
      'antidumping',
      'countervailing',
      'additional-duties',
      'supplementary-unit',
      'controls',
    ]);
  });

  it('splits a base duty by additional code instead of keeping one row', () => {
    const split = [...month('2026-06').measures.values()].filter(
      (each) => each.natural_key.startsWith('2924297099|') && each.measure_type === '103',
    );
    expect(split.map((each) => [each.additional_code, each.duty_expression])).toEqual([
      ['2500', '0.000 %'],
      ['2501', '6.500 %'],
    ]);
  });

  it('resolves exclusions to codes: renewed suspensions leave out Belarus and Russia', () => {
    expect(month('2026-06').measures.get('0710809550||||1011|112|2026-01-01')?.excluded_areas).toEqual(['BY', 'RU']);
  });
});
