import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Issue } from '../../ingest/source.ts';
import { usFederalRegister } from '../../ingest/sources/us-federal-register.ts';
import { DOCUMENTS } from '../../ingest/sources/us-federal-register/documents.ts';
import { csvRecords } from '../../transforms/read/csv.ts';
import { referenceRecord, type ReferenceRecord } from '../../transforms/records.ts';
import { editionFiles } from '../support/edition-files.ts';
import { collect, contextFor } from '../support/source-run.ts';

const MIRROR = '../shared/mirror/us';
const here = existsSync(`${MIRROR}/manifest.json`);
if (!here) console.warn('skipped: Federal Register documents of ../shared are not here');

interface Entry {
  url: string;
  file: string;
}

async function load(label: string): Promise<{ records: ReferenceRecord[]; issues: Issue[] }> {
  const manifest = JSON.parse(readFileSync(`${MIRROR}/manifest.json`, 'utf8')) as Entry[];
  const document = DOCUMENTS.find((candidate) => candidate.document === label);
  const file = manifest.find((entry) => entry.url === document?.url)?.file ?? '';
  const stored = readFileSync(`${MIRROR}/${file}`);
  const issues: Issue[] = [];
  const edition = { label, publishedAt: null, effectiveDate: null, parts: [] };
  const files = editionFiles({ document: file.endsWith('.gz') ? gunzipSync(stored) : stored });
  const records = await collect(
    usFederalRegister.normalise(usFederalRegister.parse(files, edition), contextFor(edition, issues)),
  );
  return { records: records.filter((record): record is ReferenceRecord => record.kind === 'reference'), issues };
}

/** Digits of a column of a reviewed list, zero padding removed. */
function listed(file: string, column: string, only: Readonly<Record<string, string>> = {}): Set<string> {
  const rows = csvRecords(readFileSync(`${MIRROR}/lists/${file}`), [column, ...Object.keys(only)]);
  return new Set(
    rows
      .filter((row) => Object.entries(only).every(([name, value]) => row[name] === value))
      .map((row) => plain(row[column] ?? '')),
  );
}
function plain(code: string): string {
  return code.replaceAll('.', '').replace(/^(\d{8})00$/, '$1');
}
const codes = (records: readonly ReferenceRecord[], subject: string, condition?: string | null) =>
  new Set(
    records
      .filter(
        (record) =>
          record.subject === subject && (condition === undefined || (record.data.condition ?? null) === condition),
      )
      .map((record) => plain(record.code ?? '')),
  );
const differ = (one: ReadonlySet<string>, other: ReadonlySet<string>) => [
  [...one].filter((code) => !other.has(code)),
  [...other].filter((code) => !one.has(code)),
];

