import { z } from 'zod';
import { atRiskDuty } from '../transforms/duty/at-risk.ts';
import { roundMoney } from '../transforms/duty/evaluate.ts';
import type { MeursingRow } from '../transforms/duty/meursing.ts';
import { parseTaricDuty } from '../transforms/duty/parse-taric.ts';
import { sumAmounts, vatBase } from '../transforms/duty/stack.ts';
import { Exact } from '../transforms/exact.ts';
import type { DutyQuestion } from '../transforms/stacking/component.ts';
import { stackTaric } from '../transforms/stacking/taric.ts';
import { assess } from '../transforms/stacking/taric/assess.ts';
import type { TaricMeasure, TaricStackingInput } from '../transforms/stacking/taric/input.ts';
import { measureKind } from '../transforms/stacking/taric/measure-kind.ts';
import { convertUnit } from '../transforms/units.ts';

const printed = z.union([z.string(), z.number()]).transform(String);

/**
 * A worked amount of the European or British tariff as a file of cases states it, one JSON object a line. What is done with it is what
 * an answer does: the case becomes a question and the measures it names, and those are stacked.
 */
export const goldenCase = z.object({
  id: z.string(),
  kind: z.string(),
  jurisdiction: z.string(),
  expression: z.string(),
  customs_value: printed.nullish().transform((value) => value ?? null),
  currency: z.string(),
  quantities: z.record(z.string(), printed).default({}),
  inputs: z.record(z.string(), z.unknown()).default({}),
  expected_amount: printed,
  expected_rounded: printed,
});
export type GoldenCase = z.infer<typeof goldenCase>;

export interface CaseAnswer {
  /** Unrounded; null when it does not follow, with the reason. */
  amount: string | null;
  /** Half-up to the cent. */
  rounded: string | null;
  /** Rounded amounts of a stack, in order: base, additional duties, VAT. */
  lines: string[];
  vat_base: string | null;
  reason: string | null;
}

const DATE = '2026-01-01';
const CODE = '9999999999';
/** Types with a claim: preferences and customs union; those within a quota. */
const CLAIMED = /^(106|14[0-7])$/;
const QUOTAS = new Set(['122', '123', '143', '146', '147']);
const VAT_TYPES = new Set(['305', 'VTS', 'VTZ', 'VTE', 'VTA', 'VAT']);

/** The amount of a case by the functions that answer duties. Never throws: what is not understood has a reason. */
export function caseAnswer(one: GoldenCase, meursing: readonly MeursingRow[] | null): CaseAnswer {
  switch (one.kind) {
    case 'total':
      return answered(sumAmounts(texts(one, 'lines')));
    case 'at_risk': {
      const [ukDuty, euDuty] = [text(one, 'uk_duty'), text(one, 'eu_duty')];
      if (ukDuty === null || euDuty === null || one.customs_value === null)
        return failed('a duty or the value is missing');
      return answered(atRiskDuty({ customsValue: one.customs_value, ukDuty, euDuty }).amount);
    }
    case 'vat':
      return tax(one, '305', text(one, 'vat_base') ?? one.customs_value, meursing);
    case 'excise':
      return tax(one, '306', one.customs_value, meursing);
    case 'stack':
      return stacked(one, meursing);
    default:
      return single(one, meursing);
  }
}

function single(one: GoldenCase, meursing: readonly MeursingRow[] | null): CaseAnswer {
  const area = text(one, 'origin_or_group') ?? '1011';
  const additional = text(one, 'additional_code');
  const reduced = area !== '1011';
  const measure = measureOf(reduced ? '142' : '103', one.expression, {
    geographical_area: area,
    additional_code: additional,
    reduction_indicator: text(one, 'reduction_indicator'),
  });
  const input = inputOf(one, [measure], meursing, {
    ...(reduced ? { preference: area } : {}),
    additional_code: [additional, text(one, 'meursing_code')].filter((code) => code !== null),
  });
  const result = stackTaric(input);
  const at = result.components.findIndex(({ status }) => status === 'applied');
  const amount = result.exact[at] ?? null;
  return amount === null ? failed(why(result)) : answered(amount);
}

