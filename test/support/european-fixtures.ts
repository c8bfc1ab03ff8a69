import { withDeclarations } from '../../ingest/fetch/declared.ts';
import { openMirror } from '../../ingest/fetch/mirror.ts';
import { DECLARATIONS, sourceById } from '../../ingest/registry.ts';
import { runSource } from '../../ingest/run.ts';
import type { Source } from '../../ingest/source.ts';
import { euTaric } from '../../ingest/sources/eu-taric.ts';
import euVat from '../../ingest/sources/eu-vat.ts';
import type { Database } from '../../db/connect.ts';
import { dutyRow, DUTY_HEADER, euMonth } from './eu-month.ts';
import { ingestDeps } from './ingest-deps.ts';
import { writeMirror, type MirrorFile } from './mirror-folder.ts';

const NOMENCLATURE = [
  ['Goods code', 'Start date', 'End date', 'Language', 'Hier. Pos.', 'Indent', 'Description', 'Descr. start date'],
  ['0100000000 80', '31-12-1971', null, 'EN', 2, null, 'LIVE ANIMALS', '31-12-1971'],
  ['0101000000 80', '01-01-1972', null, 'EN', 4, null, 'Live horses', '01-01-1972'],
  ['0101210000 80', '01-01-2010', null, 'EN', 6, '- ', 'For breeding', '01-01-2010'],
  ['0101290000 80', '01-01-2010', null, 'EN', 6, '- ', 'Other', '01-01-2010'],
  ['0101291000 80', '01-01-2010', null, 'EN', 8, '- - ', 'For slaughter', '01-01-2010'],
  ['0101299000 80', '01-01-2010', null, 'EN', 8, '- - ', 'Other', '01-01-2010'],
  ['0101300000 80', '01-01-2010', null, 'EN', 6, '- ', 'Asses', '01-01-2010'],
  ['0101900000 80', '01-01-2010', null, 'EN', 6, '- ', 'Mules', '01-01-2010'],
];

const old = '01-01-2010';
const COMMON = [
  dutyRow({ goods: '0101210000', duty: '0.000 %', start: old }),
  dutyRow({ goods: '0101291000', duty: '0.000 % Cond:  B cert: N-990 (27):; B (08):', start: old, type: '105' }),
  dutyRow({ goods: '0101299000', duty: '4.200 %', start: old, origin: '2020', type: '142' }),
  dutyRow({ goods: '0101000000', duty: '0.000 %', start: old, origin: 'TR', type: '106' }),
  dutyRow({ goods: '0101299000', duty: '30.000 %', start: old, origin: 'CN', type: '552', additional: 'C999' }),
  dutyRow({ goods: '0101299000', duty: '12.000 %', start: old, origin: 'CN', type: '552', additional: 'C123' }),
  dutyRow({ goods: '0101300000', duty: '7.700 %', start: old }),
  dutyRow({ goods: '0101900000', duty: '7.700 %', start: '01-01-2015' }),
];
const EXCLUSIONS = [
  ['Goods code', 'Add code', 'Order No.', 'Start date', 'End date', 'Origin', 'Measure type'].concat([
    'Excluded country code',
    'Origin code',
    'Meas. type code',
    'Excluded country',
  ]),
  ['0101299000', null, null, old, null, 'GSP', 'Tariff preference', 'India', '2020', '142', 'IN'],
];

/** Two months of a small tariff: from June on the third-country duty of 0101.29.90 is 10 instead of 11.5 %. */
const MONTHS: Record<string, Record<string, Buffer>> = {
  '2026-05': month([dutyRow({ goods: '0101299000', duty: '11.500 %', start: old })]),
  '2026-06': month([
    dutyRow({ goods: '0101299000', duty: '11.500 %', start: old, end: '31-05-2026' }),
    dutyRow({ goods: '0101299000', duty: '10.000 %', start: '01-06-2026' }),
  ]),
};

function month(own: ReturnType<typeof dutyRow>[]): Record<string, Buffer> {
  return euMonth({
    nomenclature: NOMENCLATURE,
    'duties-import': [DUTY_HEADER, ...COMMON, ...own],
    'measure-exclusions': EXCLUSIONS,
  });
}

