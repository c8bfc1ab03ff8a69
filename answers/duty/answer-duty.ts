import type { DutyQuestion } from '../../transforms/stacking/component.ts';
import type { AnswerDraft } from '../draft.ts';
import type { DutyData } from './duty-data.ts';
import { europeanDutyAnswer, type EuropeanDutyDeps } from './european.ts';
import { checkDutyDate, tariffOfDestination } from './question.ts';
import { usDutyAnswer, type UsDutyDeps } from './us-answer.ts';

export type DutyDeps = UsDutyDeps & EuropeanDutyDeps;

/** The duty answer for any destination with a tariff here. Throws Problem, as the answer of that tariff does. */
export async function answerDuty(deps: DutyDeps, question: DutyQuestion): Promise<AnswerDraft<DutyData>> {
  if (tariffOfDestination(question.destination) === 'US') return usDutyAnswer(deps, question);
  checkDutyDate(question);
  const { view, data, cites, coverage } = await europeanDutyAnswer(deps, question);
  return { view, data, cites, coverage };
}
