import { reviewedList, type ReviewedList } from '../reviewed-list.ts';
import type { Row } from '../reviewed-list.ts';
import type { Source } from '../source.ts';
import { emergencyPowersLists } from './us-lists/emergency-powers.ts';
import { referenceLists } from './us-lists/reference.ts';
import { section232Lists } from './us-lists/section-232.ts';
import { tradeActLists } from './us-lists/trade-acts.ts';

/**
 * Every reviewed list the project knows, by name. Files of note numbers parsed from the chapter 99 text are not among them:
 * us.chapter-99-notes reads the text itself.
 */
export const US_LISTS: readonly ReviewedList[] = [
  ...section232Lists,
  ...emergencyPowersLists,
  ...tradeActLists,
  ...referenceLists,
];

/** The sources us.lists.<name>, one per list. */
export const usLists: readonly Source<Row>[] = US_LISTS.map(reviewedList);
