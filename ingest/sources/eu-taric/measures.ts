import { significantDigits } from '../../../transforms/code.ts';
import { parseTaricDuty } from '../../../transforms/duty/parse-taric.ts';
import type { MeasureCondition, MeasureRecord } from '../../../transforms/records.ts';
import { europeanDate, validTime } from '../../../transforms/taric/european-date.ts';
import { legalBaseUrl } from '../../../transforms/taric/legal-base.ts';
import { measureEffect, needsReview } from '../../../transforms/taric/measure-effect.ts';
import type { NormaliseContext } from '../../source.ts';
import { requiredText, textOf, type SheetRecord } from './workbooks.ts';

/** What three more workbooks say about a measure, by the key that they and the duties share. */
export interface MeasureDetails {
  excluded: Map<string, string[]>;
  conditions: Map<string, MeasureCondition[]>;
  footnotes: Map<string, string[]>;
}

/** Collects the rows of exclusions, conditions and footnotes. `areaNamed` resolves a name to its code where no ISO code is printed. */
export function measureDetails(
  rows: Readonly<Record<'exclusions' | 'conditions' | 'footnotes', readonly SheetRecord[]>>,
  areaNamed: (name: string) => string | undefined,
  context: NormaliseContext,
): MeasureDetails {
  const details: MeasureDetails = { excluded: new Map(), conditions: new Map(), footnotes: new Map() };
  for (const record of rows.exclusions) {
    // 'Excluded country code' holds the NAME and 'Excluded country' the code.
    const name = textOf(record, 'Excluded country code');
    const code = textOf(record, 'Excluded country') ?? areaNamed(name ?? '');
    if (code === undefined) {
      const message = `excluded area '${name ?? ''}' has no code`;
      context.issue({ severity: 'error', code: 'unknown-area', message, place: { row: record.row } });
    } else append(details.excluded, sharedKey(record), code);
  }
  for (const record of rows.conditions) append(details.conditions, sharedKey(record), conditionOf(record));
  for (const record of rows.footnotes) append(details.footnotes, sharedKey(record), requiredText(record, 'Footnote'));
  return details;
}

/**
 * The measures of the duties workbook. Identity is goods code, additional code, order number, reduction indicator, origin, type and
 * start date: the workbooks carry no measure id. Equal rows are counted and dropped; two rows of one key that differ are an error.
 */
export function* measureRecords(
  rows: readonly SheetRecord[],
  details: MeasureDetails,
  context: NormaliseContext,
): Generator<MeasureRecord> {
  const seen = new Map<string, string>();
  let repeated = 0;
  let dateCells = 0;
  for (const record of rows) {
    const content = contentOf(record);
    const key = measureKey(record);
    for (const column of ['Start date', 'End date']) {
      if (/^\d{4}-/.test(textOf(record, column) ?? '')) dateCells += 1;
    }
    const before = seen.get(key);
    if (before !== undefined) {
      if (before === content) repeated += 1;
      else {
        const message = 'two rows of one measure that differ';
        context.issue({ severity: 'error', code: 'measure-conflict', message, place: { row: record.row, key } });
      }
      continue;
    }
    seen.set(key, content);
    yield measureOf(record, key, details, context);
  }
  if (repeated > 0) {
    context.issue({
      severity: 'info',
      code: 'duplicate-rows',
      message: `${repeated} rows repeat another one`,
      place: { rows: repeated },
    });
  }
  if (dateCells > 0) {
    context.issue({
      severity: 'info',
      code: 'mixed-dates',
      message: `${dateCells} dates are date cells, the others text`,
      place: { cells: dateCells },
    });
  }
  const known = new Set(rows.map(sharedKey));
  for (const [name, map] of Object.entries(details)) {
    const keys = [...(map as Map<string, unknown[]>).keys()].filter((key) => !known.has(key));
    if (keys.length === 0) continue;
    const message = `${name} of ${keys.length} measures that the duties do not list, first: ${keys[0] ?? ''}`;
    context.issue({ severity: 'info', code: 'details-without-measure', message, place: { measures: keys.length } });
  }
}

