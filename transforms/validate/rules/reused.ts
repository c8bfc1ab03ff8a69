import { formatCode } from '../../code.ts';
import { daysBetween } from '../../dates.ts';
import { finding, type Rule } from '../finding.ts';

/** Whoever still uses the old meaning after a year has been told otherwise elsewhere. */
const DAYS = 366;

/**
 * The code is in force, but since a date it stands for other goods: its digits were given away when its own goods moved (HTS 2026
 * Revision 2 did so to some thirty numbers of 3004.90.92), or part of its goods moved on.
 */
export const reused: Rule = ({ digits, tariff, as_of }) => {
  if (digits === null || tariff?.line?.declarable !== true)
    return finding('reused', 'not_evaluated', 'The code cannot be declared.');
  const moved = tariff.replaced_by.filter(
    ({ effective_date }) => effective_date <= as_of && daysBetween(effective_date, as_of) <= DAYS,
  );
  if (moved.length === 0)
    return finding('reused', 'pass', 'No goods of this code are known to have moved in the year before.');
  const latest = moved.reduce((date, link) => (link.effective_date > date ? link.effective_date : date), '');
  const replacements = moved.map(({ from: _from, ...link }) => ({ ...link, formatted: formatCode(link.to) }));
  return finding(
    'reused',
    'warn',
    `Goods of ${formatCode(digits)} moved to ${replacements.map(({ formatted }) => formatted).join(', ')} on ${latest}: check what was meant.`,
    { since: latest, replacements },
  );
};
