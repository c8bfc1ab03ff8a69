import { roundMoney } from '../../transforms/duty/evaluate.ts';
import type { TaricStackingResult } from '../../transforms/stacking/taric/input.ts';

export interface CaseAnswer {
  /** Unrounded; null when it does not follow, with the reason. */
  amount: string | null;
  /** Half-up to the cent. */
  rounded: string | null;
  /** Rounded amounts of a stack in the order of its measures, without those left out. */
  lines: string[];
  vat_base: string | null;
  reason: string | null;
}

export const answered = (amount: string | null): CaseAnswer =>
  amount === null
    ? failed('a part is missing')
    : { amount, rounded: roundMoney(amount), lines: [], vat_base: null, reason: null };
export const failed = (reason: string): CaseAnswer => ({
  amount: null,
  rounded: null,
  lines: [],
  vat_base: null,
  reason,
});

/** The first reason of what is open, and what is missing. */
export function why(result: TaricStackingResult): string {
  const open = result.components.find(({ status, reason }) => status !== 'available' && reason !== null);
  return [open?.reason, result.total.missing.join(', ')].filter((part) => part).join('; ') || 'not computable';
}
