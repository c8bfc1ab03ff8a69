import { atRiskDuty, atRiskLaw } from '../../transforms/duty/at-risk.ts';
import { Exact } from '../../transforms/exact.ts';
import type { DutyQuestion } from '../../transforms/stacking/component.ts';
import type { DutyData } from '../duty/duty-data.ts';
import type { ThresholdFinding } from './landed-cost-data.ts';

/** What is compared: a duty answer. */
type Duty = Pick<DutyData, 'destination' | 'total' | 'requirements'>;

export interface AtRiskVerdict<T extends Duty> {
  /** The duty that is owed. */
  data: T;
  finding: ThresholdFinding;
  /** What the verdict takes as given about the trader; null: nothing. */
  assumption: string | null;
}

/**
 * Which duty goods owe that enter Northern Ireland from outside the Union and the United Kingdom: the Union's when they are at risk of
 * moving on into it. They are not when the United Kingdom's is as high, nor, for an authorised trader and goods for final use in the
 * United Kingdom, when the Union's exceeds it by 3 % of the value at most. `domestic`: null where the United Kingdom's is not held.
 */
export function atRisk<T extends Duty>(
  asked: Pick<DutyQuestion, 'as_of' | 'customs_value'>,
  union: T,
  domestic: T | null,
  line: number,
): AtRiskVerdict<T> {
  const { citation, scheme } = atRiskLaw(asked.as_of);
  const citations = [citation];
  const [eu, uk] = [union.total.amount, domestic?.total.amount ?? null];
  if (domestic === null || eu === null || uk === null || asked.customs_value === null) {
    const lacking = domestic === null ? 'the duty of the United Kingdom on this code is not held' : 'one has no amount';
    const reason = `line ${line}: the two duties cannot be compared, ${lacking}; that of the Union is taken`;
    return { data: open(union), finding: { threshold: 'at_risk', applies: null, reason, citations }, assumption: null };
  }
  const { applies } = atRiskDuty({ customsValue: asked.customs_value.amount, ukDuty: uk, euDuty: eu });
  const higher = new Exact(eu).greaterThan(uk);
  const verdict =
    applies === 'eu'
      ? 'exceeds it by more than 3 % of the value'
      : higher
        ? 'exceeds it by 3 % of the value at most'
        : 'does not exceed it';
  const bounds = [union, domestic].some(({ total }) => total.status !== 'complete');
  const reason = `line ${line}: the Union's duty is ${eu}, the United Kingdom's ${uk}${bounds ? ', as far as both are known' : ''}; it ${verdict}`;
  // Whichever duty is owed: the Union's rules on goods apply in Northern Ireland (Windsor Framework, Article 5(4) and Annex 2).
  const data = applies === 'eu' ? union : { ...domestic, destination: 'XI', requirements: union.requirements };
  return {
    // Which of two bounds is the lower is not settled by the bounds.
    data: bounds ? open(data) : data,
    finding: { threshold: 'at_risk', applies: applies === 'eu', reason, citations },
    assumption:
      applies === 'uk' && higher
        ? `Line ${line}: the trader is authorised under the ${scheme} and the goods are for final use in the United Kingdom; otherwise the Union's duty of ${eu} is owed.`
        : null,
  };
}

const open = <T extends Duty>(data: T): T =>
  data.total.status === 'complete' ? { ...data, total: { ...data.total, status: 'lower_bound' } } : data;
