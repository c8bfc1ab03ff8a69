import type { Finding, Rule, ValidationInput } from './finding.ts';
import { active } from './rules/active.ts';
import { declarable } from './rules/declarable.ts';
import { declaredValue } from './rules/declared-value.ts';
import { description } from './rules/description.ts';
import { documents } from './rules/documents.ts';
import { hs6Active } from './rules/hs6-active.ts';
import { reused } from './rules/reused.ts';
import { traps } from './rules/traps.ts';
import { upToDate } from './rules/up-to-date.ts';
import { wellFormed } from './rules/well-formed.ts';

/** Every rule, in the order in which findings are reported. */
export const RULES: readonly Rule[] = [
  wellFormed,
  hs6Active,
  active,
  declarable,
  upToDate,
  reused,
  description,
  traps,
  documents,
  declaredValue,
];

export type Verdict = 'pass' | 'warn' | 'fail';

/** Without these there is no pass: whether the code exists at the destination is the question. */
const CORE: ReadonlySet<string> = new Set(['active', 'declarable']);

/**
 * The verdict is that of the worst finding, and never a pass where the destination's tariff is not held. `complete` is false when any rule
 * could not be evaluated: a pass then covers less.
 */
export function validate(input: ValidationInput): { verdict: Verdict; complete: boolean; findings: Finding[] } {
  const findings = RULES.map((rule) => rule(input));
  const has = (status: Finding['status']) => findings.some((each) => each.status === status);
  const unsettled = findings.some(({ rule, status }) => status === 'not_evaluated' && CORE.has(rule));
  const verdict = has('fail') ? 'fail' : has('warn') || unsettled ? 'warn' : 'pass';
  return { verdict, complete: !has('not_evaluated'), findings };
}
