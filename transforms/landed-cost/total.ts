import { Decimal } from 'decimal.js';
import { allocate } from './allocate.ts';

export interface CostLine {
  /** Price of the goods on the line (ex works or free on board), two decimals. */
  price: string;
  /** Net or gross weight in one unit for all lines; null = not known. */
  weight: string | null;
  /** Units of sale, for the cost per unit; null = not known. */
  units: string | null;
}

export interface Charges {
  /** Carriage to the border of the destination, and insurance of it. */
  shipping: string;
  insurance: string;
  /** Carriage from the border to the first destination. */
  inland: string;
  by: 'value' | 'weight';
}

export interface ValuedLine {
  customs_value: string;
  shipping: string;
  insurance: string;
  inland: string;
}

/** US customs value leaves out international carriage and insurance (19 U.S.C. 1401a(b)(4)(A)); EU and GB include them. */
export function valuationBasis(destination: string): 'FOB' | 'CIF' {
  return destination === 'US' ? 'FOB' : 'CIF';
}

/**
 * Shares the charges of a consignment over its lines, to the cent, and gives the customs value of each. By weight needs a weight on
 * every line: null otherwise, never a silent change to shares by value.
 */
export function valueLines(destination: string, lines: readonly CostLine[], charges: Charges): ValuedLine[] | null {
  const shares = lines.map((line) => (charges.by === 'weight' ? line.weight : line.price));
  const known = shares.filter((share) => share !== null);
  if (known.length !== lines.length) return null;
  const shipping = allocate(charges.shipping, known);
  const insurance = allocate(charges.insurance, known);
  const inland = allocate(charges.inland, known);
  const cif = valuationBasis(destination) === 'CIF';
  return lines.map((line, index) => {
    const [carriage = '0', premium = '0'] = [shipping[index], insurance[index]];
    const price = new Decimal(line.price);
    return {
      customs_value: (cif ? price.add(carriage).add(premium) : price).toFixed(2),
      shipping: carriage,
      insurance: premium,
      inland: inland[index] ?? '0',
    };
  });
}

export interface LandedAmounts {
  price: string;
  shipping: string;
  insurance: string;
  inland: string;
  /** Null = cannot be computed; the total is then a lower bound. */
  duty: string | null;
  fees: string | null;
  taxes: string | null;
}

export interface LandedTotal extends LandedAmounts {
  /** The sum of what is known, to the cent. */
  total: string;
  status: 'complete' | 'lower_bound';
  /** Names of the parts that are not known. */
  missing: string[];
  /** Total per unit of sale, half-up to the cent; null without units, or when the total is a lower bound. */
  per_unit: string | null;
}

/** The landed cost of a line. Duty, fees and taxes stay apart, and the parts add up to the total to the cent. */
export function landedTotal(amounts: LandedAmounts, units: string | null): LandedTotal {
  const parts = Object.entries(amounts) as [keyof LandedAmounts, string | null][]; // its keys are those of the interface
  const missing = parts.filter(([, amount]) => amount === null).map(([name]) => name);
  const total = parts.reduce((sum, [, amount]) => sum.add(amount ?? 0), new Decimal(0));
  const complete = missing.length === 0;
  const perUnit = complete && units !== null && new Decimal(units).gt(0) ? total.div(units) : null;
  return {
    ...amounts,
    total: total.toFixed(2),
    status: complete ? 'complete' : 'lower_bound',
    missing,
    per_unit: perUnit === null ? null : perUnit.toFixed(2, Decimal.ROUND_HALF_UP),
  };
}

/** The consignment: its lines added up; a lower bound when one of them is. */
export function landedSum(lines: readonly LandedTotal[]): LandedTotal {
  const add = (name: keyof LandedAmounts): string | null =>
    lines.some((line) => line[name] === null)
      ? null
      : lines.reduce((sum, line) => sum.add(line[name] ?? 0), new Decimal(0)).toFixed(2);
  const known = (name: 'price' | 'shipping' | 'insurance' | 'inland'): string => add(name) ?? '0.00';
  const total = lines.reduce((sum, line) => sum.add(line.total), new Decimal(0));
  const missing = [...new Set(lines.flatMap((line) => line.missing))];
  return {
    price: known('price'),
    shipping: known('shipping'),
    insurance: known('insurance'),
    inland: known('inland'),
    duty: add('duty'),
    fees: add('fees'),
    taxes: add('taxes'),
    total: total.toFixed(2),
    status: missing.length === 0 ? 'complete' : 'lower_bound',
    missing,
    per_unit: null,
  };
}
