import { EUROPEAN_FAMILIES, withFamilyCheck } from '../measure-families.ts';
import { defineSource } from '../source.ts';
import { strictNormalise } from '../strict-normalise.ts';
import { strictParse } from '../strict-parse.ts';
import { commodityRecords } from './gb-tariff/commodities.ts';
import { measureRecords, nameRecords } from './gb-tariff/measures.ts';
import { schemaDifferences, TABLES, tableRows, type TableRow } from './gb-tariff/tables.ts';
import { compareVersions, listVersions, versionEdition } from './gb-tariff/versions.ts';

/** The newest versions are listed, and all since the one that is published: there is one a day, each complete in itself. */
const VERSIONS_LISTED = 3;

/**
 * The UK tariff from the Department for Business and Trade's data API, which exports HMRC and DBT's tariff management data
 * (https://data.api.trade.gov.uk). Has no VAT, no excise and no quota volumes.
 */
export const gbTariff = defineSource<TableRow>({
  id: 'gb.tariff',
  jurisdiction: 'GB',
  title: 'UK Integrated Online Tariff: commodities and measures',
  publisher: { name: 'Department for Business and Trade', acronym: 'DBT', url: 'https://data.api.trade.gov.uk' },
  licence: {
    name: 'Open Government Licence v3.0',
    attribution: 'Contains public sector information licensed under the OGL v3.0',
  },
  records: ['goods_nomenclature', 'measure', 'reference'],
  validity: 'extract',
  cadence: { cron: '20 6 * * *', timezone: 'Europe/London', staleAfter: 'P7D', regular: true },
  http: { minDelayMs: 500, userAgent: 'plain', maxBytes: 256 * 1024 ** 2 },
  covers: {
    families: EUROPEAN_FAMILIES,
    partial: {
      quota: 'Order numbers only: balances are in gb.quotas.',
      preference: 'Members of country groups are not part of the two reports that are read.',
    },
  },

  async *discover(context) {
    const versions = await listVersions(context.fetch);
    const newest = context.known[0]?.label;
    const wanted = versions.filter(
      (version, index) =>
        index >= versions.length - VERSIONS_LISTED || (newest !== undefined && compareVersions(version, newest) >= 0),
    );
    for (const version of wanted) yield await versionEdition(context.fetch, version);
  },

  parse: strictParse<TableRow>('tables', async function* (files) {
    if (files.has('schema')) {
      const differences = schemaDifferences(await files.read('schema'));
      if (differences.length > 0) throw new Error(`the layout has changed: ${differences.join('; ')}`);
    }
    for (const table of TABLES) yield* tableRows(table, await files.read(table));
  }),

  normalise: strictNormalise<TableRow>('tables', async function* (rows, context) {
    const commodities: TableRow[] = [];
    const measures: TableRow[] = [];
    for await (const row of rows) (row.table === 'commodities-report' ? commodities : measures).push(row);
    yield* commodityRecords(commodities, context);
    yield* nameRecords(measures);
    yield* withFamilyCheck(measureRecords(measures, context), context);
  }),

  expect: {
    min: { goods_nomenclature: 23_000, 'measure.103': 9_000 },
    max: { goods_nomenclature: 32_000, measure: 200_000 },
    // In December 2020 the schedule went from eight to ten digits: a quarter more rows between two versions.
    sizeShare: 0.5,
    removedShare: 0.1,
    modifiedShare: 0.35,
    known: { 'goods_nomenclature.productline_suffix': ['10', '20', '30', '40', '50', '60', '70', '80'] },
    golden: [
      {
        natural_key: '0101210000-80',
        kind: 'goods_nomenclature',
        has: { code: '010121', parent_key: '0101210000-10', declarable: true },
      },
    ],
  },
});
