import { Decimal } from 'decimal.js';

/** Decimals for duties: 40 significant digits, so that only an endless fraction (33 1/3 %) is ever cut. */
export const Exact = Decimal.clone({ precision: 40, rounding: Decimal.ROUND_HALF_UP });
export type Exact = Decimal;
