import { Exact } from '../exact.ts';
import type { MeasureCondition } from '../records.ts';
import { convertUnit } from '../units.ts';
import { conditionEffect, thresholdRule, UNREAD_CONDITION, type ConditionEffect } from './condition-codes.ts';
import { quantityName, type Quantity } from './evaluate.ts';
import type { DutyExpression } from './expression.ts';
import { parseTaricDuty } from './parse-taric.ts';
import { taricUnit } from './taric-unit.ts';

/** A declared price or ratio: `amount` `currency` per `unit`, under the name of condition-codes.ts ('entry_price', 'declared_price' …). */
export interface MeasuredFigure {
  name: string;
  amount: string;
  currency: string | null;
  unit: string | null;
}

export interface ConditionInput {
  /** Documents declared, without hyphen ('D008', 'Y155'). One that is not here is not held. */
  certificates: readonly string[];
  quantities: readonly Quantity[];
  measured?: readonly MeasuredFigure[];
  exchange?: (from: string, to: string) => string | null;
}

export interface ConditionOutcome {
  status: 'duty' | 'allowed' | 'not_allowed' | 'not_applicable' | 'undetermined';
  /** For status 'duty': the duty that applies; null means the measure's own. */
  duty: DutyExpression | null;
  /** The line that decided each group, in printed order. */
  lines: MeasureCondition[];
  /** Y-codes used: the declaration that the measure does not concern these goods. */
  waivers: string[];
  /** Documents that would be accepted on an earlier line of a decided group. */
  alternatives: string[];
  /** Figures that would settle an undetermined outcome: 'entry_price', 'quantity:KGM' … */
  missing: string[];
  /**
   * Why it is undetermined although nothing is missing: 'condition_code_unknown:J', 'action_code_unknown:36', 'no_line_met:B',
   * 'condition_not_understood'.
   */
  reason: string | null;
}

type LineState = { met: boolean } | { missing: string } | { reason: string };

/**
 * The outcome of a measure's conditions. Lines of one code are read in sequence, the first that is met decides and the last line,
 * without document or threshold, is the rest; different codes must all be satisfied. A missing figure never selects a line.
 */
export function evaluateConditions(conditions: readonly MeasureCondition[], input: ConditionInput): ConditionOutcome {
  const outcome: ConditionOutcome = {
    status: 'allowed',
    duty: null,
    lines: [],
    waivers: [],
    alternatives: [],
    missing: [],
    reason: null,
  };
  if (conditions.some(({ condition_code }) => condition_code === UNREAD_CONDITION)) {
    // It may be an alternative to a line that is read, or one more thing to be met: nothing follows without it.
    return { ...outcome, status: 'undetermined', reason: 'condition_not_understood' };
  }
  const effects: { effect: ConditionEffect; line: MeasureCondition }[] = [];
  for (const group of conditionGroups(conditions)) {
    const line = firstMet(group, input, outcome);
    if (line === null) continue;
    outcome.lines.push(line);
    const effect = conditionEffect(line.action_code);
    if (effect === null) outcome.reason ??= `action_code_unknown:${line.action_code ?? ''}`;
    else effects.push({ effect, line });
  }
  return decide(outcome, effects, input);
}

/** Lines by condition code, in printed order of the codes, each in sequence order as far as every line can be reached. */
export function conditionGroups(conditions: readonly MeasureCondition[]): MeasureCondition[][] {
  const groups = new Map<string, MeasureCondition[]>();
  for (const condition of [...conditions].sort((a, b) => a.sequence - b.sequence)) {
    groups.set(condition.condition_code, [...(groups.get(condition.condition_code) ?? []), condition]);
  }
  return [...groups.values()].map(reachable);
}

/**
 * A line that asks for nothing is the rest wherever it is printed, and of two lines with a minimum price the lower one is met whenever
 * the higher one is: in front they would leave the others without effect, which no list means. Official sequences are so already.
 */
function reachable(group: readonly MeasureCondition[]): MeasureCondition[] {
  const asks = group.filter((line) => line.certificate !== null || line.amount !== null);
  const rest = group.filter((line) => line.certificate === null && line.amount === null);
  const minimum = (line: MeasureCondition) =>
    line.certificate === null && thresholdRule(line.condition_code)?.compare === 'at_least' ? line.amount : null;
  if (asks.length > 0 && asks.every((line) => minimum(line) !== null)) {
    asks.sort((a, b) => new Exact(minimum(b) ?? 0).comparedTo(minimum(a) ?? 0));
  }
  return [...asks, ...rest];
}

function firstMet(
  group: readonly MeasureCondition[],
  input: ConditionInput,
  outcome: ConditionOutcome,
): MeasureCondition | null {
  const passedBy: string[] = [];
  for (const line of group) {
    const state = lineState(line, input);
    if ('missing' in state) {
      outcome.missing.push(state.missing);
      outcome.alternatives.push(...passedBy);
      return null;
    }
    if ('reason' in state) {
      outcome.reason ??= state.reason;
      return null;
    }
    if (state.met) {
      if (line.certificate?.startsWith('Y') === true) outcome.waivers.push(line.certificate);
      outcome.alternatives.push(...passedBy);
      return line;
    }
    if (line.certificate !== null) passedBy.push(line.certificate);
  }
  outcome.alternatives.push(...passedBy);
  outcome.reason ??= `no_line_met:${group[0]?.condition_code ?? ''}`;
  return null;
}

