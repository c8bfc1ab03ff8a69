import { finding, type Rule } from '../finding.ts';

/** The first six digits are a subheading of the Harmonized System in force. Chapters 98 and 99 are national. */
export const hs6Active: Rule = ({ digits, hs6_active }) => {
  if (digits === null || digits.length < 6) return finding('hs6-active', 'not_evaluated', 'Fewer than six digits.');
  const hs6 = `${digits.slice(0, 4)}.${digits.slice(4, 6)}`;
  if (/^9[89]/.test(digits))
    return finding('hs6-active', 'pass', 'Chapters 98 and 99 are national and not part of the Harmonized System.');
  if (hs6_active === null)
    return finding(
      'hs6-active',
      'not_evaluated',
      'No edition of the Harmonized System in force on that date is loaded.',
    );
  return hs6_active
    ? finding('hs6-active', 'pass', `${hs6} is a subheading of the Harmonized System.`)
    : finding('hs6-active', 'fail', `${hs6} is no subheading of the Harmonized System in force.`);
};
