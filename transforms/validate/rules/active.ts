import { formatCode } from '../../code.ts';
import { finding, type Rule } from '../finding.ts';

/** The code is in the destination's tariff on the date; where it has ended, what took over is proposed, never chosen. */
export const active: Rule = ({ digits, tariff, destination, as_of }) => {
  if (digits === null) return finding('active', 'not_evaluated', 'There is no code to look for.');
  if (tariff === null) return finding('active', 'not_evaluated', `No tariff of ${destination} is held for ${as_of}.`);
  if (tariff.line !== null || tariff.below > 0)
    return finding('active', 'pass', `${formatCode(digits)} is in force on ${as_of}.`);
  const { span, replaced_by, unlisted } = tariff;
  if (unlisted) {
    const { message, nomenclature_as_of, inherits_from } = unlisted;
    const details = { issue: 'code-not-in-nomenclature', nomenclature_as_of, inherits_from };
    return finding('active', 'warn', message, details);
  }
  const replacements = replaced_by.map(({ from: _from, ...link }) => ({ ...link, formatted: formatCode(link.to) }));
  const nearest = tariff.nearest.map((code) => ({ code, formatted: formatCode(code) }));
  const instead =
    nearest.length === 0
      ? ''
      : ` Below the part of it that exists: ${nearest.map(({ formatted }) => formatted).join(', ')}.`;
  if (span !== null && span.from > as_of) {
    return finding('active', 'fail', `${formatCode(digits)} begins on ${span.from}.`, { begins: span.from });
  }
  if (span?.to != null) {
    const choice = replacements.length === 0 ? ` What took over is not known.${instead}` : chosenFrom(replacements);
    return finding('active', 'fail', `${formatCode(digits)} ended on ${span.to}.${choice}`, {
      ended: span.to,
      replacements,
      nearest,
    });
  }
  return finding(
    'active',
    'fail',
    `${formatCode(digits)} is not in the tariff of ${destination} on ${as_of}.${instead}`,
    { replacements, nearest },
  );
};

/** Below this, one link in five or more was wrong: named as possible, never as what took over. */
const LIKELY = 0.8;

function chosenFrom(replacements: readonly { score: string; formatted: string }[]): string {
  const likely = replacements.filter(({ score }) => Number(score) >= LIKELY);
  const possible = replacements.length - likely.length;
  if (likely.length === 0) {
    return ` What took over is not certain; possible: ${replacements.map(({ formatted }) => formatted).join(', ')}.`;
  }
  const more = possible === 0 ? '' : ` Possible as well: ${possible} more.`;
  return likely.length === 1
    ? ` Candidate: ${likely[0]?.formatted ?? ''}.${more}`
    : ` Its goods were divided among ${likely.length} codes: which one is right depends on the goods.${more}`;
}
