/**
 * Which tariff numbers of an order's scope a question's code meets. They are for convenience only and as old as the order, so every
 * match means 'possible': the scope's text decides.
 *
 * - 'above': the number is the code or a prefix of it: all goods of the code stand under the number.
 * - 'below': the number is longer than the code and begins with it: some goods of the code may stand under it. A question of six
 *   or eight digits is answered by ten-digit scopes too, and never told that nothing is there.
 *
 * Ten digits that end in 00 stand for their first eight, on either side: 7214.20.00.00 was the only statistical number of its line
 * when the scope was written, or is now.
 */
export type ScopeMatch = 'above' | 'below';

/** A code as what its matching numbers are: those listed in `above`, and every longer one that begins with `below`. */
export interface ScopeQuestion {
  /** Longest first. */
  above: string[];
  below: string;
}

/** The scope numbers that meet a code (digits, 2 to 10), by the table in docs/stacking-us.md, as a query can ask for them. */
export function scopeQuestion(code: string): ScopeQuestion {
  const above: string[] = [];
  for (let length = code.length; length >= 2; length -= 1) above.push(code.slice(0, length));
  if (code.length !== 10) return { above, below: code };
  const line = code.slice(0, 8);
  if (code.endsWith('00')) return { above, below: line };
  above.splice(1, 0, `${line}00`);
  return { above, below: code };
}

/** How a scope's number meets a code, both digits; null when it does not. */
export function scopeMatch(code: string, number: string): ScopeMatch | null {
  const { above, below } = scopeQuestion(code);
  if (above.includes(number)) return 'above';
  return number.length > below.length && number.startsWith(below) ? 'below' : null;
}
