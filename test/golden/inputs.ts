import { parseTaricDuty } from '../../transforms/duty/parse-taric.ts';
import { printedNumber } from '../../transforms/duty/printed-number.ts';
import { taricUnit } from '../../transforms/duty/taric-unit.ts';
import { Exact } from '../../transforms/exact.ts';
import type { TaricMeasure } from '../../transforms/stacking/taric/input.ts';
import { PRICES } from '../../transforms/stacking/taric/declared.ts';
import { convertUnit } from '../../transforms/units.ts';

/** What a case states beside its expression; read by the functions below, each of which names the field it cannot read. */
export type CaseInputs = Readonly<Record<string, unknown>>;

/** A field of a case that is there and cannot be read: no number is taken in its place. */
export class UnreadableField extends Error {
  constructor(field: string, value: unknown) {
    super(`${field} cannot be read: ${JSON.stringify(value)}`);
    this.name = 'UnreadableField';
  }
}

/** The first of the named inputs that is stated, as text; null when none is. */
export function text(inputs: CaseInputs, ...names: readonly string[]): string | null {
  for (const name of names) {
    const value = inputs[name];
    if (value === undefined || value === null) continue;
    if (typeof value !== 'string' && typeof value !== 'number') throw new UnreadableField(`inputs.${name}`, value);
    if (String(value).trim() !== '') return String(value).trim();
  }
  return null;
}

/** The first of the named inputs that is stated, as a plain decimal. */
export function figure(inputs: CaseInputs, ...names: readonly string[]): string | null {
  const name = names.find((candidate) => text(inputs, candidate) !== null);
  return name === undefined ? null : decimal(`inputs.${name}`, inputs[name]);
}

/** A stated number; no sign: nothing of a case is below zero but a line of a total. */
export function decimal(field: string, value: unknown): string {
  if (typeof value === 'number' && Number.isFinite(value) && value >= 0) return new Exact(value).toFixed();
  const read = typeof value === 'string' ? printedNumber(value) : null;
  if (read === null) throw new UnreadableField(field, value);
  return read;
}

/** Exact amounts of a total, credits with their sign. */
export function lines(inputs: CaseInputs): string[] {
  const stated = inputs['lines'];
  if (!Array.isArray(stated)) throw new UnreadableField('inputs.lines', stated);
  return stated.map((value: unknown) => {
    const [, sign = '', amount = ''] = /^(-?)(.*)$/s.exec(String(value).trim()) ?? [];
    return `${sign}${decimal('inputs.lines', typeof value === 'number' ? Math.abs(value) : amount)}`;
  });
}

/** Documents held; none when nothing is said of them. */
export function certificates(inputs: CaseInputs): string[] {
  return ['certificates', 'certificate', 'documents'].flatMap((name) => {
    const stated = inputs[name] ?? [];
    const list: unknown[] = Array.isArray(stated)
      ? stated
      : typeof stated === 'string'
        ? stated.split(/[\s,;]+/)
        : [stated];
    return list.flatMap((value) => {
      const code = typeof value === 'string' ? value.trim().replace(/[\s-]/g, '').toUpperCase() : null;
      if (code === null || !/^[A-Z0-9]{0,5}$/.test(code)) throw new UnreadableField(`inputs.${name}`, value);
      return code === '' ? [] : [code];
    });
  });
}

/** Additional code of type 7 ('7476'); the three digits alone are understood. */
export function meursingCode(inputs: CaseInputs): string | null {
  const stated = text(inputs, 'meursing_code', 'meursing_additional_code');
  if (stated === null) return null;
  const code = stated.replace(/[\s-]/g, '');
  if (/^7\d{3}$/.test(code)) return code;
  if (/^\d{3}$/.test(code)) return `7${code}`;
  throw new UnreadableField('inputs.meursing_code', stated);
}

