import type { Requirement } from '../../requirements/requirement.ts';
import { finding, type Rule } from '../finding.ts';

/**
 * Documents without which the goods do not enter, with what may be declared instead. What a heading only lets suppose is listed apart and
 * decides nothing: whether the goods fall under it the code does not tell.
 */
export const documents: Rule = ({ origin, requirements }) => {
  if (origin === null) return finding('documents', 'not_evaluated', 'No origin was given.');
  if (requirements === null || !requirements.available) {
    return finding(
      'documents',
      'not_evaluated',
      requirements?.reason ?? 'Requirements of the destination are not held.',
    );
  }
  const imports = requirements.list.filter(({ direction }) => direction === 'import');
  const needed = imports.filter(
    ({ authority, blocking, groups }) => authority === 'authoritative' && blocking && groups.length > 0,
  );
  const supposed = imports.filter(({ authority }) => authority === 'inferred');
  const details = {
    ...(needed.length === 0 ? {} : { required_documents: needed.map(document) }),
    ...(supposed.length === 0 ? {} : { may_be_required: supposed.map(obligation) }),
  };
  if (needed.length > 0) {
    const message = `${needed.length} controls ask for a document or for the declaration that it is not needed.`;
    return finding('documents', 'warn', message, details);
  }
  const { documents: open } = requirements.open;
  const rest = open.length === 0 ? {} : { not_covered: open };
  if (supposed.length > 0) {
    const message = `${supposed.length} regimes may ask for documents: whether the goods fall under them the code does not tell.`;
    return finding('documents', 'not_evaluated', message, { ...details, ...rest });
  }
  if (open.length === 0) return finding('documents', 'pass', 'No document is required.');
  return finding('documents', 'not_evaluated', 'None was found, but not everything is covered.', rest);
};

const document = ({ title, regime, measure_type, groups, legal_base, release }: Requirement) => ({
  title,
  regime,
  measure_type,
  groups,
  legal_base,
  release,
});

const obligation = ({ title, regime, code, notes, legal_base, release }: Requirement) => ({
  title,
  regime,
  code,
  obligations: notes,
  legal_base,
  release,
});
