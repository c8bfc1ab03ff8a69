import { existsSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { openMirror } from '../../ingest/fetch/mirror.ts';
import type { Edition } from '../../ingest/source.ts';
import { gbTariff } from '../../ingest/sources/gb-tariff.ts';
import { csvRecords } from '../../transforms/read/csv.ts';
import { difference, fetchParts, loadEdition, sharedFile, type Loaded } from '../support/edition-load.ts';
import { collect } from '../support/source-run.ts';

const shared = new URL('../../../shared/', import.meta.url);
const present = existsSync(shared);
if (!present) console.warn('skipped: no ../shared with the UK tables');

describe.skipIf(!present)('gb.tariff on three versions', () => {
  const editions: Edition[] = [];
  const versions: Loaded[] = [];
  const truths = new Map<string, number>();
  const version = (index: number) => {
    const loaded = versions[index];
    if (!loaded) throw new Error(`no version ${index}`);
    return loaded;
  };

  beforeAll(async () => {
    const mirror = await openMirror(new URL('mirror/', shared).pathname);
    for (const edition of await collect(gbTariff.discover({ fetch: mirror, known: [], today: '2026-11-20' }))) {
      const mirrored = { ...edition, parts: edition.parts.filter((part) => part.optional !== true) };
      editions.push(edition);
      versions.push(await loadEdition(gbTariff, mirrored, await fetchParts(mirror, mirrored)));
    }
    for (const row of csvRecords(sharedFile('golden/eu-uk/cet_ukgt_truths.csv'), ['property', 'value'])) {
      truths.set(row.property ?? '', Number(row.value));
    }
  }, 60_000);

  it('are found oldest first, dated by their measures', () => {
    expect(editions.map(({ label, publishedAt }) => [label, publishedAt?.slice(0, 10)])).toEqual([
      ['v1.0.0', '2020-07-21'],
      ['v1.0.1', '2020-12-02'],
      ['v1.0.2', '2025-07-14'],
    ]);
  });

  it.each([
    [0, 'v1.0.0', 24_374, 15_786, 9_532],
    [1, 'v1.0.1', 24_655, 16_020, 11_793],
    [2, 'v1.0.2', 24_655, 16_020, 11_797],
  ])('%d (%s): %d lines, %d declarable, %d codes with a measure', (index, label, lines, declarable, codes) => {
    const { goods, measures, issues } = version(index);
    expect(goods.size).toBe(lines);
    expect([...goods.values()].filter((line) => line.declarable)).toHaveLength(declarable);
    expect(measures.size).toBe(truths.get(`mirror ${label} measures-as-defined rows`));
    expect(new Set([...measures.values()].map((each) => each.natural_key.slice(0, 10))).size).toBe(codes);
    expect(issues.filter((issue) => issue.severity !== 'info' && issue.code !== 'family-incomplete')).toEqual([]);
  });

  it('differ as counted', () => {
    const first = difference(version(0).measures, version(1).measures);
    expect([first.added.length, first.removed.length, first.changed.length, first.unchanged]).toEqual([
      truths.get('mirror v1.0.0 -> v1.0.1 measures added (code, start)'),
      truths.get('mirror v1.0.0 -> v1.0.1 measures removed'),
      truths.get('mirror v1.0.0 -> v1.0.1 duty or end changed'),
      truths.get('mirror v1.0.0 -> v1.0.1 unchanged'),
    ]);
    const second = difference(version(1).measures, version(2).measures);
    expect([second.added.length, second.removed.length]).toEqual([250, 0]);
    const ended = second.changed.filter(
      (key) => version(1).measures.get(key)?.valid_to !== version(2).measures.get(key)?.valid_to,
    );
    const idChanged = second.changed.filter(
      (key) =>
        version(1).measures.get(key)?.attributes['measure_sid'] !==
        version(2).measures.get(key)?.attributes['measure_sid'],
    );
    expect([second.changed.length, ended.length, idChanged.length]).toEqual([
      5,
      truths.get('mirror v1.0.1 -> v1.0.2 end date set'),
      truths.get('mirror v1.0.1 -> v1.0.2 measure id and regulation filled in'),
    ]);
  });

  it('commodities: added, removed and changed texts as counted', () => {
    const texts = (index: number) => new Map([...version(index).goods].map(([key, line]) => [key, line.description]));
    const { added, removed, changed } = difference(texts(0), texts(1));
    expect([added.length, removed.length, changed.length]).toEqual([
      truths.get('mirror v1.0.0 -> v1.0.1 commodities added (code, suffix)'),
      truths.get('mirror v1.0.0 -> v1.0.1 commodities removed'),
      truths.get('mirror v1.0.0 -> v1.0.1 description changed'),
    ]);
    const same = difference(version(1).goods, version(2).goods);
    expect([same.added, same.removed, same.changed]).toEqual([[], [], []]);
  });

  it('count the codes with a duty of their own and one below', () => {
    // 632 in the published schedule; for 35 of them the line below is the same code with 00, which became one row here.
    expect(truths.get('CN8 of 2020-12 with own row and 10-digit rows below')).toBe(632);
    expect(version(1).issues).toContainEqual(
      expect.objectContaining({ code: 'overlap', place: { codes: 597, first: '0301919000' } }),
    );
  });

  it('say which families they are too small to be complete in: all but the general duty', () => {
    const families = version(2)
      .issues.filter((issue) => issue.code === 'family-incomplete')
      .map((issue) => issue.place?.['family']);
    expect(families).toContain('antidumping');
    expect(families).toContain('preference');
    expect(families).not.toContain('general');
  });

  it('understand every duty text of all three', () => {
    for (const { measures } of versions) {
      const opaque = [...measures.values()].filter((each) => each.duty?.op === 'not_computable');
      expect(opaque).toEqual([]);
    }
  });

  it('keep both rows of a code split by additional code, next to the one without', () => {
    const split = [...version(2).measures.values()].filter(
      (each) => each.natural_key.startsWith('2924297099|') && each.measure_type === '103',
    );
    expect(split.map((each) => each.additional_code).sort()).toEqual(['2500', '2501', null]);
  });
});