const measures = z.array(
  z.object({
    type: z.coerce.string(),
    duty: z.string(),
    additional_code: z.string().nullish(),
    order_no: z.string().nullish(),
  }),
);

function stacked(one: GoldenCase, meursing: readonly MeursingRow[] | null): CaseAnswer {
  const listed = measures.safeParse(one.inputs['measures']);
  if (!listed.success) return failed('the measures are not in the known form');
  const duties = listed.data.filter(({ type }) => measureKind(type) !== null);
  // What is neither a duty nor VAT is a tax before it: excise under 306 or a national number.
  const excise = listed.data
    .filter(({ type }) => measureKind(type) === null && !VAT_TYPES.has(type))
    .map(({ duty }) => assessed(one, '306', duty, meursing));
  const option = text(one, 'option');
  const claimed = duties.find(({ type }) => CLAIMED.test(type) && (option !== 'quota' || QUOTAS.has(type)));
  const rows = duties.map(({ type, duty, additional_code, order_no }, index) => ({
    ...measureOf(type, duty, {
      additional_code: additional_code ?? null,
      quota_order_number: order_no ?? (QUOTAS.has(type) ? 'none' : null),
    }),
    natural_key: String(index),
  }));
  const input = inputOf(one, rows, meursing, {
    ...(claimed ? { preference: claimed.type } : {}),
    ...(duties.some(({ type }) => QUOTAS.has(type)) ? { in_quota: option === null || option === 'quota' } : {}),
    additional_code: duties.flatMap(({ additional_code }) => additional_code ?? []),
  });
  const result = stackTaric(input);
  const amounts = result.components.flatMap(({ status }, index) =>
    status === 'applied' || status === 'undetermined' ? [result.exact[index] ?? null] : [],
  );
  const base = vatBase(one.customs_value, [...amounts, ...excise]);
  const vat = listed.data
    .filter(({ type }) => VAT_TYPES.has(type))
    .map(({ duty }) => assessed({ ...one, customs_value: base }, '305', duty, meursing));
  const all = [...amounts, ...excise, ...vat];
  const total = sumAmounts(all);
  if (total === null) return failed(why(result));
  return {
    ...answered(total),
    lines: all.flatMap((amount) => (amount === null ? [] : [roundMoney(amount)])),
    vat_base: base === null ? null : roundMoney(base),
  };
}

function tax(one: GoldenCase, type: string, base: string | null, meursing: readonly MeursingRow[] | null): CaseAnswer {
  // 'LPA, small producer discount' is the unit SPQ of the British tariff: litres of pure alcohol times the relief.
  const expression = one.expression.replace(/LPA,? *small producer (?:discount|relief)/i, 'SPQ');
  const amount = assessed({ ...one, customs_value: base }, type, expression, meursing);
  return amount === null ? failed('a figure of the tax is missing') : answered(amount);
}

function assessed(one: GoldenCase, type: string, duty: string, meursing: readonly MeursingRow[] | null): string | null {
  const measure = measureOf(type, duty, {});
  return assess(measure, inputOf({ ...one, expression: duty }, [measure], meursing, {})).exact;
}

