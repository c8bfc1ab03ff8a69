/**
 * The three tables of dated records and their content columns, in the order in which rows are staged and copied.
 * Time columns are the same everywhere: valid_from, valid_to, known_from, known_to, stated_by, introduced_by, ended_by.
 */
export interface KindTable {
  table: 'goods_nomenclature' | 'measure' | 'reference_data';
  id: string;
  columns: readonly string[];
}

export const KIND_TABLES = {
  goods_nomenclature: {
    table: 'goods_nomenclature',
    id: 'goods_nomenclature_id',
    columns: [
      'natural_key',
      'content_hash',
      'item_id',
      'productline_suffix',
      'code',
      'parent_key',
      'ancestors',
      'depth',
      'sort_key',
      'declarable',
      'description',
      'units',
      'footnotes',
      'attributes',
    ],
  },
  measure: {
    table: 'measure',
    id: 'measure_id',
    columns: [
      'natural_key',
      'content_hash',
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
    ],
  },
  reference: {
    table: 'reference_data',
    id: 'reference_data_id',
    columns: ['natural_key', 'content_hash', 'topic', 'code', 'subject', 'data'],
  },
} as const satisfies Record<string, KindTable>;

export type Kind = keyof typeof KIND_TABLES;
export const KINDS: readonly Kind[] = ['goods_nomenclature', 'measure', 'reference'];
