import type { CoverageStatement } from '../transforms/stacking/component.ts';
import type { LedgerView } from './ledger-view.ts';

/** An answer before it is given: what it says, what it rests on, and how far it goes. */
export interface AnswerDraft<Data> {
  view: LedgerView;
  data: Data;
  /** Releases whose statements are in `data`. */
  cites: Iterable<number>;
  coverage: CoverageStatement[];
}
