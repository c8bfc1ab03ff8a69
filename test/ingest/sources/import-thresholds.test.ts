import { describe, expect, test } from 'vitest';
import eu, { EU_IMPORT_THRESHOLDS, euImportThresholdBytes } from '../../../ingest/sources/eu-import-thresholds.ts';
import us, { US_IMPORT_THRESHOLDS, usImportThresholdBytes } from '../../../ingest/sources/us-import-thresholds.ts';
import type { Fetcher } from '../../../ingest/fetch/fetcher.ts';
import type { ReferenceRecord } from '../../../transforms/records.ts';
import { thresholdApplies, type Consignment } from '../../../transforms/landed-cost/de-minimis.ts';
import { feeData, offStatute } from '../../../transforms/reference/fee.ts';
import { importThresholdData, type DatedThreshold } from '../../../transforms/reference/import-threshold.ts';
import { editionFiles } from '../../support/edition-files.ts';
import { collect, contextFor, edition } from '../../support/source-run.ts';

/** A declaration asks nobody: any request is a fault. */
const nobody: Fetcher = {
  get: () => Promise.reject(new Error('a request')),
  download: () => Promise.reject(new Error('a request')),
  close: () => Promise.resolve(),
};

async function known(source: typeof us, bytes: (day: string) => Buffer, day: string): Promise<ReferenceRecord[]> {
  const rows = source.parse(editionFiles({ declaration: bytes(day) }), edition(day));
  const records = await collect(source.normalise(rows, contextFor(day)));
  return records.flatMap((record) => (record.kind === 'reference' ? [record] : []));
}

const thresholds = (records: ReferenceRecord[], subject: string): DatedThreshold[] =>
  records
    .filter((r) => r.topic === 'threshold' && r.subject === subject)
    .map((r) => ({
      ...importThresholdData.parse(r.data),
      valid_from: r.valid_from ?? '',
      valid_to: r.valid_to ?? null,
    }));

const parcel = (more: Partial<Consignment>): Consignment => ({
  date: '2026-11-20',
  origin: 'VN',
  value: '200',
  mode: 'non_postal',
  foreign_importer: false,
  goods: [],
  ...more,
});

describe('us.import-thresholds', () => {
  test('an edition for every day on which something became known; bytes are canonical', async () => {
    const context = { fetch: nobody, known: [], today: '2026-11-20' };
    const editions = await collect(us.discover(context));
    const labels = editions.map(({ label }) => label);
    expect(labels).toContain('2025-08-05');
    expect(labels).toEqual([...labels].sort());
    expect(editions[0]?.parts[0]?.url).toBe(`declared:us.import-thresholds/${labels[0] ?? ''}`);
    expect(usImportThresholdBytes('2026-11-20').equals(usImportThresholdBytes('2026-11-20'))).toBe(true);
  });

  test('what was not known yet is not declared', async () => {
    const before = await known(us, usImportThresholdBytes, '2025-08-04');
    expect(before.some((r) => r.natural_key === 'threshold:de-minimis:all')).toBe(false);
    expect(
      (await known(us, usImportThresholdBytes, '2025-08-05')).some((r) => r.natural_key === 'threshold:de-minimis:all'),
    ).toBe(true);
  });

  test('de minimis by origin and date', async () => {
    const rules = thresholds(await known(us, usImportThresholdBytes, '2026-11-20'), 'US');
    const free = (more: Partial<Consignment>) => thresholdApplies('de_minimis', parcel(more), rules).applies;
    expect(free({ date: '2025-05-01', origin: 'CN' })).toBe(true);
    expect(free({ date: '2025-05-02', origin: 'CN' })).toBe(false);
    expect(free({ date: '2025-05-02', origin: 'HK' })).toBe(false);
    expect(free({ date: '2025-05-02', origin: 'VN' })).toBe(true);
    expect(free({ date: '2025-08-28', origin: 'VN' })).toBe(true);
    expect(free({ date: '2025-08-28', origin: 'VN', value: '800.01' })).toBe(false);
    expect(free({ date: '2025-08-29', origin: 'VN' })).toBe(false);
    expect(free({ mode: null })).toBe(false);
    expect(free({ date: '2015-01-01' })).toBeNull();
  });

  test('informal entry: limit, goods that need a formal one, importers abroad', async () => {
    const rules = thresholds(await known(us, usImportThresholdBytes, '2026-11-20'), 'US');
    const informal = (more: Partial<Consignment>) => thresholdApplies('informal_entry', parcel(more), rules);
    expect(informal({ value: '2500' }).applies).toBe(true);
    expect(informal({ value: '2500.01' }).applies).toBe(false);
    expect(informal({ value: '10', goods: ['antidumping'] })).toMatchObject({ applies: false });
    expect(informal({ date: '2026-11-29', foreign_importer: true }).applies).toBe(true);
    expect(informal({ date: '2026-11-30', foreign_importer: true }).applies).toBe(false);
    expect(informal({ date: '2026-11-30', foreign_importer: null }).applies).toBeNull();
    expect(informal({ date: '2026-11-30', foreign_importer: false }).applies).toBe(true);
  });

  test('every fact has a citation; computed fees follow the statute', () => {
    for (const { record } of US_IMPORT_THRESHOLDS)
      expect(String(record.data['citation']), record.natural_key).not.toBe('');
    const fees = US_IMPORT_THRESHOLDS.filter(({ record }) => record.topic === 'fee');
    expect(fees).toHaveLength(12);
    for (const { record } of fees) expect(offStatute(feeData.parse(record.data), record.valid_from ?? '')).toEqual([]);
    const keys = US_IMPORT_THRESHOLDS.map(({ record }) => record.natural_key);
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe('eu.import-thresholds', () => {
  test('the relief of 150 EUR gives way to 3 EUR per item on 2026-07-01', async () => {
    const rules = thresholds(await known(eu, euImportThresholdBytes, '2026-11-20'), 'EU');
    const on = (date: string) =>
      rules
        .filter((r) => r.valid_from <= date && (r.valid_to === null || date < r.valid_to))
        .map((r) => [r.threshold, r.amount]);
    expect(on('2026-06-30')).toEqual([['de_minimis', '150']]);
    expect(on('2026-07-01')).toEqual([['low_value_duty', '3']]);
    expect(on('2028-06-30')).toContainEqual(['low_value_duty', '3']);
    expect(on('2028-07-01').map(([name]) => name)).toEqual(['handling_fee']);
  });

  test('before the act, the relief had no end', async () => {
    const rules = thresholds(await known(eu, euImportThresholdBytes, '2026-01-01'), 'EU');
    expect(rules.map((r) => [r.threshold, r.valid_to])).toEqual([['de_minimis', null]]);
  });

  test('unofficial figures ask for review', () => {
    const national = EU_IMPORT_THRESHOLDS.filter(({ record }) => record.data['threshold'] === 'national_parcel_fee');
    expect(national.map(({ record }) => record.subject)).toEqual(['FR', 'IT', 'RO']);
    for (const { record } of national) expect(record.data['needs_review']).toBe(true);
  });
});
