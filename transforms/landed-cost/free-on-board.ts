import { Decimal } from 'decimal.js';
import { allocate } from './allocate.ts';

export interface PricedLine {
  /** Two decimals. */
  value: string;
  weight: string | null;
}

export interface SharedLine {
  /** Price without carriage and insurance to the border. */
  price: string;
  shipping: string;
  insurance: string;
  inland: string;
}

export interface SharedCharges {
  shipping: string;
  insurance: string;
  inland: string;
  by: 'value' | 'weight';
  /** Which charges the values include, and so are taken out of them. */
  included: { shipping: boolean; insurance: boolean };
}

/**
 * Shares the charges of a consignment over its lines to the cent, and takes those that a line's value includes out of it again, so
 * that price, shipping and insurance add up to what was paid. Null when by weight and a line has none. Throws RangeError when a
 * charge exceeds a value that includes it.
 */
export function shareCharges(lines: readonly PricedLine[], charges: SharedCharges): SharedLine[] | null {
  const weights = lines.map((line) => (charges.by === 'weight' ? line.weight : line.value));
  const shares = weights.filter((weight) => weight !== null);
  if (shares.length !== lines.length) return null;
  const shipping = allocate(charges.shipping, shares);
  const insurance = allocate(charges.insurance, shares);
  const inland = allocate(charges.inland, shares);
  return lines.map((line, index) => {
    const [carriage = '0.00', premium = '0.00'] = [shipping[index], insurance[index]];
    const price = new Decimal(line.value)
      .sub(charges.included.shipping ? carriage : 0)
      .sub(charges.included.insurance ? premium : 0);
    if (price.isNegative()) throw new RangeError(`line ${index + 1}: the charges exceed the value that includes them`);
    return { price: price.toFixed(2), shipping: carriage, insurance: premium, inland: inland[index] ?? '0.00' };
  });
}
