import { Exact } from '../exact.ts';
import type { DutyComponent, DutyTotal } from './component.ts';

export interface TotalInput {
  components: readonly DutyComponent[];
  customsValue: { amount: string; currency: string } | null;
  /** What keeps an applied component from having an amount or a rate; empty when nothing does. */
  blocked?: readonly string[];
  /** Something outside the components may come on top (a list known to be incomplete). */
  lowerBound?: boolean;
}

/**
 * The total of the applied components: rates as a fraction of customs value, amounts (rounded per component) to the cent.
 * 'not_computable' when an applied component has no number, 'lower_bound' when something undetermined may come on top.
 * Null, never 0, where a number does not follow.
 */
export function totalDuty(input: TotalInput): DutyTotal {
  const applied = input.components.filter(
    (component) => component.status === 'applied' && component.effect !== 'prohibition',
  );
  const open = input.components.filter((component) => component.status === 'undetermined');
  const rates = applied.map((component) => component.rate).filter((rate) => rate !== null);
  const amounts = applied.map((component) => component.amount).filter((amount) => amount !== null);
  const allRates = rates.length === applied.length;
  const allAmounts = amounts.length === applied.length;
  const blocked = input.blocked ?? [];

  const numberMissing =
    applied.length === 0 || (input.customsValue === null ? !allRates : !allAmounts) || blocked.length > 0;
  // A base that is itself open leaves nothing to bound from below; so does a claimed duty within a quota, which would take its place.
  const baseOpen = open.some(({ effect }) => effect === 'base' || effect === 'quota_in');
  const status =
    numberMissing || baseOpen ? 'not_computable' : open.length > 0 || input.lowerBound ? 'lower_bound' : 'complete';
  const missing = [
    ...blocked,
    ...applied.filter((part) => part.rate === null && part.amount === null).flatMap((part) => part.needs),
    ...open.flatMap((part) => part.needs),
  ];
  const amount = input.customsValue !== null && allAmounts && applied.length > 0 ? sum(amounts).toFixed(2) : null;
  return {
    status,
    ad_valorem_rate: allRates && applied.length > 0 ? sum(rates).toFixed() : null,
    amount,
    currency: amount === null ? null : (input.customsValue?.currency ?? null),
    missing: [...new Set(missing)],
  };
}

function sum(parts: readonly string[]): Exact {
  return parts.reduce((total, part) => total.plus(part), new Exact(0));
}
