import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import source from '../../ingest/sources/eu-vat.ts';
import { openMirror } from '../../ingest/fetch/mirror.ts';
import type { Issue } from '../../ingest/source.ts';
import { csvRecords } from '../../transforms/read/csv.ts';
import { tariffRecord, type ReferenceRecord } from '../../transforms/records.ts';
import { editionFiles } from '../support/edition-files.ts';
import { collect, contextFor, edition } from '../support/source-run.ts';

const shared = new URL('../../../shared/', import.meta.url);
const vat = new URL('mirror/eu/vat/', shared);
const tedb = (name: string) => gunzipSync(readFileSync(new URL(`tedb_raw_EU27_${name}.json.gz`, vat)));
const rateOn = (records: ReferenceRecord[], state: string, date: string) =>
  records
    .filter(
      (r) =>
        r.topic === 'vat-rate' &&
        r.subject === state &&
        r.data['category'] === 'standard' &&
        (r.valid_from ?? '') <= date &&
        (r.valid_to == null || date < r.valid_to),
    )
    .map((r) => Number(r.data['rate']));

async function load(parts: Record<string, Buffer>) {
  const issues: Issue[] = [];
  const rows = source.parse(editionFiles(parts), edition('x'));
  const all = (await collect(source.normalise(rows, contextFor('x', issues)))).map((r) => tariffRecord.parse(r));
  return { issues, records: all.flatMap((record) => (record.kind === 'reference' ? [record] : [])) };
}

describe.skipIf(!existsSync(vat))('VAT of the mirror', () => {
  test('history and answers agree with the golden rates (33 + 28)', async () => {
    const { records, issues } = await load({
      history: readFileSync(new URL('vat_rates.csv', vat)),
      'tedb-1': tedb('2025-05-28_to_2025-08-26'),
      'tedb-2': tedb('2025-07-27_to_2025-08-26'),
    });
    const golden = (name: string) => readFileSync(new URL(`golden/eu-uk/${name}`, shared));
    const history = csvRecords(golden('vat_history.csv'), ['country', 'date', 'standard_rate_pct']);
    for (const { country, date, standard_rate_pct } of history) {
      expect(rateOn(records, country ?? '', date ?? ''), `${country} ${date}`).toEqual([
        Number((Number(standard_rate_pct) / 100).toFixed(4)),
      ]);
    }
    const standard = csvRecords(golden('vat_standard_2026-08.csv'), ['country', 'standard_rate_pct', 'in_force_since']);
    for (const { country, standard_rate_pct, in_force_since } of standard) {
      const expected = [Number((Number(standard_rate_pct) / 100).toFixed(4))];
      expect(rateOn(records, country ?? '', '2026-08-22'), `${country} 2026`).toEqual(expected);
      expect(rateOn(records, country ?? '', in_force_since ?? ''), `${country} ${in_force_since}`).toEqual(expected);
    }
    expect([history.length, standard.length]).toEqual([33, 28]);
    expect(records.filter(({ topic }) => topic === 'vat-rate')).toHaveLength(245);
    expect(new Set(records.map(({ natural_key }) => natural_key)).size).toBe(records.length);
    expect(new Set(issues.map(({ code }) => code))).toEqual(new Set(['regional-rate']));
  });

  test('answers alone give the changes of 2025 and every state', async () => {
    const { records } = await load({ tedb: tedb('2025-05-28_to_2025-08-26') });
    expect(rateOn(records, 'RO', '2025-07-31')).toEqual([0.19]);
    expect(rateOn(records, 'RO', '2025-08-01')).toEqual([0.21]);
    expect(rateOn(records, 'EE', '2025-06-30')).toEqual([0.22]);
    expect(rateOn(records, 'EE', '2025-07-01')).toEqual([0.24]);
    expect(new Set(records.filter((r) => r.data['category'] === 'standard').map((r) => r.subject)).size).toBe(27);
  });

  test('candidates: the prefixes of the newest situation', async () => {
    const { records } = await load({ tedb: tedb('2025-07-27_to_2025-08-26') });
    const ours = new Set(
      records
        .filter(({ topic }) => topic === 'vat-candidate')
        .map((r) => `${r.subject} ${r.code} ${String(r.data['category'])} ${Number(r.data['rate'])}`),
    );
    const listed = csvRecords(gunzipSync(readFileSync(new URL('vat_cn_candidates.csv.gz', vat))), [
      'country',
      'rate_pct',
      'cn_prefix',
      'category',
    ]).map((r) => `${r.country} ${r.cn_prefix} ${r.category} ${Number((Number(r.rate_pct) / 100).toFixed(4))}`);
    const missing = listed.filter((key) => !ours.has(key));
    expect([ours.size, new Set(listed).size, missing.length]).toEqual([5749, 6101, 352]);
    // The list keeps Romania's 9 % and 5 %, which the answers replace on 2025-08-01.
    expect(missing.filter((key) => !/^RO .* 0\.0[59]$/.test(key))).toEqual([]);
    expect([...ours].filter((key) => !listed.includes(key))).toEqual([]);
  });

  test('the mirror is discovered', async () => {
    const fetch = await openMirror(new URL('mirror/eu/', shared).pathname);
    const editions = await collect(source.discover({ fetch, known: [], today: '2026-11-20' }));
    expect(editions.map(({ parts }) => parts.map(({ part }) => part))).toEqual([
      ['history', 'tedb-2025-05-28_to_2025-08-26', 'tedb-2025-07-27_to_2025-08-26'],
    ]);
    for (const { url, expect: kind } of editions[0]?.parts ?? []) await fetch.get(url, { expect: kind });
    await fetch.close();
  });
});
