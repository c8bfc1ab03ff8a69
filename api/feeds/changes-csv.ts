import Papa from 'papaparse';
import type { ChangeItem } from '../../answers/changes.ts';

const COLUMNS = [
  'release',
  'source',
  'label',
  'jurisdiction',
  'published_at',
  'effective_date',
  'cause',
  'entity',
  'op',
  'kinds',
  'key',
  'code',
  'fields',
  'before',
  'after',
] as const satisfies readonly (keyof ChangeItem)[];

/** A row per change, newest publication first. Lists are joined by spaces, records are JSON. */
export function changesCsv(items: readonly ChangeItem[]): string {
  const data = items.map((item) => COLUMNS.map((column) => cell(item[column])));
  // A cell that begins like a formula is one to a spreadsheet: descriptions come from outside.
  const text = Papa.unparse({ fields: [...COLUMNS], data }, { escapeFormulae: true, newline: '\r\n' });
  // Without rows the header ends its line already, and another end would be an empty row.
  return text.endsWith('\r\n') ? text : `${text}\r\n`;
}

function cell(value: ChangeItem[(typeof COLUMNS)[number]]): string {
  if (value === null) return '';
  if (Array.isArray(value)) return value.join(' ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
