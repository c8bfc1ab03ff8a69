import type { GivenAnswers } from '../answers/given.ts';
import type { DutyDeps } from '../answers/duty/answer-duty.ts';
import type { HsTitles } from '../answers/hs-titles.ts';
import type { LedgerView, LedgerViews } from '../answers/ledger-view.ts';
import type { LineReader } from '../answers/line-reader.ts';
import type { Moment } from '../answers/moment.ts';
import type { ValidateDeps } from '../answers/validate.ts';
import type { Database } from '../db/connect.ts';
import type { Instant } from '../transforms/dates.ts';
import type { AnswerCache } from './answer-cache.ts';
import type { ApiConfig } from './config.ts';

/** What the routes work with. */
export interface ApiDeps {
  database: Database;
  clock: () => Instant;
  config: ApiConfig;
  views: LedgerViews;
  given: GivenAnswers;
  cache: AnswerCache;
  readLine: LineReader;
  titles: (view: LedgerView, moment: Moment) => Promise<HsTitles>;
  usProgrammes: DutyDeps['usProgrammes'];
  european: DutyDeps['european'];
  lineage: ValidateDeps['lineage'];
  tariffStates: ValidateDeps['tariffStates'];
  hotRequirements: ValidateDeps['hotRequirements'];
}