const VAT = [
  'country,rate_type,rate_pct,valid_from,valid_to,source',
  'RO,standard,19,2017-01-01,2025-07-31,archive',
  'RO,standard,21,2025-08-01,,archive',
  'DE,standard,19,2021-01-01,,archive',
  'FR,standard,20,2014-01-01,,archive',
].join('\n');
const TEDB = JSON.stringify({
  additionalInformation: null,
  vatRateResults: [
    {
      memberState: 'DE',
      type: 'REDUCED',
      rate: { type: 'REDUCED_RATE', value: 7 },
      situationOn: '2025-01-01',
      cnCodes: { code: [{ value: '0101', description: 'horses' }] },
      cpaCodes: null,
      category: { identifier: 'FOODSTUFFS', description: 'food' },
      comment: 'only for food',
    },
  ],
});
/** The penultimate Wednesday of May 2026 is the 20th. */
const ECB = `<?xml version="1.0" encoding="UTF-8"?>
<gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
<Cube><Cube time="2026-05-20"><Cube currency="USD" rate="1.2500"/></Cube></Cube>
</gesmes:Envelope>`;

const ADDRESS = 'https://tariff.example';
const at = (label: string, part: string) => `${ADDRESS}/${label}/${part}`;

/** Months of the tariff as files of a mirror and a source that lists them: label, then workbooks by part. */
export function taricMonths(months: Record<string, Record<string, Buffer>>): { files: MirrorFile[]; source: Source } {
  const files = Object.entries(months).flatMap(([label, parts]) =>
    Object.entries(parts).map(([part, body]) => ({
      url: at(label, part),
      file: `${label}-${part}.xlsx`,
      body,
      media_type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    })),
  );
  const source: Source = {
    ...(euTaric as unknown as Source),
    expect: { min: {} },
    async *discover() {
      for (const [label, parts] of Object.entries(months)) {
        yield {
          label,
          publishedAt: `${label}-01T06:00:00.000Z`,
          effectiveDate: `${label}-01`,
          parts: Object.keys(parts).map((part) => ({ part, url: at(label, part), expect: 'xlsx' as const })),
        };
      }
      await Promise.resolve();
    },
  };
  return { files, source };
}

/** Publishes sources from files through the whole pipeline, every edition of them. */
export async function publishSmall(
  database: Database,
  clock: () => string,
  files: readonly MirrorFile[],
  sources: readonly (Source | null)[],
): Promise<void> {
  const fetch = withDeclarations(await openMirror(await writeMirror({ '': [...files] })), DECLARATIONS);
  const deps = { ...(await ingestDeps(database, fetch, clock)), sample: true };
  for (const source of sources) {
    if (!source) throw new Error('a source is not registered');
    const select = (editions: Parameters<NonNullable<Parameters<typeof runSource>[2]['select']>>[0]) => editions;
    const report = await runSource(deps, source, { trigger: 'manual', accept: 'a small tariff', select });
    if (report.state !== 'published') throw new Error(`${source.id}: ${report.state} ${report.message ?? ''}`);
  }
}

/** Publishes the small tariff, VAT, a day of exchange rates and the thresholds. */
export async function loadEuropean(database: Database, clock: () => string): Promise<void> {
  const taric = taricMonths(MONTHS);
  const plain = (url: string, file: string, body: string, media_type: string): MirrorFile => ({
    url,
    file,
    body,
    media_type,
  });
  const files = [
    ...taric.files,
    plain(at('vat', 'history'), 'vat.csv', VAT, 'text/csv'),
    plain(at('vat', 'tedb'), 'tedb.json', TEDB, 'application/json'),
    plain('https://www.ecb.europa.eu/stats/eurofxref/eurofxref-daily.xml', 'ecb.xml', ECB, 'text/xml'),
  ];
  const vat: Source = {
    ...(euVat as unknown as Source),
    expect: { min: {} },
    async *discover() {
      yield {
        label: 'archive',
        publishedAt: '2026-01-01T00:00:00.000Z',
        effectiveDate: '2026-01-01',
        parts: [
          { part: 'history', url: at('vat', 'history'), expect: 'csv' as const },
          { part: 'tedb', url: at('vat', 'tedb'), expect: 'json' as const },
        ],
      };
      await Promise.resolve();
    },
  };
  await publishSmall(database, clock, files, [
    taric.source,
    vat,
    sourceById('fx.ecb'),
    sourceById('eu.import-thresholds'),
  ]);
}
