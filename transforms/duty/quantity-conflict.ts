import { Exact } from '../exact.ts';
import { convertUnit, isUnitCode } from '../units.ts';
import { taricUnit, type TaricUnit } from './taric-unit.ts';

/** Rounding of the one or the other ('83.33' dozen for 1,000 items). */
const TOLERANCE = '0.01';

/**
 * The first two quantities that say different things of the same goods ('4 kg' and '8 kg', '4000 g' and '1 t'), by index; null where
 * all agree. Quantities of different dimensions, and of one with different qualifiers (net, drained), do not contradict each other.
 */
export function conflictingQuantities(
  quantities: readonly { unit: string; amount: string; qualifier?: string | undefined }[],
): [first: number, second: number] | null {
  const read = quantities.map(({ unit, amount, qualifier }) => {
    const printed: TaricUnit = isUnitCode(unit) ? { unit } : (taricUnit(unit) ?? { unit });
    return { amount, unit: printed.unit, qualifier: qualifier ?? printed.qualifier ?? null };
  });
  for (const [second, later] of read.entries()) {
    for (const [first, earlier] of read.slice(0, second).entries()) {
      if (earlier.qualifier !== later.qualifier) continue;
      const same = earlier.unit === later.unit ? earlier.amount : convertUnit(earlier.amount, earlier.unit, later.unit);
      if (same === null) continue;
      const apart = new Exact(same).minus(later.amount).abs();
      if (apart.greaterThan(Exact.max(same, later.amount).times(TOLERANCE))) return [first, second];
    }
  }
  return null;
}
