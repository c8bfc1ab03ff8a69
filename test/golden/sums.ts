import { Exact } from '../../transforms/exact.ts';

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
