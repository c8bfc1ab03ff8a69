import { finding, type Rule } from '../finding.ts';

/** A declared value is a positive amount with a currency. Whether it is plausible for the goods is not judged: no prices are held. */
export const declaredValue: Rule = ({ declared_value: value }) => {
  if (value === null) return finding('declared-value', 'not_evaluated', 'No value was given.');
  if (!/^\d+(\.\d+)?$/.test(value.amount)) return finding('declared-value', 'fail', 'The value is no decimal amount.');
  if (/^0+(\.0+)?$/.test(value.amount))
    return finding('declared-value', 'fail', 'The value is zero: goods without payment have a customs value as well.');
  if (!/^[A-Z]{3}$/.test(value.currency)) return finding('declared-value', 'fail', 'The currency is no ISO 4217 code.');
  return finding('declared-value', 'pass', `${value.amount} ${value.currency}.`);
};