/** How far a second listing of measures agrees with the first: rows found alike, and those that are not. */
export function compareListings(
  first: readonly SheetRecord[],
  second: readonly SheetRecord[],
): { alike: number; others: string[] } {
  const known = new Set(first.map(contentOf));
  const others = second.filter((record) => !known.has(contentOf(record)));
  return { alike: second.length - others.length, others: others.map(measureKey) };
}

function measureOf(
  record: SheetRecord,
  key: string,
  details: MeasureDetails,
  context: NormaliseContext,
): MeasureRecord {
  const place = { row: record.row, key };
  const type = requiredText(record, 'Meas. type code');
  const printed = textOf(record, 'Duty');
  const { duty, conditions: inCell, issues } = parseTaricDuty(printed ?? '');
  for (const message of issues) context.issue({ severity: 'warning', code: 'duty-not-understood', message, place });
  if (duty !== null && duty.op !== 'supplementary_unit' && needsReview(type)) {
    const message = `measure type ${type} prints '${printed ?? ''}', but is not known to be a duty`;
    context.issue({ severity: 'warning', code: 'unknown-measure-type', message, place });
  }
  const shared = sharedKey(record);
  const listed = details.conditions.get(shared) ?? [];
  if (listed.length > 0 && inCell.length > 0 && listed.length !== inCell.length) {
    const message = `${inCell.length} conditions with the duty, ${listed.length} in the workbook of conditions; the former are kept`;
    context.issue({ severity: 'warning', code: 'conditions-differ', message, place });
  }
  const legalBase = textOf(record, 'Legal base');
  return {
    kind: 'measure',
    natural_key: key,
    code: significantDigits(requiredText(record, 'Goods code')),
    measure_type: type,
    geographical_area: requiredText(record, 'Origin code'),
    excluded_areas: [...new Set(details.excluded.get(shared) ?? [])].sort(),
    additional_code: textOf(record, 'Add code'),
    quota_order_number: textOf(record, 'Order No.'),
    reduction_indicator: textOf(record, 'RED_IND'),
    programmes: [],
    effect: measureEffect(type),
    duty_expression: printed,
    duty,
    // The cell also says which duty follows from a condition; the workbook of conditions does not.
    conditions: inCell.length > 0 ? inCell : listed,
    footnotes: [...new Set(details.footnotes.get(shared) ?? [])].sort(),
    legal_base: legalBase,
    legal_base_url: legalBase === null ? null : legalBaseUrl(legalBase),
    attributes: {},
    ...validTime(europeanDate(record.cells['Start date'] ?? null), europeanDate(record.cells['End date'] ?? null)),
  };
}

function conditionOf(record: SheetRecord): MeasureCondition {
  const unit = [textOf(record, 'Meas. unit'), textOf(record, 'Meas. unit qual')]
    .filter((part) => part !== null)
    .join(' ');
  const sequence = Number(requiredText(record, 'Sequence'));
  return {
    condition_code: requiredText(record, 'Meas. cond'),
    sequence,
    certificate: textOf(record, 'Certificate')?.replace('-', '') ?? null,
    amount: textOf(record, 'Cond. amount'),
    currency: textOf(record, 'Mon. unit'),
    unit: unit || null,
    action_code: textOf(record, 'Meas. action'),
    duty_expression: null,
  };
}

function measureKey(record: SheetRecord): string {
  const parts = ['Goods code', 'Add code', 'Order No.', 'RED_IND', 'Origin code', 'Meas. type code'];
  return [...parts.map((column) => textOf(record, column) ?? ''), startOf(record)].join('|');
}

/** The columns that duties, exclusions, conditions and footnotes have in common; RED_IND is not among them. */
function sharedKey(record: SheetRecord): string {
  const parts = ['Goods code', 'Add code', 'Order No.', 'Origin code', 'Meas. type code'];
  return [...parts.map((column) => textOf(record, column) ?? ''), startOf(record)].join('|');
}

function startOf(record: SheetRecord): string {
  const start = europeanDate(record.cells['Start date'] ?? null);
  if (start === null) throw new Error(`${record.part}, row ${record.row}: 'Start date' is empty`);
  return start;
}

function contentOf(record: SheetRecord): string {
  const end = europeanDate(record.cells['End date'] ?? null) ?? '';
  return [measureKey(record), end, textOf(record, 'Legal base') ?? '', textOf(record, 'Duty') ?? ''].join('|');
}

function append<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
