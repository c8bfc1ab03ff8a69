import { finding, type Rule } from '../finding.ts';

/** Documents without which the goods do not enter, with what may be declared instead. */
export const documents: Rule = ({ origin, requirements }) => {
  if (origin === null) return finding('documents', 'not_evaluated', 'No origin was given.');
  if (requirements === null || !requirements.available) {
    return finding(
      'documents',
      'not_evaluated',
      requirements?.reason ?? 'Requirements of the destination are not held.',
    );
  }
  const needed = requirements.list.filter(
    ({ blocking, direction, groups }) => blocking && direction === 'import' && groups.length > 0,
  );
  if (needed.length === 0) {
    const { documents: open } = requirements.open;
    if (open.length === 0) return finding('documents', 'pass', 'No document is required.');
    return finding('documents', 'not_evaluated', 'None was found, but not everything is covered.', {
      not_covered: open,
    });
  }
  return finding(
    'documents',
    'warn',
    `${needed.length} controls ask for a document or for the declaration that it is not needed.`,
    {
      required_documents: needed.map(({ title, regime, measure_type, groups, release }) => ({
        title,
        regime,
        measure_type,
        groups,
        release,
      })),
    },
  );
};
