import { addDays, midnight } from '../../transforms/dates.ts';
import { csvRecords } from '../../transforms/read/csv.ts';
import { bytesAt } from '../file-edition.ts';
import { defineSource } from '../source.ts';
import { strictParse } from '../strict-parse.ts';
import { vatCandidates, vatRates, type HistoryRow } from './eu-vat/records.ts';
import { tedbRequest, tedbResults, type TedbResult } from './eu-vat/tedb-answer.ts';

const SERVICE = 'https://ec.europa.eu/taxation_customs/tedb/ws/VatRetrievalService';
const ACTION = 'urn:ec.europa.eu:taxud:tedb:services:v1:VatRetrievalService/RetrieveVatRates';
/** TEDB's codes of the 27: EL is Greece. */
const STATES = 'AT BE BG CY CZ DE DK EE EL ES FI FR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' ');

/** Archived answers of the service (as JSON) and a tidy history of the rates: what there is where the service cannot be asked. */
const ARCHIVE = { history: 'mirror:eu/vat/vat_rates.csv', dumps: 'mirror:eu/vat/tedb_raw_EU27_' } as const;
const ARCHIVED_AT = '2026-08-22';
const DUMPS = ['2025-05-28_to_2025-08-26', '2025-07-27_to_2025-08-26'] as const;

const COLUMNS = ['country', 'rate_type', 'rate_pct', 'valid_from', 'valid_to', 'source'] as const;

type Row = { of: 'history'; row: HistoryRow } | { of: 'tedb'; result: TedbResult };

/** VAT of the member states from the Taxes in Europe Database: rates by state, and codes named for reduced rates. */
export default defineSource<Row>({
  id: 'eu.vat',
  jurisdiction: 'EU',
  title: 'VAT rates of the member states (TEDB)',
  publisher: {
    name: 'European Commission, Taxation and Customs Union',
    acronym: 'TAXUD',
    url: 'https://ec.europa.eu/taxation_customs/tedb',
  },
  licence: { name: 'Decision 2011/833/EU', attribution: '© European Union' },
  records: ['reference'],
  validity: 'extract',
  cadence: { cron: '25 5 * * 1', timezone: 'Europe/Brussels', staleAfter: 'P35D' },
  covers: {
    families: ['vat'],
    partial: { vat: 'reduced rates are candidates: the states narrow them by comments that are not machine-readable' },
  },
  async *discover({ fetch, today }) {
    if (await bytesAt(fetch, ARCHIVE.history)) {
      yield {
        label: `archive-${ARCHIVED_AT}`,
        publishedAt: midnight(ARCHIVED_AT),
        effectiveDate: ARCHIVED_AT,
        parts: [
          { part: 'history', url: ARCHIVE.history, expect: 'csv' },
          ...DUMPS.map((dump) => ({
            part: `tedb-${dump}`,
            url: `${ARCHIVE.dumps}${dump}.json.gz`,
            expect: 'json' as const,
          })),
        ],
      };
      return;
    }
    yield {
      label: today,
      publishedAt: midnight(today),
      effectiveDate: today,
      parts: [
        {
          part: 'tedb',
          url: SERVICE,
          expect: 'xml',
          method: 'POST',
          headers: { 'content-type': 'text/xml; charset=utf-8', soapaction: ACTION },
          // Ninety days back: the answer holds one situation per change, so a rate of last month and its successor both show.
          body: tedbRequest(STATES, addDays(today, -90), today),
        },
      ],
    };
  },
  parse: strictParse<Row>('answers', async function* (files) {
    for (const name of files.names()) {
      const bytes = await files.read(name);
      if (name === 'history') {
        for (const row of csvRecords(bytes, COLUMNS)) yield { of: 'history', row: filled(row) };
      } else {
        for await (const result of tedbResults(bytes)) yield { of: 'tedb', result };
      }
    }
  }),
  async *normalise(rows, context) {
    const history: HistoryRow[] = [];
    const results: TedbResult[] = [];
    for await (const row of rows) {
      if (row.of === 'history') history.push(row.row);
      else results.push(row.result);
    }
    const report = context.issue.bind(context);
    yield* vatRates(history, results, context.edition.effectiveDate ?? ARCHIVED_AT, report);
    yield* vatCandidates(results, report);
  },
  expect: { min: { 'reference.vat-rate': 27, 'reference.vat-candidate': 1000 }, removedShare: 0.3 },
});

function filled(row: Record<(typeof COLUMNS)[number], string | null>): HistoryRow {
  const cell = (name: (typeof COLUMNS)[number]): string => row[name]?.trim() ?? '';
  return {
    country: cell('country'),
    rate_type: cell('rate_type'),
    rate_pct: cell('rate_pct'),
    valid_from: cell('valid_from'),
    valid_to: cell('valid_to'),
    source: cell('source'),
  };
}
