import type { DutyReading } from '../../db/duty-rows.ts';
import type { LineRow } from '../../db/line-rows.ts';
import { isValidAt, type PlainDate, type ValidTime } from '../../transforms/dates.ts';

/** Rows that are law on the date. */
export function validOn<Row extends ValidTime>(rows: readonly Row[], date: PlainDate): Row[] {
  return rows.filter((row) => isValidAt(row, date));
}

/** Declarable lines at or below the code on the date, in reading order. */
export function declarableLines(reading: DutyReading, code: string, date: PlainDate): LineRow[] {
  return validOn(reading.lines, date).filter((row) => row.declarable && row.code !== null && row.code.startsWith(code));
}
