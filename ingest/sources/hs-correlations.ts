import { csvRecords } from '../../transforms/read/csv.ts';
import { xlsxRows, type Cell } from '../../transforms/read/xlsx.ts';
import { fileEdition } from '../file-edition.ts';
import { defineSource } from '../source.ts';
import { strictNormalise } from '../strict-normalise.ts';
import { strictParse } from '../strict-parse.ts';

/**
 * Which subheadings of one HS edition correspond to which of another: the United Nations Statistics Division's correlation tables
 * (https://unstats.un.org/unsd/classifications/Econ), after the WCO's tables I and II. A split is 1:n, and no code follows from it
 * alone: the records say what may correspond, never what a code became.
 *
 * UNTESTED ON REAL DATA: no table could be had. Headers are recognised ('HS 2022', 'HS 2017', 'Relationship'); others are refused.
 */
const TABLES = [
  'https://unstats.un.org/unsd/classifications/Econ/tables/HS2022toHS2017ConversionAndCorrelationTables.xlsx',
  'mirror:wco/hs2022-to-hs2017.csv',
  'mirror:wco/hs2028-to-hs2022.csv',
];

export type Relationship = '1:1' | '1:n' | 'n:1' | 'n:n';
export interface CorrelationRow {
  row: number;
  /** Edition years as the headers name them. */
  fromEdition: string;
  toEdition: string;
  from: string;
  to: string;
  printed: string | null;
}

export const hsCorrelations = defineSource<CorrelationRow>({
  id: 'hs.correlations',
  jurisdiction: 'XX',
  title: 'Correlation of Harmonized System editions',
  publisher: {
    name: 'United Nations Statistics Division',
    acronym: 'UNSD',
    url: 'https://unstats.un.org/unsd/classifications',
  },
  licence: { name: 'UN terms of use', attribution: 'United Nations Statistics Division' },
  records: ['reference'],
  validity: 'from-release',
  cadence: { cron: '10 5 1 * *', timezone: 'Europe/Brussels', staleAfter: 'P5Y' },
  covers: {
    families: ['hs-correlation'],
    partial: { 'hs-correlation': 'Read from hand-made files only; never tried on the official tables.' },
  },

  async *discover({ fetch }) {
    for (const url of TABLES) {
      const edition = await fileEdition(fetch, { part: 'table', url, expect: url.endsWith('.csv') ? 'csv' : 'xlsx' });
      if (edition) yield { ...edition, label: `${labelOf(url)} ${edition.label}` };
    }
  },

  parse: strictParse<CorrelationRow>('table', async function* (files) {
    const bytes = await files.read('table');
    let names: CorrelationNames | null = null;
    let row = 0;
    for await (const cells of rowsOf(bytes)) {
      row += 1;
      if (names === null) {
        names = correlationNames(cells);
        continue;
      }
      const text = (column: number) =>
        String(cells[column] ?? '')
          .replaceAll('.', '')
          .trim();
      yield {
        row,
        fromEdition: names.fromEdition,
        toEdition: names.toEdition,
        from: text(names.from),
        to: text(names.to),
        printed: names.relationship === null ? null : String(cells[names.relationship] ?? '') || null,
      };
    }
  }),

  normalise: strictNormalise<CorrelationRow>('table', async function* (rows, context) {
    const pairs = new Map<string, CorrelationRow>();
    const tos = new Map<string, Set<string>>();
    const froms = new Map<string, Set<string>>();
    for await (const each of rows) {
      // A spreadsheet that holds codes as numbers has lost their first zero: '10121' may be 0101.21 or a cut 1012.1x. Not guessed.
      if (!/^\d{6}$/.test(each.from) || !/^\d{6}$/.test(each.to)) {
        const message = `'${each.from}' and '${each.to}' are not two codes of six digits`;
        context.issue({ severity: 'error', code: 'unknown-code', message, place: { row: each.row } });
        continue;
      }
      pairs.set(`${each.from}>${each.to}`, each);
      tos.set(each.from, (tos.get(each.from) ?? new Set<string>()).add(each.to));
      froms.set(each.to, (froms.get(each.to) ?? new Set<string>()).add(each.from));
    }
    for (const each of pairs.values()) {
      const relationship = relationshipOf(froms.get(each.to)?.size ?? 1, tos.get(each.from)?.size ?? 1);
      if (each.printed !== null && each.printed.toLowerCase() !== relationship) {
        const message = `${each.from} to ${each.to} is ${relationship} by count, '${each.printed}' as printed`;
        context.issue({ severity: 'warning', code: 'relationship-differs', message, place: { row: each.row } });
      }
      yield {
        kind: 'reference',
        natural_key: `hs${each.fromEdition}:${each.from}>hs${each.toEdition}:${each.to}`,
        topic: 'hs-correlation',
        code: each.from,
        subject: each.to,
        data: {
          from_edition: each.fromEdition,
          to_edition: each.toEdition,
          from: each.from,
          to: each.to,
          relationship,
        },
      };
    }
  }),

  expect: { min: { 'reference.hs-correlation': 4_500 }, max: { 'reference.hs-correlation': 12_000 } },
});

interface CorrelationNames {
  from: number;
  to: number;
  fromEdition: string;
  toEdition: string;
  relationship: number | null;
}

/** 'HS 2022' | 'HS 2017' | 'Relationship', with or without 'From' and 'To'. */
function correlationNames(cells: readonly Cell[]): CorrelationNames {
  const names = cells.map((cell) => String(cell ?? '').trim());
  const editions = names.flatMap((name, column) => {
    const [, year] = /^(?:From |To )?HS ?-?(\d{4})$/i.exec(name) ?? [];
    return year === undefined ? [] : [{ column, year }];
  });
  const [from, to] = editions;
  const relationship = names.findIndex((name) => /^relationship$/i.test(name));
  if (
    !from ||
    !to ||
    editions.length !== 2 ||
    names.filter((name) => name !== '').length > (relationship < 0 ? 2 : 3)
  ) {
    throw new Error(`not the columns of a correlation table: ${names.join(', ')}`);
  }
  return {
    from: from.column,
    to: to.column,
    fromEdition: from.year,
    toEdition: to.year,
    relationship: relationship < 0 ? null : relationship,
  };
}

/** `sources`: how many codes lead to the target; `targets`: to how many the source leads. */
function relationshipOf(sources: number, targets: number): Relationship {
  if (targets > 1) return sources > 1 ? 'n:n' : '1:n';
  return sources > 1 ? 'n:1' : '1:1';
}

async function* rowsOf(bytes: Buffer): AsyncGenerator<readonly Cell[]> {
  if (bytes.subarray(0, 2).toString('latin1') === 'PK') {
    for await (const { cells } of xlsxRows(bytes)) yield cells;
    return;
  }
  const [first] = csvRecords(bytes, []);
  if (!first) throw new Error('the table is empty');
  const names = Object.keys(first);
  yield names;
  for (const record of csvRecords(bytes, [])) yield names.map((name) => record[name] ?? null);
}

function labelOf(url: string): string {
  return /hs\d{4}-?to-?hs\d{4}/i.exec(url)?.[0].toLowerCase() ?? url;
}
