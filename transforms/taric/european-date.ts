import { exclusiveEnd, fromEuDate, isPlainDate, type PlainDate } from '../dates.ts';

/**
 * TARIC's own earliest date: its chapters start on it. Records of lists that print no start are dated so, which says 'always',
 * not 'since then'.
 */
export const NO_START: PlainDate = '1971-12-31';

/** A workbook's date, typed as dd-mm-yyyy or stored as a date cell (then an ISO date); null for an empty cell, an error for any other. */
export function europeanDate(cell: string | number | boolean | null): PlainDate | null {
  if (cell === null) return null;
  const text = String(cell).trim();
  if (isPlainDate(text)) return text;
  const date = fromEuDate(text);
  if (date === null) throw new Error(`not a date: '${text}'`);
  return date;
}

/** Valid time from a printed start and an inclusive printed end. */
export function validTime(
  start: PlainDate | null,
  inclusiveEnd: PlainDate | null,
): { valid_from: PlainDate; valid_to: PlainDate | null } {
  return { valid_from: start ?? NO_START, valid_to: inclusiveEnd === null ? null : exclusiveEnd(inclusiveEnd) };
}
