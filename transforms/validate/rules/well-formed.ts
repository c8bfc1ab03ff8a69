import { finding, type Rule } from '../finding.ts';

/** Digits, dots and spaces; a heading at least, an even number of digits, ten at most. */
export const wellFormed: Rule = ({ text, digits }) => {
  if (digits === null)
    return finding('well-formed', 'fail', `'${text.slice(0, 40)}' is no tariff code: digits with optional dots are.`);
  const { length } = digits;
  if (length < 4 || length > 10) return finding('well-formed', 'fail', `${length} digits; a code has 4 to 10.`);
  if (length % 2 !== 0)
    return finding('well-formed', 'fail', `${length} digits: digits come in pairs, one is missing or too many.`);
  const chapter = digits.slice(0, 2);
  if (chapter === '00' || chapter === '77') return finding('well-formed', 'fail', `There is no chapter ${chapter}.`);
  return finding('well-formed', 'pass', `${length} digits.`);
};
