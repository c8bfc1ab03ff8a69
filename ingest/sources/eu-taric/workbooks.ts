import { xlsxRows, type Cell } from '../../../transforms/read/xlsx.ts';

/** The monthly workbooks that are read, by part name: what the file is called and which columns it may and must have. */
export interface Layout {
  /** File name without ' (1)' of a repeated download. */
  file: RegExp;
  required: readonly string[];
  /** Known, not needed. A header in neither list stops the edition: columns have been renamed and moved before. */
  known: readonly string[];
  /** A month without it is unfinished; otherwise its absence is an issue. */
  essential: boolean;
}

const DUTY_COLUMNS = [
  'Goods code',
  'Add code',
  'Order No.',
  'Start date',
  'End date',
  'RED_IND',
  'Origin',
  'Measure type',
  'Legal base',
];
const MEASURE_KEY = ['Goods code', 'Add code', 'Order No.', 'Start date', 'End date', 'Origin code', 'Meas. type code'];
const DESCRIPTION = ['Language', 'Description', 'Start date', 'End date'];
const DESCRIPTION_STARTS = ['Descr. start date', 'Description start date', 'Abbrev.'];

export const LAYOUTS = {
  nomenclature: {
    file: /^Nomenclature EN\.xlsx$/i,
    required: ['Goods code', 'Start date', 'End date', 'Language', 'Hier. Pos.', 'Indent', 'Description'],
    known: ['Descr. start date'],
    essential: true,
  },
  'duties-import': {
    file: /^Duties Import 01-99\.xlsx$/i,
    required: [...DUTY_COLUMNS, 'Duty', 'Origin code', 'Meas. type code'],
    known: [],
    essential: true,
  },
  'measure-conditions': {
    file: /^Measure conditions\.xlsx$/i,
    required: [
      ...MEASURE_KEY,
      'Meas. cond',
      'Sequence',
      'Certificate',
      'Cond. amount',
      'Mon. unit',
      'Meas. unit',
      'Meas. unit qual',
      'Meas. action',
    ],
    known: [],
    essential: true,
  },
  'measure-exclusions': {
    file: /^Measure exclusions\.xlsx$/i,
    required: [...MEASURE_KEY, 'Excluded country code', 'Excluded country'],
    known: ['Origin', 'Measure type'],
    essential: true,
  },
  'measure-footnotes': {
    file: /^Measure footnotes\.xlsx$/i,
    required: [...MEASURE_KEY, 'Footnote'],
    known: ['Origin', 'Measure type'],
    essential: true,
  },
  'area-composition': {
    file: /^Geographical areas composition\.xlsx$/i,
    required: ['Country group', 'Member country', 'Mbship start date', 'Mbship end date'],
    known: ['Abbrev.', 'Country group descr.', 'Description', 'Language', 'Start date', 'End date'],
    essential: true,
  },
  'area-descriptions': {
    file: /^Geographical areas descriptions?\.xlsx$/i,
    required: ['Or./Dest.', ...DESCRIPTION],
    known: DESCRIPTION_STARTS,
    essential: true,
  },
  'additional-codes': {
    file: /^Additional codes descriptions\.xlsx$/i,
    required: ['Add code', ...DESCRIPTION],
    known: DESCRIPTION_STARTS,
    essential: false,
  },
  footnotes: {
    file: /^Footnotes descriptions\.xlsx$/i,
    required: ['Footnote', ...DESCRIPTION],
    known: DESCRIPTION_STARTS,
    essential: false,
  },
  certificates: {
    file: /^Box 44 codes of the SAD\.xlsx$/i,
    required: ['Certificate code', ...DESCRIPTION],
    known: DESCRIPTION_STARTS,
    essential: false,
  },
  'legal-bases': {
    file: /^Legal basis\.xlsx$/i,
    required: ['Legal base', 'Off. Journal', 'Page', 'Publ. date'],
    known: [],
    essential: false,
  },
  // The same measures a second time, with date cells and headers that start with a blank: compared with the first, never loaded.
  'taric-measures': {
    file: /^Taric measures \d{2}-\d{2}-\d{4}\.xlsx$/i,
    required: [...DUTY_COLUMNS, 'Duty', 'Origin code', 'Meas. type code'],
    known: [],
    essential: false,
  },
} as const satisfies Record<string, Layout>;

export type Part = keyof typeof LAYOUTS;

/** In the order in which `parse` gives them: what a measure needs comes before the measures. */
export const PARTS: readonly Part[] = [
  'nomenclature',
  'area-descriptions',
  'area-composition',
  'additional-codes',
  'footnotes',
  'certificates',
  'legal-bases',
  'measure-exclusions',
  'measure-conditions',
  'measure-footnotes',
  'duties-import',
  'taric-measures',
];

/** One row of one workbook: cells by header. */
export interface SheetRecord {
  part: Part;
  row: number;
  cells: Readonly<Record<string, Cell>>;
}

/** The rows of a part's workbook by column name. Throws on a header that is missing, doubled where it counts, or unknown. */
export async function* sheetRecords(part: Part, bytes: Buffer): AsyncGenerator<SheetRecord> {
  const layout: Layout = LAYOUTS[part];
  let names: string[] | null = null;
  for await (const { row, cells } of xlsxRows(bytes)) {
    if (names === null) {
      names = headerNames(part, layout, cells);
      continue;
    }
    const record: Record<string, Cell> = {};
    for (const [index, name] of names.entries()) {
      const cell = cells[index] ?? null;
      // Two columns are called 'Abbrev.'; neither is used, the first stays.
      if (!(name in record)) record[name] = typeof cell === 'string' ? cell.trim() || null : cell;
    }
    yield { part, row, cells: record };
  }
  if (names === null) throw new Error(`${part}: the sheet is empty`);
}

function headerNames(part: Part, layout: Layout, cells: readonly Cell[]): string[] {
  const names = cells.map((cell) => String(cell ?? '').trim());
  const unknown = names.filter((name) => !layout.required.includes(name) && !layout.known.includes(name));
  const missing = layout.required.filter((name) => !names.includes(name));
  const doubled = layout.required.filter((name) => names.indexOf(name) !== names.lastIndexOf(name));
  const faults = [
    ...unknown.map((name) => `unknown column '${name}'`),
    ...missing.map((name) => `no column '${name}'`),
    ...doubled.map((name) => `two columns '${name}'`),
  ];
  if (faults.length > 0) throw new Error(`${part}: ${faults.join(', ')}`);
  return names;
}

/** A cell as text; null when empty. */
export function textOf(record: SheetRecord, column: string): string | null {
  const cell = record.cells[column] ?? null;
  return cell === null ? null : String(cell);
}

/** A cell that must be filled. */
export function requiredText(record: SheetRecord, column: string): string {
  const text = textOf(record, column);
  if (text === null) throw new Error(`${record.part}, row ${record.row}: '${column}' is empty`);
  return text;
}
