import { finding, type Rule } from '../finding.ts';

/** The lines are those of the date: a tariff that should have been followed by a newer one by then, or begins later, leaves it open. */
export const upToDate: Rule = ({ tariff, as_of }) => {
  if (tariff === null) return finding('up-to-date', 'not_evaluated', 'No tariff is held.');
  if (tariff.behind === null) return finding('up-to-date', 'pass', `The tariff held is that of ${as_of}.`);
  return finding('up-to-date', 'not_evaluated', `Lines may have changed: ${tariff.behind}.`, { reason: tariff.behind });
};
