import type { MeasureCondition } from '../records.ts';

/** What follows from a condition line, by TARIC action code (TARIC user guide, table of actions). */
export type ConditionEffect =
  /** 01: the duty printed on the line. */
  | 'line_duty'
  /** 11: the difference between the line's duty and the declared price. */
  | 'difference_to_price'
  /** 27: the measure's own duty. */
  | 'measure_duty'
  | 'allowed'
  | 'not_allowed'
  /** 07: the measure does not apply (a waiver, or a preference not proven). */
  | 'not_applicable';

const EFFECTS: Readonly<Record<string, ConditionEffect>> = {
  '01': 'line_duty',
  '04': 'not_allowed',
  '05': 'not_allowed',
  '06': 'not_allowed',
  '07': 'not_applicable',
  '08': 'not_allowed',
  '09': 'not_allowed',
  '10': 'not_allowed', // declaration to be corrected
  '11': 'difference_to_price',
  '24': 'allowed',
  '25': 'allowed',
  '26': 'allowed',
  '27': 'measure_duty',
  '28': 'allowed',
  '29': 'allowed',
};

/** Null for an action whose meaning is not recorded here: the outcome is then undetermined. */
export function conditionEffect(actionCode: string | null): ConditionEffect | null {
  return actionCode === null ? null : (EFFECTS[actionCode] ?? null);
}

/** How a threshold is compared and with which declared figure. */
export interface ThresholdRule {
  readonly compare: 'at_least' | 'at_most';
  /** Name under which the figure is declared; null: a quantity in the printed unit. */
  readonly measured: string | null;
}

/** Condition codes with a threshold. Codes of export refunds (J, X …) are not recorded: comparing the wrong way round would decide wrongly. */
const THRESHOLDS: Readonly<Record<string, ThresholdRule>> = {
  V: { compare: 'at_least', measured: 'entry_price' },
  L: { compare: 'at_least', measured: 'cif_price' },
  M: { compare: 'at_least', measured: 'declared_price' },
  F: { compare: 'at_least', measured: 'free_at_frontier_price' },
  G: { compare: 'at_least', measured: 'free_at_frontier_price_after_duty' },
  R: { compare: 'at_least', measured: 'weight_per_supplementary_unit' },
  U: { compare: 'at_least', measured: 'value_per_supplementary_unit' },
  E: { compare: 'at_most', measured: null },
  I: { compare: 'at_most', measured: null },
};

/** The rule of a condition code's threshold; null when it is not recorded. */
export function thresholdRule(conditionCode: string): ThresholdRule | null {
  return THRESHOLDS[conditionCode] ?? null;
}

/** Code of a condition that is printed and not understood; its text stands where the duty of a line does. It decides nothing. */
export const UNREAD_CONDITION = '?';

/** Stands for a condition that is not understood: left out, its measure would look unconditional. */
export function unreadCondition(printed: string, sequence: number): MeasureCondition {
  return {
    condition_code: UNREAD_CONDITION,
    sequence,
    certificate: null,
    amount: null,
    currency: null,
    unit: null,
    action_code: null,
    duty_expression: printed,
  };
}