function lineState(line: MeasureCondition, input: ConditionInput): LineState {
  if (line.certificate !== null && !input.certificates.includes(line.certificate)) return { met: false };
  if (line.amount === null) return { met: true };
  const rule = thresholdRule(line.condition_code);
  if (rule === null) return { reason: `condition_code_unknown:${line.condition_code}` };
  const declared = rule.measured === null ? declaredQuantity(line, input) : declaredFigure(rule.measured, line, input);
  if (typeof declared === 'string') return { missing: declared };
  return {
    met:
      rule.compare === 'at_least'
        ? declared.greaterThanOrEqualTo(line.amount)
        : declared.lessThanOrEqualTo(line.amount),
  };
}

/** The declared price or ratio in the line's currency and unit, or the name of what is missing. */
function declaredFigure(name: string, line: MeasureCondition, input: ConditionInput): Exact | string {
  const figure = input.measured?.find((candidate) => candidate.name === name);
  if (figure === undefined) return name;
  // A price per 100 kg is ten times dearer per tonne: convert one of the line's units into the figure's.
  const units = line.unit === figure.unit ? '1' : convertUnit('1', line.unit ?? '', figure.unit ?? '');
  if (units === null) return `${name}:${line.unit ?? ''}`;
  const [from, to] = [euro(figure.currency), euro(line.currency)];
  const rate = from === to ? '1' : from === null || to === null ? null : (input.exchange?.(from, to) ?? null);
  if (rate === null) return `exchange_rate:${from ?? ''}:${to ?? ''}`;
  return new Exact(figure.amount).times(units).times(rate);
}

const euro = (currency: string | null): string | null => (currency === 'EUC' ? 'EUR' : currency);

function declaredQuantity(line: MeasureCondition, input: ConditionInput): Exact | string {
  if (line.currency !== null) return declaredFigure('declared_price', line, input);
  const unit = taricUnit(line.unit ?? '');
  if (unit === null) return `quantity:${line.unit ?? ''}`;
  for (const quantity of input.quantities) {
    if ((quantity.qualifier ?? null) !== (unit.qualifier ?? null) || quantity.basis !== undefined) continue;
    const amount =
      quantity.unit === unit.unit ? quantity.amount : convertUnit(quantity.amount, quantity.unit, unit.unit);
    if (amount !== null) return new Exact(amount);
  }
  return quantityName(unit);
}

/** Different codes AND: one refusal decides, then 'not applicable'; anything open leaves the rest undetermined. */
function decide(
  outcome: ConditionOutcome,
  effects: readonly { effect: ConditionEffect; line: MeasureCondition }[],
  input: ConditionInput,
): ConditionOutcome {
  for (const status of ['not_allowed', 'not_applicable'] as const) {
    if (effects.some(({ effect }) => effect === status)) return { ...outcome, status, missing: [], reason: null };
  }
  if (outcome.missing.length > 0 || outcome.reason !== null) return { ...outcome, status: 'undetermined' };
  const decisive = effects.find(({ effect }) => effect === 'line_duty' || effect === 'difference_to_price');
  if (decisive !== undefined) {
    const duty = lineDuty(decisive.line, decisive.effect, input);
    if (duty !== null) return { ...outcome, status: 'duty', duty };
    return { ...outcome, status: 'undetermined', reason: `line_duty_unknown:${decisive.line.condition_code}` };
  }
  return effects.some(({ effect }) => effect === 'measure_duty') ? { ...outcome, status: 'duty' } : outcome;
}

function lineDuty(line: MeasureCondition, effect: ConditionEffect, input: ConditionInput): DutyExpression | null {
  const duty = line.duty_expression === null ? null : parseTaricDuty(line.duty_expression).duty;
  if (duty === null || effect === 'line_duty') return duty;
  const price = input.measured?.find((figure) => figure.name === thresholdRule(line.condition_code)?.measured);
  if (price?.currency === undefined || price.currency === null || price.unit === null) return null;
  const unit = taricUnit(price.unit);
  if (unit === null) return null;
  const paid: DutyExpression = { op: 'specific', amount: price.amount, currency: price.currency, per: '1', ...unit };
  return { op: 'difference', from: duty, less: paid };
}

/**
 * The entry price line (conditions V, Regulation (EU) 1308/2013 article 181): the first threshold at or under the import price.
 * Null when there is none or the price or its unit does not settle it.
 */
export function entryPriceLine(
  conditions: readonly MeasureCondition[],
  price: { amount: string; currency: string; unit: string },
): MeasureCondition | null {
  const group = conditions.filter((condition) => condition.condition_code === 'V');
  const measured = [{ name: 'entry_price', ...price }];
  return evaluateConditions(group, { certificates: [], quantities: [], measured }).lines[0] ?? null;
}
