import { z } from 'zod';
import { csvRecords } from '../../../transforms/read/csv.ts';

/** The two reports that are read, with every column they have: the layout is a contract, and a change of it stops the edition. */
export const COLUMNS = {
  'commodities-report': [
    'id',
    'commodity__sid',
    'commodity__code',
    'commodity__suffix',
    'commodity__description',
    'commodity__validity_start',
    'commodity__validity_end',
    'parent__sid',
    'parent__code',
    'parent__suffix',
  ],
  'measures-as-defined': [
    'id',
    'commodity__sid',
    'commodity__code',
    'commodity__indent',
    'commodity__description',
    'measure__sid',
    'measure__type__id',
    'measure__type__description',
    'measure__additional_code__code',
    'measure__additional_code__description',
    'measure__duty_expression',
    'measure__effective_start_date',
    'measure__effective_end_date',
    'measure__reduction_indicator',
    'measure__footnotes',
    'measure__conditions',
    'measure__geographical_area__sid',
    'measure__geographical_area__id',
    'measure__geographical_area__description',
    'measure__excluded_geographical_areas__ids',
    'measure__excluded_geographical_areas__descriptions',
    'measure__quota__order_number',
    'measure__regulation__id',
    'measure__regulation__url',
  ],
} as const;

export type Table = keyof typeof COLUMNS;
export const TABLES: readonly Table[] = ['commodities-report', 'measures-as-defined'];

export interface TableRow {
  table: Table;
  /** Record number, the header being 1. */
  row: number;
  cells: Readonly<Record<string, string | null>>;
}

/** Rows of a table. Null is printed as `#NA`; an unknown column is refused like a missing one. */
export function* tableRows(table: Table, bytes: Buffer): Generator<TableRow> {
  const known: readonly string[] = COLUMNS[table];
  const records = csvRecords(bytes, known, { nullToken: '#NA' });
  const strange = Object.keys(records[0] ?? {}).filter((name) => !known.includes(name));
  if (strange.length > 0) throw new Error(`${table}: unknown column ${strange.join(', ')}`);
  for (const [index, cells] of records.entries()) yield { table, row: index + 2, cells };
}

const csvw = z.object({
  tables: z.array(
    z.object({ url: z.string(), tableSchema: z.object({ columns: z.array(z.object({ name: z.string() })) }) }),
  ),
});

/** Where the publisher's data dictionary (CSVW) differs from the layout above, in words; empty when it agrees. */
export function schemaDifferences(bytes: Buffer): string[] {
  const { tables } = csvw.parse(JSON.parse(bytes.toString('utf8')));
  return TABLES.flatMap((table) => {
    const stated = tables.find(({ url }) => new RegExp(`(^|/)${table}(/|\\.|$)`).test(url));
    if (!stated) return [`the data dictionary does not describe ${table}`];
    const names = stated.tableSchema.columns.map(({ name }) => name);
    const known: readonly string[] = COLUMNS[table];
    return [
      ...names.filter((name) => !known.includes(name)).map((name) => `${table} has a new column ${name}`),
      ...known.filter((name) => !names.includes(name)).map((name) => `${table} has lost its column ${name}`),
    ];
  });
}

export function filled(row: TableRow, column: string): string {
  const text = row.cells[column];
  if (text === null || text === undefined || text === '')
    throw new Error(`${row.table}, row ${row.row}: '${column}' is empty`);
  return text;
}
