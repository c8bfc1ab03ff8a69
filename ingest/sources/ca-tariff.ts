import type { MeasureRecord, NomenclatureRecord } from '../../transforms/records.ts';
import { parseCanadianRate } from '../../transforms/ca/parse-rate.ts';
import { csvRecords } from '../../transforms/read/csv.ts';
import { fileEdition } from '../file-edition.ts';
import { defineSource } from '../source.ts';
import { strictNormalise } from '../strict-normalise.ts';
import { strictParse } from '../strict-parse.ts';

/**
 * The Canadian Customs Tariff from CBSA's CADEx data base (https://www.cbsa-asfc.gc.ca/trade-commerce/tariff-tarif/). It is an Access
 * file; what is read is its tariff table exported as CSV, which an operator imports.
 *
 * UNTESTED ON REAL DATA: no copy of the table could be had. Column names are those documented by users of the data base; a table
 * with others is refused. Until an official file has been read, every family of this source is partial.
 */
const ADDRESS = 'mirror:ca/cadex/tphs.csv';

/** Treatment columns and the name of each: MFN and General are for every country of their list, the others are preferences. */
const TREATMENTS: Readonly<Record<string, string>> = {
  MFN: 'Most-favoured-nation',
  GT: 'General',
  UST: 'United States',
  MXT: 'Mexico',
  CIAT: 'Canada-Israel agreement',
  CT: 'Chile',
  CRT: 'Costa Rica',
  IT: 'Iceland',
  NT: 'Norway',
  SLT: 'Switzerland-Liechtenstein',
  PT: 'Peru',
  COLT: 'Colombia',
  JT: 'Jordan',
  PAT: 'Panama',
  HNT: 'Honduras',
  KRT: 'Korea',
  CEUT: 'European Union (CETA)',
  UAT: 'Ukraine',
  CPTPT: 'Trans-Pacific Partnership',
  UKT: 'United Kingdom',
  AUT: 'Australia',
  NZT: 'New Zealand',
  CCCT: 'Commonwealth Caribbean',
  LDCT: 'Least developed countries',
  GPT: 'General preferential',
};
const COLUMNS = ['TARIFF', 'DESC1', 'DESC2', 'DESC3', 'UOM', 'MFN'] as const;
type Row = { cells: Record<string, string | null>; row: number };

const NOT_TRIED = 'Read from hand-made files only; never tried on the official data base.';

export const caTariff = defineSource<Row>({
  id: 'ca.tariff',
  jurisdiction: 'CA',
  title: 'Canadian Customs Tariff (CADEx)',
  publisher: { name: 'Canada Border Services Agency', acronym: 'CBSA', url: 'https://www.cbsa-asfc.gc.ca' },
  licence: { name: 'Open Government Licence – Canada', attribution: 'Canada Border Services Agency' },
  records: ['goods_nomenclature', 'measure'],
  validity: 'from-release',
  cadence: { cron: '40 6 * * 1', timezone: 'America/Toronto', staleAfter: 'P120D' },
  covers: {
    families: ['nomenclature', 'general', 'preference'],
    partial: { nomenclature: NOT_TRIED, general: NOT_TRIED, preference: NOT_TRIED },
  },

  async *discover({ fetch }) {
    const edition = await fileEdition(fetch, { part: 'tariff', url: ADDRESS, expect: 'csv' });
    if (edition) yield edition;
  },

  parse: strictParse<Row>('tariff', async function* (files) {
    const records = csvRecords(await files.read('tariff'), COLUMNS);
    const strange = Object.keys(records[0] ?? {}).filter((name) => !isColumn(name));
    if (strange.length > 0) throw new Error(`tariff: unknown column ${strange.join(', ')}`);
    for (const [index, cells] of records.entries()) yield { cells, row: index + 2 };
  }),

  normalise: strictNormalise<Row>('tariff', async function* (rows, context) {
    const lines: { code: string; row: Row }[] = [];
    const codes = new Set<string>();
    for await (const row of rows) {
      const printed = row.cells['TARIFF'] ?? '';
      const code = printed.replaceAll('.', '').trim();
      const place = { row: row.row };
      if (!/^(\d{2}|\d{4}|\d{6}|\d{8}|\d{10})$/.test(code)) {
        context.issue({ severity: 'error', code: 'unknown-code', message: `'${printed}'`, place });
      } else if (codes.has(code)) {
        context.issue({ severity: 'error', code: 'line-twice', message: `${code} is listed twice`, place });
      } else {
        codes.add(code);
        lines.push({ code, row });
      }
    }
    const parents = new Set(lines.map(({ code }) => ancestorsOf(code, codes)[0]));
    for (const { code, row } of lines) {
      yield lineOf(code, row, codes, !parents.has(code));
      for (const measure of measuresOf(code, row)) {
        if (measure.duty?.op === 'not_computable') {
          const message = `${code} ${measure.programmes.join()}: '${measure.duty_expression ?? ''}'`;
          context.issue({ severity: 'warning', code: 'duty-not-understood', message, place: { row: row.row } });
        }
        yield measure;
      }
    }
  }),

  expect: { min: { goods_nomenclature: 7_000 }, known: { 'measure.measure_type': ['mfn', 'general', 'preference'] } },
});

function isColumn(name: string): boolean {
  return (COLUMNS as readonly string[]).includes(name) || name in TREATMENTS || name === 'EFF_DATE';
}

/** The codes above that are printed, nearest first. */
function ancestorsOf(code: string, codes: ReadonlySet<string>): string[] {
  return [8, 6, 4, 2]
    .filter((length) => length < code.length)
    .flatMap((length) => {
      const above = code.slice(0, length);
      return codes.has(above) ? [above] : [];
    });
}

function lineOf(code: string, { cells }: Row, codes: ReadonlySet<string>, declarable: boolean): NomenclatureRecord {
  const ancestors = ancestorsOf(code, codes);
  const unit = cells['UOM']?.trim() ?? '';
  return {
    kind: 'goods_nomenclature',
    natural_key: code,
    item_id: code,
    productline_suffix: null,
    code,
    parent_key: ancestors[0] ?? null,
    ancestors,
    depth: ancestors.length,
    sort_key: code,
    declarable,
    description: ['DESC1', 'DESC2', 'DESC3']
      .map((name) => cells[name]?.trim() ?? '')
      .filter((text) => text !== '')
      .join(' '),
    units: unit === '' || unit === '-' ? [] : [unit],
    footnotes: [],
    attributes: {},
  };
}

function* measuresOf(code: string, { cells }: Row): Generator<MeasureRecord> {
  for (const treatment of Object.keys(TREATMENTS)) {
    const printed = cells[treatment]?.trim() ?? '';
    const duty = parseCanadianRate(printed);
    if (duty === null) continue;
    const type = treatment === 'MFN' ? 'mfn' : treatment === 'GT' ? 'general' : 'preference';
    yield {
      kind: 'measure',
      natural_key: `${code}|${treatment}`,
      code,
      measure_type: type,
      geographical_area: '1011',
      excluded_areas: [],
      additional_code: null,
      quota_order_number: null,
      reduction_indicator: null,
      programmes: type === 'preference' ? [treatment] : [],
      effect: 'base',
      duty_expression: printed,
      duty,
      conditions: [],
      footnotes: [],
      legal_base: null,
      legal_base_url: null,
      attributes: {},
    };
  }
}
