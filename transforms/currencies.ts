/**
 * Currency codes of ISO 4217 as the runtime's ICU data names them: currencies of today and those that are withdrawn, whose rates the
 * central bank still publishes (EEK until 2010, HRK until 2022). So the list needs no copy here.
 */
const NAMES = new Intl.DisplayNames(['en'], { type: 'currency', fallback: 'none' });
/** Listed by ISO 4217 or named beside it (funds, metals, units of account, tests) and no money that goods are paid in. */
const NO_MONEY: ReadonlySet<string> = new Set(
  (
    'XXX XTS XAU XAG XPT XPD XBA XBB XBC XBD XDR XSU XUA XEU XFO XFU XRE ' +
    'CHE CHW CNH USN USS UYI UYW COU MXV BOV CLE CLF ECV'
  ).split(' '),
);

/** True for a code of money that goods are or were paid in. */
export const isCurrency = (code: string): boolean =>
  /^[A-Z]{3}$/.test(code) && NAMES.of(code) !== undefined && !NO_MONEY.has(code);

const IN_USE: ReadonlySet<string> = new Set([...Intl.supportedValuesOf('currency'), 'VED']);

/** Whether a currency is in use today, or was until a few years ago: the runtime's list lags behind. */
export const isInUse = (code: string): boolean => IN_USE.has(code) && isCurrency(code);
