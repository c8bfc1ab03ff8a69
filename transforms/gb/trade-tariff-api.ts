import { z } from 'zod';
import { significantDigits } from '../code.ts';
import { exclusiveEnd, type PlainDate } from '../dates.ts';
import { parseTaricDuty } from '../duty/parse-taric.ts';
import type { MeasureCondition, MeasureRecord } from '../records.ts';
import { componentText } from '../taric/component-text.ts';
import { measureEffect } from '../taric/measure-effect.ts';
import { plainText } from './plain-text.ts';

/**
 * Answers of the Trade Tariff API, version 2 (JSON:API): `/commodities/{id}` and `/headings/{id}` with all their measures, those of
 * VAT (305) and excise (306) included. https://api.trade-tariff.service.gov.uk
 */

const reference = z.object({ id: z.string(), type: z.string() });
const resource = reference.extend({
  attributes: z.record(z.string(), z.json()).default({}),
  relationships: z
    .record(z.string(), z.object({ data: z.union([reference, z.array(reference), z.null()]).optional() }))
    .default({}),
});
const document = z.object({ data: resource, included: z.array(resource).default([]) });
type Resource = z.infer<typeof resource>;

export interface CommodityAnswer {
  itemId: string;
  suffix: string | null;
  description: string;
  declarable: boolean | null;
  /** Import measures only, those declared on lines above included: the answer does not say where each is declared. */
  measures: MeasureRecord[];
  /** Areas named by the measures, with the members the answer gives. */
  areas: { id: string; description: string; members: string[] }[];
  /** Duty texts that are not understood. */
  issues: string[];
}

/** Throws (zod) when the answer is not of this kind. Measure keys hold the code asked for, as one measure is listed under many. */
export function commodityAnswer(json: unknown): CommodityAnswer {
  const { data, included } = document.parse(json);
  const byId = new Map(included.map((each) => [`${each.type}/${each.id}`, each]));
  const find = (each: z.infer<typeof reference>) => byId.get(`${each.type}/${each.id}`);
  const itemId = z
    .string()
    .regex(/^\d{10}$/)
    .parse(data.attributes['goods_nomenclature_item_id']);
  const issues: string[] = [];
  const measures = included
    .filter((each) => each.type === 'measure' && each.attributes['import'] === true)
    .map((each) => measureOf(each, itemId, find, issues));
  const areas = included
    .filter((each) => each.type === 'geographical_area')
    .map((each) => ({
      id: each.id,
      description: text(each, 'description') ?? '',
      members: related(each, 'children_geographical_areas').map(({ id }) => id),
    }));
  return {
    itemId,
    suffix: text(data, 'producline_suffix'),
    description: plainText(text(data, 'description') ?? ''),
    declarable: data.attributes['declarable'] === undefined ? null : data.attributes['declarable'] === true,
    measures,
    areas,
    issues,
  };
}

type Find = (each: z.infer<typeof reference>) => Resource | undefined;

function measureOf(measure: Resource, itemId: string, find: Find, issues: string[]): MeasureRecord {
  const resolved = (name: string) => related(measure, name).flatMap((each) => find(each) ?? []);
  const type = related(measure, 'measure_type')[0]?.id;
  const area = related(measure, 'geographical_area')[0]?.id;
  const start = date(measure, 'effective_start_date');
  if (type === undefined || area === undefined || start === null)
    throw new Error(`measure ${measure.id}: no type, area or start`);
  const end = date(measure, 'effective_end_date');
  const [expression] = resolved('duty_expression');
  const components = componentText(
    resolved('measure_components').map((each) => ({
      dutyExpressionId: text(each, 'duty_expression_id') ?? '',
      amount: text(each, 'duty_amount'),
      monetaryUnit: text(each, 'monetary_unit_code'),
      measurementUnit: text(each, 'measurement_unit_code'),
      measurementUnitQualifier: text(each, 'measurement_unit_qualifier_code'),
    })),
  );
  const printed = text(expression, 'base');
  // Codes of units are unambiguous, the printed text has abbreviations.
  const { duty, issues: unread } = parseTaricDuty(components || printed || '');
  issues.push(...unread.map((message) => `measure ${measure.id}: ${message}`));
  const [act] = resolved('legal_acts');
  const [additional] = resolved('additional_code');
  return {
    kind: 'measure',
    natural_key: `${itemId}|${measure.id}`,
    code: significantDigits(itemId),
    measure_type: type,
    geographical_area: area,
    excluded_areas: related(measure, 'excluded_countries')
      .map(({ id }) => id)
      .sort(),
    additional_code: text(additional, 'code'),
    quota_order_number: related(measure, 'order_number')[0]?.id ?? null,
    reduction_indicator: text(measure, 'reduction_indicator'),
    programmes: [],
    effect: measureEffect(type),
    duty_expression: printed,
    duty,
    conditions: conditionsOf(resolved('measure_conditions')),
    footnotes: related(measure, 'footnotes')
      .map(({ id }) => id)
      .sort(),
    legal_base: text(act, 'regulation_code'),
    legal_base_url: text(act, 'regulation_url'),
    attributes: { measure_sid: measure.id },
    valid_from: start,
    valid_to: end === null ? null : exclusiveEnd(end),
  };
}

/** In the order of the answer, counted within each condition code. */
function conditionsOf(conditions: readonly Resource[]): MeasureCondition[] {
  const counts = new Map<string, number>();
  return conditions.map((each) => {
    const code = text(each, 'condition_code') ?? '';
    const sequence = (counts.get(code) ?? 0) + 1;
    counts.set(code, sequence);
    const unit = [
      text(each, 'condition_measurement_unit_code'),
      text(each, 'condition_measurement_unit_qualifier_code'),
    ]
      .filter((part) => part !== null)
      .join(' ');
    const duty = text(each, 'duty_expression');
    return {
      condition_code: code,
      sequence,
      certificate: text(each, 'document_code'),
      amount: text(each, 'condition_duty_amount'),
      currency: text(each, 'condition_monetary_unit_code'),
      unit: unit || null,
      action_code: text(each, 'action_code'),
      duty_expression: duty === null ? null : plainText(duty.replace(/<[^>]*>/g, '')),
    };
  });
}

function related(each: Resource, name: string): z.infer<typeof reference>[] {
  const data = each.relationships[name]?.data ?? [];
  return Array.isArray(data) ? data : [data];
}

/** An attribute as text; null when absent or empty. */
function text(each: Resource | undefined, name: string): string | null {
  const value = each?.attributes[name];
  return typeof value === 'string' ? value || null : typeof value === 'number' ? String(value) : null;
}

/** '2020-12-31T23:59:59.000Z' -> '2020-12-31'. */
function date(each: Resource, name: string): PlainDate | null {
  return text(each, name)?.slice(0, 10) ?? null;
}