describe.skipIf(!here)('Federal Register documents and annexes', () => {
  it.each(DOCUMENTS.filter((document) => document.document !== '2026-11296').map((document) => [document.document]))(
    '%s is read as when it was reviewed',
    async (label) => {
      const { records, issues } = await load(label);
      for (const record of records) referenceRecord.parse(record);
      expect(issues.filter((issue) => issue.severity !== 'info')).toEqual([]);
      expect(records.length).toBeGreaterThan(0);
    },
  );

  it('says that the annex of 2026-11296 is images', async () => {
    const { records, issues } = await load('2026-11296');
    expect(records).toEqual([]);
    expect(issues.map((issue) => issue.code)).toEqual(['annex-is-images']);
    expect(issues[0]?.message).toContain('page images');
  });

  it('agrees with the reviewed lists of the same acts, number by number', async () => {
    const metals = (await load('Proclamation 11021 Annexes')).records;
    const fr = (part: string) => codes(metals, `fr:Proclamation 11021 Annexes/${part}`);
    expect(differ(fr('annex-i-a'), listed('metals-annex-IA.csv', 'HTSUS'))).toEqual([[], []]);
    expect(differ(fr('annex-i-b'), listed('metals-annex-IB.csv', 'HTSUS'))).toEqual([[], []]);
    expect(differ(fr('annex-ii'), listed('metals-annex-II-removed.csv', 'HTSUS'))).toEqual([[], []]);
    expect(differ(fr('annex-iii'), listed('metals-annex-III-temporary.csv', 'HTSUS'))).toEqual([[], []]);

    const s122 = (await load('Proclamation 11012 Annex II')).records;
    const annex = 'fr:Proclamation 11012 Annex II/annex-ii';
    expect(differ(codes(s122, annex, null), listed('section122-product-exemptions.csv', 'hts_code'))).toEqual([[], []]);
    expect(
      differ(codes(s122, annex, 'civil-aircraft-use'), listed('section122-aircraft-exemptions.csv', 'hts_code')),
    ).toEqual([[], []]);
    expect(
      differ(codes(s122, annex, 'described-article'), listed('section122-specific-exemptions.csv', 'hts_code')),
    ).toEqual([[], []]);

    const brazil = (await load('2026-14542')).records;
    for (const [category, condition] of [
      ['flat', null],
      ['named', 'described-article'],
      ['aircraft', 'civil-aircraft-use'],
      ['pharma', 'pharmaceutical-use'],
    ] as const)
      expect(
        differ(
          codes(brazil, 'fr:2026-14542/annex-ii', condition),
          listed('brazil-301-exemptions.csv', 'HTSUS', { category }),
        ),
      ).toEqual([[], []]);

    for (const [goods, document] of [
      ['alcohol', '2026-14991'],
      ['dairy', '2026-14992'],
      ['autos', '2026-14997'],
    ] as const)
      expect(
        differ(
          codes((await load(document)).records, `fr:${document}/annex-i`),
          listed(`canada-338-${goods}.csv`, 'HTSUS'),
        ),
      ).toEqual([[], []]);

    const swiss = (await load('2025-23316')).records;
    for (const [part, category] of [
      ['b', 'ptaap'],
      ['c', 'civil_aircraft'],
      ['d', 'pharma'],
    ] as const)
      expect(
        differ(
          codes(swiss, `fr:2025-23316/${part}`),
          listed('floor_exempt_products.csv', 'hts8', { country_group: 'swiss', category }),
        ),
      ).toEqual([[], []]);
  });

  it('agrees with the list of the proposed action on Brazil but for numbers that the list cut to eight digits', async () => {
    const { records } = await load('2026-11158');
    const [document, list] = differ(
      codes(records, 'fr:2026-11158/annex'),
      listed('s301_brazil_exempt_products.csv', 'hts8'),
    );
    expect([document?.length, list?.length]).toEqual([4, 4]);
    expect(document?.every((code) => code.length === 10 && list?.includes(code.slice(0, 8)))).toBe(true);
    expect(new Set(records.map((record) => record.data.role))).toEqual(new Set(['proposal']));
  });

  it('finds what the list of derivative articles cut to eight digits', async () => {
    const { records } = await load('2025-15819');
    const steel = codes(records, 'fr:2025-15819/16(n)');
    expect(steel.size).toBe(388);
    const [document = [], list = []] = differ(
      steel,
      listed('s232_derivative_products.csv', 'hts_prefix', { derivative_type: 'steel' }),
    );
    expect(document.every((code) => code.length === 10)).toBe(true);
    expect(list.every((code) => document.some((number) => number.startsWith(code)))).toBe(true);
    expect(new Set(records.map((record) => `${record.valid_from ?? ''} ${record.valid_to ?? ''}`))).toEqual(
      new Set(['2025-08-18 2026-04-06']),
    );
  });

  it('names what the list of products exempt from the duty on Brazil has beyond the annex of 2025-11-20', async () => {
    const { records } = await load('EO-2025-11-20');
    const [document = [], list = []] = differ(
      codes(records, 'fr:EO-2025-11-20/annex-i'),
      listed('country_eo_exempt_products.csv', 'hts10'),
    );
    expect(document).toEqual([]);
    // Five headings of chapter 99 are no products; four rows are not in this reading of the annex.
    expect(list.filter((code) => code.startsWith('99')).length).toBe(5);
    expect(list.filter((code) => !code.startsWith('99')).sort()).toEqual([
      '90148050',
      '90314940',
      '90314970',
      '98020091',
    ]);
  });
});
