import { type Fact, FACTS } from '../../transforms/stacking/facts.ts';
import type { AnswerDraft } from '../draft.ts';
import type { LedgerViews } from '../ledger-view.ts';

/** Every fact that a caller may declare, with what is taken as given while it is undeclared. Part of the code, not of the ledger. */
export async function factsAnswer(deps: { views: LedgerViews }): Promise<AnswerDraft<readonly Fact[]>> {
  const view = await deps.views.current();
  return { view, data: FACTS, cites: [], coverage: [] };
}
