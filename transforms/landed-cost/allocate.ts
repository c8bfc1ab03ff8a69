import { Decimal } from 'decimal.js';

/** Amount times share must not be rounded before the parts are: 20 significant digits are too few for that. */
const Exact = Decimal.clone({ precision: 80 });

/**
 * Splits an amount over shares so that the parts add up to it to the last unit of `places`: every part is rounded down, the rest goes
 * unit by unit to the largest remainders (earlier lines first among equals). All shares zero: equal parts.
 * Throws RangeError on a negative amount or share, no shares, or an amount finer than `places`.
 */
export function allocate(amount: string, shares: readonly string[], places = 2): string[] {
  const total = new Exact(amount);
  const weights = shares.map((share) => new Exact(share));
  if (weights.length === 0) throw new RangeError('nothing to allocate to');
  if (total.isNegative() || weights.some((weight) => weight.isNegative()))
    throw new RangeError('a negative amount or share');
  if (!total.toDecimalPlaces(places).eq(total))
    throw new RangeError(`${amount} has more than ${places} decimal places`);
  const sum = weights.reduce((a, b) => a.add(b), new Exact(0));
  const unit = new Exact(10).pow(-places);
  const exact = weights.map((weight) => (sum.isZero() ? total.div(weights.length) : total.mul(weight).div(sum)));
  const parts = exact.map((part) => part.toDecimalPlaces(places, Decimal.ROUND_DOWN));
  let rest = total
    .sub(parts.reduce((a, b) => a.add(b), new Exact(0)))
    .div(unit)
    .round()
    .toNumber();
  const order = exact
    .map((part, line) => ({ line, remainder: part.sub(parts[line] ?? 0) }))
    .sort((a, b) => b.remainder.cmp(a.remainder) || a.line - b.line);
  for (const { line } of order) {
    if (rest-- <= 0) break;
    parts[line] = (parts[line] ?? new Exact(0)).add(unit);
  }
  return parts.map((part) => part.toFixed(places));
}