/** 'KGM', 'KGM_E', 'kgm-e', '100 kg': the unit and its qualifier. */
export function quantities(stated: CaseInputs): { unit: string; amount: string; qualifier?: string }[] {
  return Object.entries(stated).flatMap(([key, value]) => {
    if (value === null) return [];
    const amount = decimal(`quantities.${key}`, value);
    const [, base = '', own] =
      /^([^_]+)(?:_([a-z]))?$/i.exec(key.trim().replace(/^([a-z]{3})[-/ ]([a-z])$/i, '$1_$2')) ?? [];
    const unit = taricUnit(base);
    if (unit === null) return [{ unit: key.trim().toUpperCase(), amount }];
    const qualifier = own?.toUpperCase() ?? unit.qualifier;
    return [{ unit: unit.unit, amount, ...(qualifier === undefined ? {} : { qualifier }) }];
  });
}

/** Word in the name of a price, and the price it is. A price without one is compared by whatever condition asks for it. */
const NAMED: readonly (readonly [RegExp, (typeof PRICES)[number]])[] = [
  [/after_duty/, 'free_at_frontier_price_after_duty'],
  [/frontier/, 'free_at_frontier_price'],
  [/cif/, 'cif_price'],
  [/entry|import/, 'entry_price'],
];

/**
 * 'import_price_per_dtn', 'cif_price_per_dtn', 'price_per_tne', 'free_at_frontier_price_per_mil' as the facts a question declares.
 * Weights in 100 kg, whatever they are stated for; any other unit is told. In `currency`, which is that of a price unless its name says
 * another ('import_price_eur_per_dtn').
 */
export function prices(inputs: CaseInputs, currency: string): Record<string, string> {
  const stated = Object.keys(inputs).flatMap((key) => {
    if (!/price/i.test(key) || /retail|unit$/i.test(key) || inputs[key] === null) return [];
    const [, foreign, printed = text(inputs, 'price_unit') ?? ''] =
      /(?:_(eur|gbp))?_per_([a-z0-9_]+)$/i.exec(key) ?? [];
    const [amount, unit] = [figure(inputs, key), taricUnit(printed.replaceAll('_', ' '))];
    const from = foreign?.toUpperCase() ?? currency;
    const rate = from === currency ? '1' : rateOf(inputs, currency, from, currency);
    if (amount === null || rate === null || unit === null || unit.qualifier !== undefined) {
      throw new UnreadableField(`inputs.${key}`, inputs[key]);
    }
    const weight = convertUnit('1', 'DTN', unit.unit);
    const price = new Exact(amount).times(rate);
    return weight === null
      ? [{ key, unit: unit.unit, amount: price.toFixed() }]
      : [{ key, unit: 'DTN', amount: price.times(weight).toFixed() }];
  });
  const facts: Record<string, string> = {};
  for (const { key, unit, amount } of stated) {
    const name = NAMED.find(([word]) => word.test(key.toLowerCase()))?.[1];
    const every = name === undefined || stated.length === 1;
    for (const known of every ? PRICES : [name]) {
      if (facts[known] !== undefined && facts[known] !== amount)
        throw new UnreadableField(`inputs.${key}`, inputs[key]);
      facts[known] = amount;
    }
    if (facts['price_unit'] !== undefined && facts['price_unit'] !== unit)
      throw new UnreadableField(`inputs.${key}`, inputs[key]);
    facts['price_unit'] = unit;
  }
  return facts;
}

/** 'eur_to_gbp': units of the second for one of the first; also 'gbp_per_eur', and 'exchange_rate' into the currency of the case. */
export function rateOf(inputs: CaseInputs, currency: string, from: string, to: string): string | null {
  const [one, other] = [from.toLowerCase(), to.toLowerCase()];
  const direct = figure(
    inputs,
    `${one}_to_${other}`,
    `${other}_per_${one}`,
    ...(to === currency ? ['exchange_rate'] : []),
  );
  if (direct !== null) return direct;
  const inverse = figure(inputs, `${other}_to_${one}`, `${one}_per_${other}`);
  return inverse === null || new Exact(inverse).isZero() ? null : new Exact(1).div(inverse).toFixed();
}

/** The duty of a text and its conditions; a text with a part that is not understood answers nothing. */
export function printedDuty(expression: string): Pick<TaricMeasure, 'duty' | 'conditions' | 'duty_expression'> {
  const { duty, conditions, issues } = parseTaricDuty(expression);
  if (issues.length > 0) throw new UnreadableField('expression', issues[0]);
  return { duty, conditions, duty_expression: expression };
}
