/**
 * Currency codes of ISO 4217, as the runtime's ICU data lists them: currencies of today and those that were in use (HRK until 2022), so
 * the list needs no copy here.
 */
const CURRENCIES: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));
/** Listed by ISO 4217 (funds, metals, tests) and no money that goods are paid in. */
const NO_MONEY: ReadonlySet<string> = new Set(
  'XXX XTS XAU XAG XPT XPD XBA XBB XBC XBD XDR XSU XUA CHE CHW USN USS UYI COU MXV BOV CLF'.split(' '),
);

/** True for a code of money that goods are or were paid in. */
export const isCurrency = (code: string): boolean => CURRENCIES.has(code) && !NO_MONEY.has(code);
