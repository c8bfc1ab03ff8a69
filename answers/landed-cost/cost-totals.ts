import { Decimal } from 'decimal.js';
import type { DutyTotal, TotalStatus } from '../../transforms/stacking/component.ts';
import type { CostTotals, LineCharge } from './landed-cost-data.ts';

export type CostParts = Pick<CostTotals, 'price' | 'shipping' | 'insurance' | 'inland' | 'duty' | 'fees' | 'taxes'>;

const NAMES = ['price', 'shipping', 'insurance', 'inland', 'duty', 'fees', 'taxes'] as const;
/** Without these there is no cost to bound from below. */
const ESSENTIAL: ReadonlySet<string> = new Set(['price', 'shipping', 'insurance', 'inland', 'duty']);

/** Charges added up; null when one of them is not known: a sum of the others would look complete. */
export function sumOfCharges(charges: readonly LineCharge[]): string | null {
  return sumOf(charges.map((charge) => charge.amount));
}

export function sumOf(amounts: readonly (string | null)[]): string | null {
  if (amounts.includes(null)) return null;
  return amounts.reduce<Decimal>((sum, amount) => sum.add(amount ?? 0), new Decimal(0)).toFixed(2);
}

/** Named as missing where goods have no price: given away, they have a customs value all the same, and nothing states it. */
export const NO_PRICE = 'value';

/** What an answer says of the lines that have no price. */
export function unpricedNotes(lines: readonly { line: number; totals: CostTotals }[]): string[] {
  return lines
    .filter(({ totals }) => totals.missing.includes(NO_PRICE))
    .map(
      ({ line }) =>
        `Line ${line} has no price: goods that are given away have a customs value all the same, and duty and taxes are without it.`,
    );
}

/**
 * The cost of one line. Not computable without price, charges or a computable duty; a lower bound while a fee, a tax or a part of the
 * duty is open, and where the goods have no price. The parts add up to the total to the cent.
 */
export function lineTotals(
  parts: CostParts,
  duty: Pick<DutyTotal, 'status' | 'missing'>,
  { missing, units, blocked = false }: { missing: readonly string[]; units: string | null; blocked?: boolean },
): CostTotals {
  const unknown = NAMES.filter((name) => parts[name] === null);
  const none = blocked || duty.status === 'not_computable' || unknown.some((name) => ESSENTIAL.has(name));
  const unpriced = parts.price !== null && new Decimal(parts.price).isZero();
  const open = unknown.length > 0 || duty.status === 'lower_bound' || missing.length > 0 || unpriced;
  const status: TotalStatus = none ? 'not_computable' : open ? 'lower_bound' : 'complete';
  const total = none ? null : sumOf(NAMES.map((name) => parts[name] ?? '0'));
  const told = [...missing, ...duty.missing, ...(unpriced ? [NO_PRICE] : [])];
  const named = told.length > 0 ? told : unknown;
  return {
    ...parts,
    total,
    status,
    missing: [...new Set(named)],
    // A bound of the whole is the same bound of each unit; `status` says which it is.
    per_unit: perUnit(total, units),
  };
}

/** The consignment: its lines added up; as open as the most open of them. */
export function consignmentTotals(lines: readonly CostTotals[]): CostTotals {
  const statuses = lines.map((line) => line.status);
  const status = statuses.includes('not_computable')
    ? 'not_computable'
    : statuses.includes('lower_bound')
      ? 'lower_bound'
      : 'complete';
  const add = (name: (typeof NAMES)[number]): string | null => sumOf(lines.map((line) => line[name]));
  return {
    price: add('price'),
    shipping: add('shipping'),
    insurance: add('insurance'),
    inland: add('inland'),
    duty: add('duty'),
    fees: add('fees'),
    taxes: add('taxes'),
    total: sumOf(lines.map((line) => line.total)),
    status,
    missing: [...new Set(lines.flatMap((line) => line.missing))],
    // Units of different goods do not add up; a single line's are the consignment's.
    per_unit: lines.length === 1 ? (lines[0]?.per_unit ?? null) : null,
  };
}

function perUnit(total: string | null, units: string | null): string | null {
  if (total === null || units === null || !new Decimal(units).gt(0)) return null;
  return new Decimal(total).div(units).toFixed(2, Decimal.ROUND_HALF_UP);
}