function inputOf(
  one: GoldenCase,
  rows: readonly TaricMeasure[],
  meursing: readonly MeursingRow[] | null,
  facts: Record<string, string | boolean | string[]>,
): TaricStackingInput {
  const area = text(one, 'origin_or_group');
  const origin = area !== null && /^[A-Z]{2}$/.test(area) ? area : (text(one, 'origin') ?? 'ZZ');
  const { expression } = one;
  // A value that has no influence is left out of a case.
  const value = one.customs_value ?? (/\d ?%(?! ?(?:RET|vol))/.test(expression) ? null : '0');
  const relief = text(one, 'spr_discount') ?? text(one, 'small_producer_relief');
  const retail = text(one, 'retail_price');
  const question: DutyQuestion = {
    code: CODE,
    destination: one.jurisdiction === 'UK' ? 'GB' : one.jurisdiction,
    origin,
    as_of: text(one, 'date') ?? DATE,
    known_at: null,
    customs_value: value === null ? null : { amount: value, currency: one.currency },
    quantities: Object.entries(one.quantities).map(([key, amount]) => {
      const [unit = '', qualifier] = key.split('_');
      return { unit, amount, ...(qualifier === undefined ? {} : { qualifier }) };
    }),
    transport_mode: null,
    facts: {
      certificates: texts(one, 'certificates'),
      ...prices(one),
      ...(relief === null ? {} : { small_producer_relief: relief }),
      ...(retail === null ? {} : { retail_price: retail }),
      ...facts,
    },
  };
  return {
    question,
    tariff: ['UK', 'GB'].includes(one.jurisdiction) ? 'gb' : 'eu',
    measures: rows.map((row) => ({ ...row, valid_from: question.as_of })),
    areas: new Map(area === null || area === origin ? [] : [[area, new Set([origin])]]),
    typeNames: new Map(),
    coverage: [],
    meursing,
    exchange: (from, to) => rateOf(one, from, to),
  };
}

function measureOf(type: string, expression: string, own: Partial<TaricMeasure>): TaricMeasure {
  const { duty, conditions } = parseTaricDuty(expression);
  return {
    natural_key: type,
    code: CODE,
    measure_type: type,
    geographical_area: '1011',
    excluded_areas: [],
    additional_code: null,
    quota_order_number: null,
    reduction_indicator: null,
    duty_expression: expression,
    duty,
    conditions,
    footnotes: [],
    legal_base: null,
    legal_base_url: null,
    valid_from: DATE,
    valid_to: null,
    source: null,
    ...own,
  };
}

/** 'import_price_per_dtn', 'cif_price_per_dtn', 'price_per_tne': the one price of a case, under every name a condition compares. */
function prices(one: GoldenCase): Record<string, string> {
  const found: Record<string, string> = {};
  for (const key of Object.keys(one.inputs)) {
    const [, unit] = /price_per_(?:100_?)?([a-z]{2,3})$/.exec(key) ?? [];
    const amount = text(one, key);
    if (unit === undefined || amount === null || !/^\d+(\.\d+)?$/.test(amount)) continue;
    const code = key.includes('100') || unit === 'dtn' ? 'DTN' : unit === 'kg' ? 'KGM' : unit.toUpperCase();
    const units = convertUnit('1', 'DTN', code);
    if (units === null) continue;
    const per100kg = new Exact(amount).times(units).toFixed();
    for (const name of ['entry_price', 'cif_price', 'declared_price']) found[name] = per100kg;
  }
  return found;
}

/** 'eur_to_gbp': units of the second for one of the first. */
function rateOf(one: GoldenCase, from: string, to: string): string | null {
  const direct =
    text(one, `${from}_to_${to}`.toLowerCase()) ?? (to === one.currency ? text(one, 'exchange_rate') : null);
  if (direct !== null) return direct;
  const inverse = text(one, `${to}_to_${from}`.toLowerCase());
  return inverse === null || Number(inverse) === 0 ? null : new Exact(1).div(inverse).toFixed();
}

function text(one: GoldenCase, name: string): string | null {
  const value = one.inputs[name];
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : null;
}

function texts(one: GoldenCase, name: string): string[] {
  const value = one.inputs[name];
  return Array.isArray(value) ? value.map(String) : [];
}

const answered = (amount: string | null): CaseAnswer =>
  amount === null
    ? failed('a part is missing')
    : { amount, rounded: roundMoney(amount), lines: [], vat_base: null, reason: null };
const failed = (reason: string): CaseAnswer => ({ amount: null, rounded: null, lines: [], vat_base: null, reason });

function why(result: ReturnType<typeof stackTaric>): string {
  const open = result.components.find(({ status, reason }) => status !== 'available' && reason !== null);
  return [open?.reason, result.total.missing.join(', ')].filter((part) => part).join('; ') || 'not computable';
}
