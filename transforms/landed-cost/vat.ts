import { Decimal } from 'decimal.js';

export interface ImportVat {
  /** Customs value + all duties, excise and charges by reason of the import + transport to the first destination in the state of import. */
  base: string;
  rate: string;
  amount: string;
}

/**
 * Import VAT of one line (Directive 2006/112/EC, Articles 85 and 86; Value Added Tax Act 1994, section 21 for Great Britain).
 * All amounts in one currency. Null when a duty or the rate is not known: VAT on an incomplete base would look complete.
 */
export function importVat(input: {
  customs_value: string;
  /** Every duty, excise and fee charged by reason of the import, null for one that cannot be computed. */
  duties: readonly (string | null)[];
  /** Transport and insurance from the border to the first destination, not already in the customs value. */
  inland_transport: string;
  rate: string | null;
}): ImportVat | null {
  const { rate } = input;
  if (rate === null || input.duties.includes(null)) return null;
  const base = input.duties
    .reduce<Decimal>((total, duty) => total.add(duty ?? 0), new Decimal(input.customs_value))
    .add(input.inland_transport);
  return { base: base.toFixed(2), rate, amount: base.mul(rate).toFixed(2, Decimal.ROUND_HALF_UP) };
}
