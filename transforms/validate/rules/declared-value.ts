import { isCurrency, isInUse } from '../../currencies.ts';
import { finding, type Rule } from '../finding.ts';

/** More than this in one of these is a slip of the decimal separator before it is a shipment; other currencies may be worth little. */
const MOST = 1e9;
const STRONG: ReadonlySet<string> = new Set(['USD', 'EUR', 'GBP', 'CHF', 'CAD', 'AUD']);

/**
 * A declared value is a positive amount with a currency. Whether it is plausible for the goods is not judged, since no prices are held:
 * only what no shipment is worth is asked about.
 */
export const declaredValue: Rule = ({ declared_value: value }) => {
  if (value === null) return finding('declared-value', 'not_evaluated', 'No value was given.');
  const amount = value.amount.trim();
  if (/^-\s*\d/.test(amount)) return finding('declared-value', 'fail', 'The value is negative.');
  if (!/^\d+(\.\d+)?$/.test(amount)) {
    const separated = /^\d{1,3}([,' ]\d{3})+(\.\d+)?$|^\d+,\d+$/.test(amount);
    const hint = separated ? ': no separators but a decimal point (1000.50)' : '';
    return finding('declared-value', 'fail', `The value is no decimal amount${hint}.`);
  }
  if (/^0+(\.0+)?$/.test(amount))
    return finding('declared-value', 'fail', 'The value is zero: goods without payment have a customs value as well.');
  if (!isCurrency(value.currency))
    return finding('declared-value', 'fail', 'The currency is no ISO 4217 code of a currency.');
  if (!isInUse(value.currency))
    return finding('declared-value', 'warn', `${value.currency} is withdrawn: was it in use on the date?`);
  if (/^0\./.test(amount)) {
    return finding(
      'declared-value',
      'warn',
      `${amount} ${value.currency} for the goods: is it the price of a part of them? The value of all of them is declared.`,
    );
  }
  if (STRONG.has(value.currency) && Number(amount) > MOST)
    return finding('declared-value', 'warn', `${amount} ${value.currency} is more than any shipment is worth.`);
  return finding('declared-value', 'pass', `${amount} ${value.currency}.`);
};
