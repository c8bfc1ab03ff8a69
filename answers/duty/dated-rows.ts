import type { DutyReading } from '../../db/duty-rows.ts';
import type { LineRow } from '../../db/line-rows.ts';
import type { PlainDate } from '../../transforms/dates.ts';

interface Dated {
  valid_from: string;
  valid_to: string | null;
}

/** Rows that are law on the date. */
export function validOn<Row extends Dated>(rows: readonly Row[], date: PlainDate): Row[] {
  return rows.filter((row) => row.valid_from <= date && (row.valid_to === null || row.valid_to > date));
}

/** Declarable lines at or below the code on the date, in reading order. */
export function declarableLines(reading: DutyReading, code: string, date: PlainDate): LineRow[] {
  return validOn(reading.lines, date).filter((row) => row.declarable && row.code !== null && row.code.startsWith(code));
}
