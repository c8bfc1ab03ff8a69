import { existsSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { openMirror } from '../../ingest/fetch/mirror.ts';
import { euTaricXml } from '../../ingest/sources/eu-taric-xml.ts';
import { exclusiveEnd } from '../../transforms/dates.ts';
import { parseTaricDuty } from '../../transforms/duty/parse-taric.ts';
import { csvRecords } from '../../transforms/read/csv.ts';
import type { MeasureRecord, TariffRecord } from '../../transforms/records.ts';
import { fetchParts, loadEdition, sharedFile, type Loaded } from '../support/edition-load.ts';
import { collect } from '../support/source-run.ts';

const shared = new URL('../../../shared/', import.meta.url);
const present = existsSync(shared);
if (!present) console.warn('skipped: no ../shared with TARIC3 increments');

describe.skipIf(!present)('eu.taric-xml on five increments', () => {
  const increments: [string, Loaded][] = [];
  const state = new Map<string, TariffRecord>();
  const seen = new Set<string>();
  const truths = new Map<string, number>();
  const applied = (what: string) =>
    increments.reduce((sum, [, { issues }]) => {
      const place = issues.find((issue) => issue.code === 'increment-applied')?.place ?? {};
      return sum + Number(place[what] ?? 0);
    }, 0);

  beforeAll(async () => {
    const mirror = await openMirror(new URL('mirror/', shared).pathname);
    for (const edition of await collect(euTaricXml.discover({ fetch: mirror, known: [], today: '2026-11-20' }))) {
      const loaded = await loadEdition(euTaricXml, edition, await fetchParts(mirror, edition));
      increments.push([edition.label, loaded]);
      for (const record of loaded.records) {
        seen.add(record.natural_key);
        state.set(record.natural_key, record);
      }
      for (const deletion of loaded.deletions) {
        seen.add(deletion.natural_key);
        state.delete(deletion.natural_key);
      }
    }
    for (const row of csvRecords(sharedFile('golden/eu-uk/taric3_truths.csv'), ['scope', 'key', 'what', 'value'])) {
      truths.set([row.scope, row.key, row.what].join('/'), Number(row.value));
    }
  }, 60_000);

  it('are five, in order', () => {
    expect(increments.map(([label]) => label)).toEqual(['TGB18241', 'TGB18242', 'TGB18243', 'TGB18244', 'TGB18245']);
  });

  it('insert, update and delete as many measures as counted', () => {
    expect([applied('measures_insert'), applied('measures_update'), applied('measures_delete')]).toEqual([
      4_088, 1_042, 23,
    ]);
    expect(truths.get('record/43000/INSERT')).toBe(4_088);
  });

  it('read every record of every file', () => {
    for (const [label, { issues }] of increments) {
      const { increment, ...counts } = issues.find((issue) => issue.code === 'increment-applied')?.place ?? {};
      const sum = Object.values(counts).reduce<number>((total, count) => total + Number(count), 0);
      expect([increment, sum]).toEqual([label, truths.get(`file/${label}.xml/records`)]);
    }
  });

  it('leave the counted state', () => {
    const open = [...state.values()].filter((record) => record.valid_to === null);
    expect({
      seen: seen.size,
      deleted: seen.size - state.size,
      present: state.size,
      open: open.length,
    }).toEqual({
      seen: truths.get('measures_after_all_files//distinct ids seen'),
      deleted: truths.get('measures_after_all_files//deleted'),
      present: truths.get('measures_after_all_files//present'),
      open: truths.get('measures_after_all_files//present and open-ended'),
    });
  });

  it('put the 504 rows of the agricultural component, which have no goods code, into a table of their own', () => {
    const meursing = [...state.values()].filter((record) => record.kind === 'reference');
    expect(meursing).toHaveLength(truths.get('measure_events_without_deletes/674/type') ?? -1);
  });

  it('give the sampled measures with duty, conditions, exclusions and footnotes', () => {
    const columns = [
      'measure_sid',
      'last_update',
      'goods_code',
      'measure_type',
      'area',
      'order_no',
      'start',
      'end',
      'regulation',
      'duty',
      'conditions',
      'excluded',
      'footnotes',
    ] as const;
    const rows = csvRecords(sharedFile('golden/eu-uk/taric3_measures_sample.csv'), columns).filter(
      (row) => row.goods_code,
    );
    const told = rows.map((row) => ({
      sid: row.measure_sid,
      area: row.area,
      order: row.order_no || null,
      valid: [row.start, row.end ? exclusiveEnd(row.end) : null],
      base: row.regulation,
      duty: row.duty || null,
      conditions: parseTaricDuty(row.conditions ?? '').conditions.map((each) => ({ ...each, sequence: 0 })),
      excluded: (row.excluded ?? '').split(' ').filter((part) => part !== ''),
      footnotes: (row.footnotes ?? '')
        .split(' ')
        .filter((part) => part !== '')
        .sort(),
    }));
    const found = rows.map((row) => {
      const record = state.get(`measure:${row.measure_sid ?? ''}`) as MeasureRecord | undefined;
      return {
        sid: row.measure_sid,
        area: record?.geographical_area,
        order: record?.quota_order_number,
        valid: [record?.valid_from, record?.valid_to],
        base: record?.legal_base,
        duty: record?.duty_expression,
        conditions: record?.conditions.map((each) => ({ ...each, sequence: 0 })),
        excluded: record?.excluded_areas,
        footnotes: record?.footnotes,
      };
    });
    expect(rows.length).toBeGreaterThan(40);
    expect(found).toEqual(told);
  });

  it('never call a duty free that stands in a message older than the first increment', () => {
    const measures = [...state.values()].filter((record) => record.kind === 'measure');
    const partial = measures.filter((record) => record.attributes['whole'] === false);
    // Present, but not inserted by any of the five.
    expect(partial).toHaveLength(4_948 - 4_088);
    expect(partial.filter((record) => record.duty?.op !== 'not_computable')).toEqual([]);
  });
});
