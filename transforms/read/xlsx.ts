import { addDays } from '../dates.ts';
import { xmlElements, xmlScan, type XmlElement } from './xml.ts';
import { zipEntries, type ZipEntry } from './zip.ts';

/** A date cell is an ISO date (with time: YYYY-MM-DDTHH:MM:SS); texts are as typed, blanks around them included. */
export type Cell = string | number | boolean | null;

export interface SheetRow {
  /** As the spreadsheet numbers it, from 1. */
  row: number;
  cells: Cell[];
}

/** A workbook that cannot be read; says the sheet and cell where it can. */
class WorkbookError extends Error {
  override name = 'WorkbookError';
}

/**
 * Rows of one sheet (the first, or `sheet` by name), streamed: 140,000 rows of twelve cells need no more memory than their zip and
 * the shared strings. Rows with no filled cell are left out. Dates are recognised by the number format of the cell's style, as a
 * spreadsheet does: Office Open XML has no other mark (ECMA-376 part 1, 18.8.30).
 */
export async function* xlsxRows(bytes: Buffer, sheet?: string): AsyncGenerator<SheetRow> {
  const entries = new Map((await zipEntries(bytes)).map((entry) => [entry.name.replace(/^\//, ''), entry]));
  const book = await workbook(entries);
  const wanted = sheet === undefined ? book.sheets[0] : book.sheets.find((each) => each.name === sheet);
  const entry = wanted && entries.get(wanted.path);
  if (!entry)
    throw new WorkbookError(`no sheet ${sheet ?? 1}; there are ${book.sheets.map((each) => each.name).join(', ')}`);
  const strings = await sharedStrings(entries.get('xl/sharedStrings.xml'));
  const dateStyles = await dateStylesOf(entries.get('xl/styles.xml'));
  yield* sheetRows(await entry.stream(), (type, style, text, reference) => {
    switch (type) {
      case 's': {
        const string = strings[Number(text)];
        if (string === undefined) throw new WorkbookError(`${reference}: no shared string ${text}`);
        return string || null;
      }
      case 'inlineStr':
      case 'str':
        return unescape(text) || null;
      case 'b':
        return text === '1';
      case 'd':
        return text;
      case 'e':
        throw new WorkbookError(`${reference}: the cell holds the error ${text}`);
      default:
        return text === '' ? null : dateStyles.has(style) ? fromSerial(Number(text), book.date1904) : Number(text);
    }
  });
}

/** The day on which a workbook says that it was made (docProps/core.xml); null where it does not say. */
export async function xlsxCreated(bytes: Buffer): Promise<string | null> {
  const properties = (await zipEntries(bytes)).find((entry) => entry.name.replace(/^\//, '') === 'docProps/core.xml');
  const [created] = await elements(properties, 'created');
  return /^\d{4}-\d{2}-\d{2}(?=T)/.exec(created?.text.trim() ?? '')?.[0] ?? null;
}

type CellReader = (type: string, style: number, text: string, reference: string) => Cell;

async function* sheetRows(chunks: AsyncIterable<Buffer>, readCell: CellReader): AsyncGenerator<SheetRow> {
  yield* xmlScan<SheetRow>(chunks, (emit) => {
    let current: SheetRow = { row: 0, cells: [] };
    let reference = '';
    let type = '';
    let style = 0;
    let text = '';
    let column = -1;
    let inText = false;
    let phonetic = false;
    return {
      open(name, attributes) {
        if (name === 'c') {
          reference = attributes['r'] ?? '';
          type = attributes['t'] ?? 'n';
          style = Number(attributes['s'] ?? 0);
          text = '';
          column = reference ? columnOf(reference) : column + 1;
        } else if (name === 'v' || name === 't') {
          inText = !phonetic;
        } else if (name === 'row') {
          current = { row: Number(attributes['r'] ?? current.row + 1), cells: [] };
          column = -1;
        } else if (name === 'rPh') {
          phonetic = true;
        }
      },
      text(part) {
        if (inText) text += part;
      },
      close(name) {
        if (name === 'v' || name === 't') {
          inText = false;
        } else if (name === 'rPh') {
          phonetic = false;
        } else if (name === 'c') {
          const value = readCell(type, style, text, reference);
          if (value === null) return;
          while (current.cells.length < column) current.cells.push(null);
          current.cells[column] = value;
        } else if (name === 'row' && current.cells.length > 0) {
          emit(current);
        }
      },
    };
  });
}

/** 'AB12' -> 27. */
function columnOf(reference: string): number {
  let column = 0;
  for (let index = 0; index < reference.length; index += 1) {
    const letter = reference.charCodeAt(index) - 64;
    if (letter < 1 || letter > 26) break;
    column = column * 26 + letter;
  }
  return column - 1;
}

type Workbook = { sheets: { name: string; path: string }[]; date1904: boolean };

async function workbook(entries: ReadonlyMap<string, ZipEntry>): Promise<Workbook> {
  const relations = new Map<string, string>();
  for (const relation of await elements(entries.get('xl/_rels/workbook.xml.rels'), 'Relationship')) {
    const target = relation.attributes['Target'] ?? '';
    relations.set(relation.attributes['Id'] ?? '', target.startsWith('/') ? target.slice(1) : `xl/${target}`);
  }
  const [book] = await elements(entries.get('xl/workbook.xml'), 'workbook');
  if (!book) throw new WorkbookError('no xl/workbook.xml: not a workbook');
  const sheets = book.children.find((child) => child.name === 'sheets')?.children ?? [];
  const properties = book.children.find((child) => child.name === 'workbookPr')?.attributes ?? {};
  return {
    sheets: sheets.map((each) => ({
      name: each.attributes['name'] ?? '',
      path: relations.get(each.attributes['r:id'] ?? '') ?? '',
    })),
    date1904: ['1', 'true'].includes(properties['date1904'] ?? ''),
  };
}

async function sharedStrings(entry: ZipEntry | undefined): Promise<string[]> {
  const strings: string[] = [];
  if (!entry) return strings;
  for await (const item of xmlElements(await entry.stream(), 'si')) strings.push(unescape(textOf(item)));
  return strings;
}

/** Plain text of a string item: its own <t> or those of its runs; phonetic readings (rPh) are no part of the text. */
function textOf(item: XmlElement): string {
  return item.children
    .map((child) => (child.name === 't' ? child.text : child.name === 'r' ? textOf(child) : ''))
    .join('');
}

/** Indexes of cell styles whose number format shows a date. */
async function dateStylesOf(entry: ZipEntry | undefined): Promise<ReadonlySet<number>> {
  const styles = new Set<number>();
  const [sheet] = await elements(entry, 'styleSheet');
  const child = (name: string) => sheet?.children.find((each) => each.name === name)?.children ?? [];
  const formats = new Map(
    child('numFmts').map((format) => [Number(format.attributes['numFmtId']), format.attributes['formatCode'] ?? '']),
  );
  for (const [index, style] of child('cellXfs').entries()) {
    const id = Number(style.attributes['numFmtId'] ?? 0);
    const format = formats.get(id);
    // 14 to 17 and 22 are the built-in dates; 27 to 36 and 50 to 58 are dates in East Asian locales.
    const builtIn = (id >= 14 && id <= 17) || id === 22 || (id >= 27 && id <= 36) || (id >= 50 && id <= 58);
    if (format === undefined ? builtIn : isDateFormat(format)) styles.add(index);
  }
  return styles;
}

function isDateFormat(format: string): boolean {
  return /[dy]/i.test(format.replace(/"[^"]*"|\\.|\[[^\]]*\]/g, ''));
}

/**
 * Days since 30 December 1899 (or 1 January 1904). Up to serial 59 the 1900 system is a day off, because it has a 29 February 1900;
 * serial 60, that day, is no date.
 */
export function fromSerial(serial: number, date1904: boolean): string {
  const days = Math.floor(serial);
  const seconds = Math.round((serial - days) * 86_400);
  if (!Number.isFinite(serial) || serial < 0 || (!date1904 && days === 60))
    throw new WorkbookError(`no date: ${serial}`);
  const epoch = date1904 ? '1904-01-01' : days < 60 ? '1899-12-31' : '1899-12-30';
  const date = addDays(epoch, seconds === 86_400 ? days + 1 : days);
  if (seconds === 0 || seconds === 86_400) return date;
  const clock = [seconds / 3600, (seconds / 60) % 60, seconds % 60].map((part) =>
    String(Math.floor(part)).padStart(2, '0'),
  );
  return `${date}T${clock.join(':')}`;
}

/** `_x000D_` is how the format writes characters that XML cannot carry (ECMA-376 part 1, 22.9.2.19). */
function unescape(text: string): string {
  return text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
    : text;
}

async function elements(entry: ZipEntry | undefined, name: string): Promise<XmlElement[]> {
  const found: XmlElement[] = [];
  if (!entry) return found;
  for await (const element of xmlElements(await entry.stream(), name)) found.push(element);
  return found;
}
