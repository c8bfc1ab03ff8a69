import Papa from 'papaparse';

/** How a file is written, where it is not UTF-8 with commas. A byte order mark is dropped in any case. */
export interface CsvFormat {
  /** 'latin1' for HMRC's exchange rates (byte A3 is the pound sign). Default 'utf8'. */
  encoding?: 'utf8' | 'latin1';
  /** Default ','. Never guessed: a guess from the first lines goes wrong on texts full of commas. */
  delimiter?: string;
  /** The literal that stands for null ('#NA' in the DBT Data API). */
  nullToken?: string;
}

export interface CsvTable {
  header: string[];
  /** Cells as printed, `null` only for the null token; each row as long as the header. */
  rows: (string | null)[][];
}

/** A CSV that cannot be read as a table; `row` counts records from 1, the header being row 1. */
class CsvError extends Error {
  override name = 'CsvError';
  readonly row: number;
  constructor(message: string, row: number) {
    super(`row ${row}: ${message}`);
    this.row = row;
  }
}

/**
 * The whole table. Blank lines are skipped; a row longer or shorter than the header is an error, since a shifted row would put
 * right values under wrong names (the misaligned columns that users of the UK data sets report).
 */
export function csvTable(bytes: Buffer, format: CsvFormat = {}): CsvTable {
  const text = new TextDecoder(format.encoding === 'latin1' ? 'latin1' : 'utf-8').decode(bytes);
  const result = Papa.parse<string[]>(text, { delimiter: format.delimiter ?? ',', skipEmptyLines: true });
  const fault = result.errors.find((error) => error.type === 'Quotes');
  if (fault) throw new CsvError(fault.message, (fault.row ?? 0) + 1);
  const [header, ...rows] = result.data;
  if (!header) throw new CsvError('no header', 1);
  for (const [index, row] of rows.entries()) {
    if (row.length !== header.length) throw new CsvError(`${row.length} cells under ${header.length} names`, index + 2);
  }
  const nullToken = format.nullToken;
  if (nullToken === undefined) return { header, rows };
  return { header, rows: rows.map((row) => row.map((cell) => (cell === nullToken ? null : cell))) };
}

/**
 * The table as objects by column name. `columns` are the names that must be there (others may be, and are kept);
 * a missing or doubled name is an error, never an empty value.
 */
export function csvRecords<Name extends string>(
  bytes: Buffer,
  columns: readonly Name[],
  format: CsvFormat = {},
): (Record<Name, string | null> & Record<string, string | null>)[] {
  const { header, rows } = csvTable(bytes, format);
  const missing = columns.filter((name) => !header.includes(name));
  if (missing.length > 0) throw new CsvError(`no column ${missing.join(', ')} in ${header.join(', ')}`, 1);
  const doubled = header.find((name, index) => header.indexOf(name) !== index);
  if (doubled !== undefined) throw new CsvError(`two columns are called '${doubled}'`, 1);
  // Every name in `columns` is a header name, checked above; TypeScript cannot see that through fromEntries.
  return rows.map(
    (row) =>
      Object.fromEntries(header.map((name, index) => [name, row[index] ?? null])) as Record<Name, string | null> &
        Record<string, string | null>,
  );
}
