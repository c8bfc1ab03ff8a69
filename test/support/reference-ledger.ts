import { openMirror } from '../../ingest/fetch/mirror.ts';
import { withDeclarations } from '../../ingest/fetch/declared.ts';
import { DECLARATIONS, sourceById } from '../../ingest/registry.ts';
import { notPublished, runSource } from '../../ingest/run.ts';
import { DICTIONARY_URL } from '../../ingest/sources/us-pga/dictionary.ts';
import type { Database } from '../../db/connect.ts';
import { ingestDeps } from './ingest-deps.ts';
import { writeMirror } from './mirror-folder.ts';

const NOTICE = `<html><body><pre>
[Federal Register Volume 91, Number 190 (Friday, October 2, 2026)]
             Antidumping Duty Proceedings
INDIA: Steel, A-533-999...........    10/1/25-9/30/26
INDIA: Rope, A-533-998...........    10/1/25-9/30/26
JAPAN: Wire, A-588-997...........    10/1/25-9/30/26
</pre></body></html>`;
const SCOPES = JSON.stringify({
  orders: [
    {
      case: 'A-533-999',
      country: 'INDIA',
      product: 'Steel',
      hts: ['7214.20.00', '8471300100'],
      source: '2020-00001',
      source_date: '2020-01-02',
      title: 'Steel From India: Antidumping Duty Order',
      listed_in: '2026-18001',
    },
  ],
});
const RATES = [
  'case_number,exporter,rate,is_all_others,effective_from,effective_to,fr_document_number',
  'A-533-999,Exporter One,0.2660,FALSE,2025-05-27,,2025-10001',
  'A-533-999,Exporter One,0.0100,FALSE,2026-05-27,,2026-10001',
  'A-533-999,All Others,0.3000,TRUE,2026-05-27,,2026-10001',
].join('\n');
const QUOTAS = [
  'Commodity Status Report November 16, 2026',
  '01CHEESE07 Cheddar - OTHR 202601 01/01/2026 12/31/2026 - 1000000 KG 250000 25.00% OPEN -',
  '01CHEESE07 Cheddar NEW ZEALAND - 202601 01/01/2026 12/31/2026 - 8200000 KG 8200000 100.00% FILL 08/28/2026 00:00: AM',
  '09XLUMBER USTR SOFTWOOD CANADA - 202602 10/01/2026 12/31/2026 - 0 KG - 0.00% EXCL -',
].join('\n');
const FEES = [
  'fee_code,rate_pct,min_usd,max_usd,flat_usd,effective_from,effective_to,source,verified',
  'mpf_formal,0.3464,32.71,634.62,,2024-10-01,2025-09-30,FR FY2025,notice text',
  'mpf_formal,0.3464,33.58,651.50,,2025-10-01,2026-09-30,FR FY2026,notice text',
  'mpf_formal,0.3464,34.58,670.86,,2026-10-01,2027-09-30,FR FY2027,notice text',
  'mpf_informal_automated,,,,2.69,2025-10-01,2026-09-30,FR FY2026,notice text',
  'mpf_informal_automated,,,,2.77,2026-10-01,2027-09-30,FR FY2027,notice text',
  'hmf,0.125,,,,1991-01-01,,19 CFR 24.24,notice text',
].join('\n');
const definition = (flagCode: string, agencyCode: string, requirement: string, programCodes: string[]) => ({
  flagCode,
  agencyCode,
  requirement,
  programCodes,
  definition: `${flagCode} in words`,
});
const DICTIONARY = JSON.stringify({
  definitions: [
    definition('DE1', 'DEA', 'may_be_required', ['DEA']),
    definition('DE3', 'DEA', 'may_be_required', ['MAC']),
    definition('NM8', 'NMF', 'required', ['SIM']),
    definition('FD1', 'FDA', 'may_be_required', ['COS', 'DRU']),
  ],
});
const DEA = [
  'htsCode,description,program',
  '6109,Garments,DEA',
  '6109100012,T-shirts,DEA',
  '6109.10.00.99,a number that is gone,MAC',
  '847130,Machines,MAC',
].join('\n');
/** A day of the ECB, and no day after it. */
const ECB = `<?xml version="1.0" encoding="UTF-8"?>
<gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
<Cube><Cube time="2025-02-03"><Cube currency="USD" rate="1.0250"/><Cube currency="GBP" rate="0.8300"/></Cube></Cube>
</gesmes:Envelope>`;

const MIRROR = [
  ['https://www.federalregister.gov/d/2026-17810#raw-text', 'notice.html', NOTICE, 'text/html', '2026-10-02'],
  [
    'mirror:us/federal-register/adcvd/adcvd_orders_sample.json',
    'scopes.json',
    SCOPES,
    'application/json',
    '2026-10-02',
  ],
  ['mirror:us/federal-register/adcvd/adcvd_rates_sample.csv', 'rates.csv', RATES, 'text/csv', '2026-10-02'],
  [
    'mirror:us/lists/census_codes_iso.csv',
    'c.csv',
    'census_code,name,iso2,note\n5330,India,IN,\n5880,Japan,JP,\n',
    'text/csv',
    '2026-10-02',
  ],
  ['https://www.cbp.gov/document/report/commodity-status-report', 'quota.txt', QUOTAS, 'text/plain', '2026-11-16'],
  ['mirror:us/fees/us_fees.csv', 'fees.csv', FEES, 'text/csv', '2026-07-31'],
  [DICTIONARY_URL, 'flags.json', DICTIONARY, 'application/json', '2026-03-04'],
  ['mirror:us/pga/dea-drug-codes-2026-03.csv', 'dea.csv', DEA, 'text/csv', '2025-01-02'],
  ['https://www.ecb.europa.eu/stats/eurofxref/eurofxref-daily.xml', 'ecb.xml', ECB, 'text/xml', '2025-02-03'],
] as const;

const SOURCES = [
  'us.adcvd',
  'us.quota-status',
  'us.fees',
  'us.import-thresholds',
  'us.pga-definitions',
  'us.pga-dea',
  'us.programmes',
  'fx.ecb',
] as const;

/** Ingests a handful of reference data in the publishers' formats through the whole pipeline; the declared sources with all their editions. */
export async function loadReference(
  database: Database,
  clock: () => string,
  sources: readonly string[] = SOURCES,
): Promise<void> {
  const folder = await writeMirror({
    '': MIRROR.map(([url, file, body, media_type, published_at]) => ({ url, file, body, media_type, published_at })),
  });
  const fetch = withDeclarations(await openMirror(folder), DECLARATIONS);
  const deps = { ...(await ingestDeps(database, fetch, clock)), sample: true };
  for (const id of sources) {
    const source = sourceById(id);
    if (!source) throw new Error(`no source ${id}`);
    const report = await runSource(deps, source, { trigger: 'manual', select: notPublished });
    if (report.state !== 'published') throw new Error(`${id}: ${report.state} ${report.message ?? ''}`);
  }
}
