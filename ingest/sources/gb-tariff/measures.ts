import { significantDigits } from '../../../transforms/code.ts';
import { parseTaricDuty } from '../../../transforms/duty/parse-taric.ts';
import { parseConditionList } from '../../../transforms/gb/condition-list.ts';
import { plainText } from '../../../transforms/gb/plain-text.ts';
import type { MeasureRecord, ReferenceRecord } from '../../../transforms/records.ts';
import { europeanDate, validTime } from '../../../transforms/taric/european-date.ts';
import { measureEffect, needsReview } from '../../../transforms/taric/measure-effect.ts';
import type { NormaliseContext } from '../../source.ts';
import { filled, type TableRow } from './tables.ts';

/**
 * Measures on the code where they are declared. The publisher's measure id is content, not identity: ids have been replaced without
 * the measure changing, and the key of TARIC's rule ME1 (code, additional code, quota, reduction, area, type, start) tells them apart.
 */
export function* measureRecords(rows: readonly TableRow[], context: NormaliseContext): Generator<MeasureRecord> {
  const seen = new Map<string, number>();
  for (const row of rows) {
    const key = keyOf(row);
    const before = seen.get(key);
    if (before !== undefined) {
      const message = `rows ${before} and ${row.row} are of one measure`;
      context.issue({ severity: 'error', code: 'measure-conflict', message, place: { row: row.row, key } });
      continue;
    }
    seen.set(key, row.row);
    yield measureOf(row, key, context);
  }
  const overlaps = overlapping(rows);
  if (overlaps.length > 0) {
    const message = `${overlaps.length} codes have a third-country duty of their own and on a line below; the nearest counts`;
    context.issue({
      severity: 'info',
      code: 'overlap',
      message,
      place: { codes: overlaps.length, first: overlaps[0] ?? null },
    });
  }
}

/** Names that the rows carry with their ids: areas, measure types, additional codes. */
export function* nameRecords(rows: readonly TableRow[]): Generator<ReferenceRecord> {
  const topics = [
    ['geographical-area-name', 'measure__geographical_area__id', 'measure__geographical_area__description'],
    ['measure-type', 'measure__type__id', 'measure__type__description'],
    ['additional-code', 'measure__additional_code__code', 'measure__additional_code__description'],
  ] as const;
  for (const [topic, idColumn, nameColumn] of topics) {
    const names = new Map<string, string>();
    for (const { cells } of rows) {
      const [id, name] = [cells[idColumn] ?? null, cells[nameColumn] ?? null];
      if (id !== null && name !== null && !names.has(id)) names.set(id, plainText(name));
    }
    for (const [id, description] of names) {
      yield {
        kind: 'reference',
        natural_key: `${topic}:${id}`,
        topic,
        code: null,
        subject: id,
        data: { language: 'EN', description },
        ...validTime(null, null),
      };
    }
  }
}

function measureOf(row: TableRow, key: string, context: NormaliseContext): MeasureRecord {
  const { cells } = row;
  const place = { row: row.row, key };
  const type = filled(row, 'measure__type__id');
  const printed = cells['measure__duty_expression'] ?? null;
  const { duty, conditions: inDuty, issues } = parseTaricDuty(printed ?? '');
  for (const message of issues) context.issue({ severity: 'warning', code: 'duty-not-understood', message, place });
  if (duty !== null && duty.op !== 'supplementary_unit' && needsReview(type)) {
    const message = `measure type ${type} prints '${printed ?? ''}', but is not known to be a duty`;
    context.issue({ severity: 'warning', code: 'unknown-measure-type', message, place });
  }
  const listed = cells['measure__conditions'] ?? null;
  const { conditions, unknown } = listed === null ? { conditions: inDuty, unknown: [] } : parseConditionList(listed);
  for (const part of unknown) {
    context.issue({
      severity: 'warning',
      code: 'condition-not-understood',
      message: `'${part}' in a condition`,
      place,
    });
  }
  return {
    kind: 'measure',
    natural_key: key,
    code: significantDigits(filled(row, 'commodity__code')),
    measure_type: type,
    geographical_area: filled(row, 'measure__geographical_area__id'),
    excluded_areas: listOf(cells['measure__excluded_geographical_areas__ids']).sort(),
    additional_code: cells['measure__additional_code__code'] ?? null,
    quota_order_number: cells['measure__quota__order_number'] ?? null,
    reduction_indicator: cells['measure__reduction_indicator'] ?? null,
    programmes: [],
    effect: measureEffect(type),
    duty_expression: printed,
    duty,
    conditions,
    footnotes: listOf(cells['measure__footnotes']).sort(),
    legal_base: cells['measure__regulation__id'] ?? null,
    legal_base_url: cells['measure__regulation__url'] ?? null,
    attributes: { measure_sid: filled(row, 'measure__sid') },
    ...validTime(
      europeanDate(filled(row, 'measure__effective_start_date')),
      europeanDate(cells['measure__effective_end_date'] ?? null),
    ),
  };
}

function keyOf(row: TableRow): string {
  const columns = [
    'commodity__code',
    'measure__additional_code__code',
    'measure__quota__order_number',
    'measure__reduction_indicator',
    'measure__geographical_area__id',
    'measure__type__id',
    'measure__effective_start_date',
  ];
  return columns.map((column) => row.cells[column] ?? '').join('|');
}

function listOf(cell: string | null | undefined): string[] {
  return (cell ?? '')
    .split(/[|,]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** Eight-digit codes with a third-country duty that lines below have again: rule ME32 forbids it, the published schedule does it. */
function overlapping(rows: readonly TableRow[]): string[] {
  const codes = new Set(
    rows
      .filter(({ cells }) => cells['measure__type__id'] === '103' && cells['measure__geographical_area__id'] === '1011')
      .map(({ cells }) => cells['commodity__code'] ?? ''),
  );
  const above = [...codes].filter((code) => !code.endsWith('00')).map((code) => `${code.slice(0, 8)}00`);
  return [...new Set(above)].filter((code) => codes.has(code));
}
