import { Exact } from '../exact.ts';

/** Exact sum of decimal strings; null when a part is unknown: a total with a hole is not a total. */
export function sumAmounts(amounts: readonly (string | null)[]): string | null {
  let total = new Exact(0);
  for (const amount of amounts) {
    if (amount === null) return null;
    total = total.plus(amount);
  }
  return total.toFixed();
}

/** Import VAT is due on the customs value plus every duty (Directive 2006/112/EC article 86; UK VATA 1994 section 21). */
export function vatBase(customsValue: string | null, duties: readonly (string | null)[]): string | null {
  return sumAmounts([customsValue, ...duties]);
}

/** The measures that are charged together: goods within a quota do not pay the safeguard duty 696; 695 and 552 stay. */
export function stackedMeasures<M extends { type: string }>(measures: readonly M[], option: 'quota' | 'other'): M[] {
  return measures.filter((measure) => option !== 'quota' || measure.type !== '696');
}
