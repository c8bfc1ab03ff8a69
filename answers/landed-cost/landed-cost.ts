import type { AnswerDraft } from '../draft.ts';
import type { DutyDeps } from '../duty/answer-duty.ts';
import { checkDutyDate, tariffOfDestination } from '../duty/question.ts';
import { europeanLandedCost } from './european.ts';
import type { LandedCostData, LandedCostQuestion } from './landed-cost-data.ts';
import { usLandedCost } from './us.ts';

export type LandedCostDeps = DutyDeps;

/** The landed cost of a consignment, by destination. Throws Problem invalid-request for a destination without one. */
export async function landedCost(
  deps: LandedCostDeps,
  question: LandedCostQuestion,
): Promise<AnswerDraft<LandedCostData>> {
  const tariff = tariffOfDestination(question.destination);
  if (tariff === 'US') return usLandedCost(deps, question);
  checkDutyDate(question);
  return europeanLandedCost(deps, question);
}
