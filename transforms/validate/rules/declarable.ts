import { formatCode } from '../../code.ts';
import { finding, type Rule } from '../finding.ts';

/** Goods are declared under a line without lines below it; a shorter code is too short for the destination. */
export const declarable: Rule = ({ digits, tariff, destination }) => {
  if (digits === null || tariff === null) return finding('declarable', 'not_evaluated', 'There is no line to look at.');
  if (tariff.line?.declarable === true) {
    if (destination === 'US' && digits.startsWith('99')) {
      const message = `${formatCode(digits)} is a provision of chapter 99: it is declared beside the number of the goods, never alone.`;
      return finding('declarable', 'warn', message);
    }
    if (digits.length < tariff.digits) {
      const whole = formatCode(digits.padEnd(tariff.digits, '0'));
      const message = `${formatCode(digits)} is a single line of ${destination}: it is declared with ${tariff.digits} digits, ${whole}.`;
      return finding('declarable', 'warn', message, { digits_needed: tariff.digits, declare_as: whole });
    }
    return finding('declarable', 'pass', `${formatCode(digits)} can be declared.`);
  }
  if (tariff.below > 0) {
    return finding(
      'declarable',
      'fail',
      `${formatCode(digits)} is too short for ${destination}: ${tariff.below} lines below it can be declared, with up to ${tariff.digits} digits.`,
      { declarable_lines_below: tariff.below, digits_needed: tariff.digits },
    );
  }
  if (tariff.line !== null) {
    // An extract says that a line has others below it, not since when; and a list may put none but uncoded lines there.
    const message = `${formatCode(digits)} is listed as divided, and no line below it can be declared on the date: whether it can be declared itself is not known.`;
    return finding('declarable', 'not_evaluated', message);
  }
  return finding(
    'declarable',
    'not_evaluated',
    tariff.unlisted ? 'No line lists the code: whether it can be declared is not known.' : 'The code is not in force.',
  );
};
