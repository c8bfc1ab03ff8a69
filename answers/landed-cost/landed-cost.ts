import type { AnswerDraft } from '../draft.ts';
import { tariffOfDestination } from '../duty/question.ts';
import type { UsDutyDeps } from '../duty/us-answer.ts';
import { Problem } from '../problem.ts';
import type { LandedCostData, LandedCostQuestion } from './landed-cost-data.ts';
import { usLandedCost } from './us.ts';

export type LandedCostDeps = UsDutyDeps;

/** The landed cost of a consignment, by destination. Throws Problem invalid-request for a destination without one. */
export async function landedCost(
  deps: LandedCostDeps,
  question: LandedCostQuestion,
): Promise<AnswerDraft<LandedCostData>> {
  const tariff = tariffOfDestination(question.destination);
  if (tariff === 'US') return usLandedCost(deps, question);
  throw new Problem('invalid-request', `Landed cost for ${question.destination} is not answered here yet.`, {
    errors: [{ field: 'destination', message: 'US' }],
  });
}
