import { formatCode } from '../../code.ts';
import { finding, type Rule } from '../finding.ts';

/** Digits, dots, dashes and spaces; a heading at least, an even number of digits, ten at most. */
export const wellFormed: Rule = ({ text, digits, national, leading_zero }) => {
  if (digits === null)
    return finding(
      'well-formed',
      'fail',
      `'${text.slice(0, 40)}' is no tariff code: digits with optional dots, dashes or blanks are.`,
    );
  const { length } = digits;
  if (length < 4 || length > 10) return finding('well-formed', 'fail', `${length} digits; a code has 4 to 10.`);
  if (length % 2 !== 0) {
    const message = `${length} digits: digits come in pairs, one is missing or too many.`;
    if (leading_zero === null) return finding('well-formed', 'fail', message);
    const formatted = formatCode(leading_zero);
    return finding('well-formed', 'fail', `${message} With the zero that spreadsheets drop it is ${formatted}.`, {
      candidate: { code: leading_zero, formatted },
    });
  }
  const chapter = digits.slice(0, 2);
  if (chapter === '00' || chapter === '77') return finding('well-formed', 'fail', `There is no chapter ${chapter}.`);
  if (national !== null) {
    const message = `${length + 1} digits: the first ten are judged, the national digit ${national} is held by no source here.`;
    return finding('well-formed', 'pass', message, { national_digit_not_judged: national });
  }
  return finding('well-formed', 'pass', `${length} digits.`);
};
