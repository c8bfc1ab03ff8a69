import { z } from 'zod';
import type { DutyExpression } from './duty/expression.ts';
import { isPlainDate } from './dates.ts';

/**
 * The record kinds: the contract between sources and publishing. A source emits these; publishing adds time.
 * Everything here except `sort_key` is content: it enters the content hash, so nothing about retrieval may stand in a record.
 */

/** No control characters: listings of keys are separated by them. */
const key = (least: number) =>
  z
    .string()
    .min(least)
    .regex(/^[^\x00-\x1f]+$/, 'a key without control characters');
const plainDate = z.string().refine(isPlainDate, 'a calendar date YYYY-MM-DD');
const digits = z.string().regex(/^\d{2,14}$/, '2 to 14 digits');

/** Valid time as the publisher states it, half-open. Only sources with validity 'extract' or 'delta' set it. */
const validTime = {
  valid_from: plainDate.optional(),
  valid_to: plainDate.nullable().optional(),
};

/** A footnote printed on a line, with the tariff numbers it points to ('See 9903.88.15.' -> ['99038815']). */
export const footnote = z.object({
  columns: z.array(z.string()),
  marker: z.string().nullable(),
  text: z.string(),
  refs: z.array(z.string()),
});
export type Footnote = z.infer<typeof footnote>;

/** One line of a tariff, coded or not (an uncoded superior line has code null). */
export const nomenclatureRecord = z.object({
  kind: z.literal('goods_nomenclature'),
  /** Digits as published ('0101210000-80' with suffix where there is one); for an uncoded line its coded parent's key + '~' + a hash of its text path. */
  natural_key: key(2),
  /** As published, digits only; null for an uncoded line. */
  item_id: z.string().nullable(),
  productline_suffix: z.string().nullable(),
  /** Significant digits; null for an uncoded line. EU and GB: trailing zero pairs removed ('0101210000' -> '010121'). */
  code: digits.nullable(),
  parent_key: z.string().nullable(),
  /** Keys of all ancestors, nearest first. */
  ancestors: z.array(z.string()),
  /** Absolute depth; the publisher's indent made absolute. */
  depth: z.number().int().min(0),
  /** Reading order, derived from codes so that an inserted line does not change its neighbours. Not hashed. */
  sort_key: z.string(),
  declarable: z.boolean(),
  description: z.string(),
  units: z.array(z.string()),
  footnotes: z.array(footnote),
  /** What else the publisher prints on the line (quota quantity, additional duties …), by snake_case name. */
  attributes: z.record(z.string(), z.json()),
  ...validTime,
});
export type NomenclatureRecord = z.infer<typeof nomenclatureRecord>;

export const measureEffect = z.enum([
  'base',
  'additive',
  'floor_total',
  'content',
  'relief',
  'quota_in',
  'quota_out',
  'prohibition',
  'informational',
]);
export type MeasureEffect = z.infer<typeof measureEffect>;

/** A condition of a European measure: certificate, price or quantity, and what follows from it. */
export const measureCondition = z.object({
  condition_code: z.string(),
  sequence: z.number().int(),
  certificate: z.string().nullable(),
  /** Threshold, when the condition compares a price or quantity: decimal string with currency and unit as printed. */
  amount: z.string().nullable(),
  currency: z.string().nullable(),
  unit: z.string().nullable(),
  action_code: z.string().nullable(),
  duty_expression: z.string().nullable(),
});
export type MeasureCondition = z.infer<typeof measureCondition>;

/** A rule on a code: type, area, duty or control. */
export const measureRecord = z.object({
  kind: z.literal('measure'),
  natural_key: key(3),
  code: digits,
  /** 'mfn', 'preference', 'column-2' for the US columns; the publisher's type id ('103', '142', '552') for EU and GB. */
  measure_type: z.string(),
  /** '1011' erga omnes, ISO alpha-2, or a group id. For US columns: '1011', and '' never. */
  geographical_area: z.string(),
  excluded_areas: z.array(z.string()),
  additional_code: z.string().nullable(),
  quota_order_number: z.string().nullable(),
  reduction_indicator: z.string().nullable(),
  /** US: programme symbols of a special rate ('A*', 'S+'). Empty elsewhere. */
  programmes: z.array(z.string()),
  effect: measureEffect,
  /** As printed. */
  duty_expression: z.string().nullable(),
  /** Parsed; null only when nothing is printed. */
  duty: z.custom<DutyExpression>().nullable(),
  conditions: z.array(measureCondition),
  /** Footnote ids of a European measure. */
  footnotes: z.array(z.string()),
  legal_base: z.string().nullable(),
  legal_base_url: z.string().nullable(),
  attributes: z.record(z.string(), z.json()),
  ...validTime,
});
export type MeasureRecord = z.infer<typeof measureRecord>;

/**
 * Everything smaller than a tariff: list entries, programmes, geographical areas, PGA flags, AD/CVD orders, fees, quotas, exchange
 * and VAT rates. `topic` says which; each topic has its own zod schema for `data` beside the source or the answer that owns it.
 */
export const referenceRecord = z.object({
  kind: z.literal('reference'),
  natural_key: key(1),
  /** 'list-entry', 'programme', 'geographical-area', 'pga-flag', 'order', 'fee', 'quota', 'exchange-rate', 'vat-rate', 'certificate', … */
  topic: z.string(),
  /** Code prefix the record is about, digits only; null when it is about none. */
  code: digits.nullable(),
  /** ISO alpha-2, group id, currency … whatever the topic looks up by besides code; null when none. */
  subject: z.string().nullable(),
  data: z.record(z.string(), z.json()),
  ...validTime,
});
export type ReferenceRecord = z.infer<typeof referenceRecord>;

export const tariffRecord = z.discriminatedUnion('kind', [nomenclatureRecord, measureRecord, referenceRecord]);
export type TariffRecord = z.infer<typeof tariffRecord>;
export type RecordKind = TariffRecord['kind'];
export const RECORD_KINDS: readonly RecordKind[] = ['goods_nomenclature', 'measure', 'reference'];
