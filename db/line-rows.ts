/** Rows of the two big tables as reading sees them: JSON made by the database, dates and instants as text. */
export interface LineRow {
  natural_key: string;
  item_id: string | null;
  /** Null for a line that is text only. */
  code: string | null;
  parent_key: string | null;
  /** Nearest first. */
  ancestors: string[];
  depth: number;
  sort_key: string;
  declarable: boolean;
  description: string;
  units: string[];
  footnotes: { columns: string[]; marker: string | null; text: string; refs: string[] }[];
  attributes: Record<string, unknown>;
  valid_from: string;
  valid_to: string | null;
  stated_by: number;
}

export interface MeasureRow {
  natural_key: string;
  code: string;
  measure_type: string;
  geographical_area: string;
  excluded_areas: string[];
  additional_code: string | null;
  quota_order_number: string | null;
  reduction_indicator: string | null;
  programmes: string[];
  effect: string;
  duty_expression: string | null;
  /** transforms/duty/expression.ts */
  duty: unknown;
  conditions: unknown[];
  footnotes: string[];
  legal_base: string | null;
  legal_base_url: string | null;
  attributes: Record<string, unknown>;
  valid_from: string;
  valid_to: string | null;
  stated_by: number;
}

/** `declarable`: the expression for that column; default: as stored (db/declarable.ts). */
export const LINE_COLUMNS = (t: string, declarable = `${t}.declarable`): string =>
  [
    'natural_key',
    'item_id',
    'code',
    'parent_key',
    'ancestors',
    'depth',
    'sort_key',
    'description',
    'units',
    'footnotes',
    'attributes',
    'valid_from',
    'valid_to',
    'stated_by',
  ]
    .map((column) => `${t}.${column}`)
    .concat(`${declarable} as declarable`)
    .join(', ');

export const MEASURE_COLUMNS = (t: string): string =>
  [
    'natural_key',
    'code',
    'measure_type',
    'geographical_area',
    'excluded_areas',
    'additional_code',
    'quota_order_number',
    'reduction_indicator',
    'programmes',
    'effect',
    'duty_expression',
    'duty',
    'conditions',
    'footnotes',
    'legal_base',
    'legal_base_url',
    'attributes',
    'valid_from',
    'valid_to',
    'stated_by',
  ]
    .map((column) => `${t}.${column}`)
    .join(', ');
