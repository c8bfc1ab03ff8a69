import { changedFields, changeKinds, type ChangeKind } from './compare.ts';
import type { MeasureRecord, NomenclatureRecord, RecordKind, TariffRecord } from './records.ts';

/** What differs in one record between two editions; `fields` and contents as in the change feed. */
export interface RecordDifference {
  kind: RecordKind;
  op: 'add' | 'modify' | 'remove';
  natural_key: string;
  code: string | null;
  fields: string[];
  kinds: ChangeKind[];
  before: Readonly<Record<string, unknown>> | null;
  after: Readonly<Record<string, unknown>> | null;
}

/** A printed rate of a line that stayed: `column` is the measure type and what else tells its rates apart. */
export interface RateChange {
  code: string;
  column: string;
  before: string | null;
  after: string | null;
}

/** Counts of lines that carry a code; `…_changed` are about lines in both editions. */
export interface DiffSummary {
  lines_before: number;
  lines_after: number;
  lines_added: number;
  lines_removed: number;
  rates_changed: number;
  descriptions_changed: number;
  units_changed: number;
  footnotes_changed: number;
  records: Record<RecordKind, { added: number; modified: number; removed: number }>;
}

export interface EditionDiff {
  summary: DiffSummary;
  rate_changes: RateChange[];
  differences: RecordDifference[];
}

/** Compares two editions record by record, by natural key. Reading order is not content, as in the content hash. */
export function diffRecords(before: Iterable<TariffRecord>, after: Iterable<TariffRecord>): EditionDiff {
  const a = indexed(before);
  const b = indexed(after);
  const differences: RecordDifference[] = [];
  for (const [key, record] of a) {
    const other = b.get(key);
    const difference = differenceOf(record, other ?? null);
    if (difference) differences.push(difference);
  }
  for (const [key, record] of b) if (!a.has(key)) differences.push(added(record));
  const rateChanges = changedRates(a, b);
  return { summary: summarise(a, b, differences, rateChanges), rate_changes: rateChanges, differences };
}

type Index = ReadonlyMap<string, TariffRecord>;

function indexed(records: Iterable<TariffRecord>): Index {
  const index = new Map<string, TariffRecord>();
  // The first of two records with one key counts, as when an edition is staged.
  for (const record of records) {
    const key = `${record.kind}/${record.natural_key}`;
    if (!index.has(key)) index.set(key, record);
  }
  return index;
}

function differenceOf(before: TariffRecord, after: TariffRecord | null): RecordDifference | null {
  const { kind, natural_key, code } = before;
  const content = contentOf(before);
  if (after === null)
    return {
      kind,
      op: 'remove',
      natural_key,
      code,
      fields: [],
      kinds: changeKinds(content, null, []),
      before: content,
      after: null,
    };
  const other = contentOf(after);
  const fields = changedFields(content, other);
  if (fields.length === 0) return null;
  const kinds = changeKinds(content, other, fields);
  return {
    kind,
    op: 'modify',
    natural_key,
    code,
    fields,
    kinds,
    before: only(content, fields),
    after: only(other, fields),
  };
}

function added(record: TariffRecord): RecordDifference {
  const content = contentOf(record);
  const { kind, natural_key, code } = record;
  return {
    kind,
    op: 'add',
    natural_key,
    code,
    fields: [],
    kinds: changeKinds(null, content, []),
    before: null,
    after: content,
  };
}

const NOT_CONTENT = new Set(['kind', 'natural_key', 'sort_key']);

function contentOf(record: TariffRecord): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => !NOT_CONTENT.has(name)));
}

function only(content: Readonly<Record<string, unknown>>, fields: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(fields.map((field) => [field, content[field] ?? null]));
}

/** Printed rates by line and column, compared as text: a corrected spelling of a rate is a changed print. */
function changedRates(a: Index, b: Index): RateChange[] {
  const lines = codesOf(a);
  const common = new Set([...codesOf(b)].filter((code) => lines.has(code)));
  const old = printedRates(a);
  const now = printedRates(b);
  const changes: RateChange[] = [];
  for (const key of new Set([...old.keys(), ...now.keys()])) {
    const { code, column } = old.get(key) ?? now.get(key) ?? { code: '', column: '' };
    const before = textOf(old.get(key));
    const after = textOf(now.get(key));
    if (common.has(code) && before !== after) changes.push({ code, column, before, after });
  }
  return changes.sort((x, y) => (x.code === y.code ? (x.column < y.column ? -1 : 1) : x.code < y.code ? -1 : 1));
}

interface Cell {
  code: string;
  column: string;
  terms: string[];
}

function printedRates(index: Index): Map<string, Cell> {
  const cells = new Map<string, Cell>();
  for (const record of index.values()) {
    if (record.kind !== 'measure') continue;
    const column = columnOf(record);
    const key = `${record.code}/${column}`;
    const cell = cells.get(key) ?? { code: record.code, column, terms: [] };
    cell.terms.push(record.duty_expression ?? '');
    cells.set(key, cell);
  }
  return cells;
}

/** The US columns are one cell each; a European measure is told apart by what makes it a measure of its own. */
function columnOf(record: MeasureRecord): string {
  if (['mfn', 'preference', 'column-2'].includes(record.measure_type)) return record.measure_type;
  const rest = [
    record.geographical_area,
    record.additional_code,
    record.quota_order_number,
    record.reduction_indicator,
  ];
  return [record.measure_type, ...rest.filter((part) => part !== null)].join('/');
}

function textOf(cell: Cell | undefined): string | null {
  return cell ? cell.terms.join(' ') : null;
}

function codesOf(index: Index): Set<string> {
  const codes = new Set<string>();
  for (const record of index.values())
    if (record.kind === 'goods_nomenclature' && record.code !== null) codes.add(record.code);
  return codes;
}

function summarise(
  a: Index,
  b: Index,
  differences: readonly RecordDifference[],
  rates: readonly RateChange[],
): DiffSummary {
  const none = () => ({ added: 0, modified: 0, removed: 0 });
  const records = { goods_nomenclature: none(), measure: none(), reference: none() };
  const names = { add: 'added', modify: 'modified', remove: 'removed' } as const;
  for (const { kind, op } of differences) records[kind][names[op]] += 1;
  const lines = differences.filter(
    (difference) => difference.kind === 'goods_nomenclature' && difference.code !== null,
  );
  const changed = (field: keyof NomenclatureRecord) =>
    lines.filter(({ op, fields }) => op === 'modify' && fields.includes(field)).length;
  return {
    lines_before: codedLines(a),
    lines_after: codedLines(b),
    lines_added: lines.filter(({ op }) => op === 'add').length,
    lines_removed: lines.filter(({ op }) => op === 'remove').length,
    rates_changed: new Set(rates.map(({ code }) => code)).size,
    descriptions_changed: changed('description'),
    units_changed: changed('units'),
    footnotes_changed: changed('footnotes'),
    records,
  };
}

function codedLines(index: Index): number {
  let count = 0;
  for (const record of index.values()) if (record.kind === 'goods_nomenclature' && record.code !== null) count += 1;
  return count;
}
