import { readReconcileRows } from '../db/reconcile-rows.ts';
import type { Database } from '../db/connect.ts';
import { reconcile, type Reconciliation } from '../transforms/us/reconcile.ts';
import type { AnswerDraft } from './draft.ts';
import { type LedgerViews, readAt } from './ledger-view.ts';
import { answering, type Moment } from './moment.ts';
import { Problem } from './problem.ts';

const SCHEDULE = 'us.htsus';

export interface ReconciliationData extends Reconciliation {
  as_of: string;
  /** How many statements of each kind were compared: zero lists is no agreement. */
  compared: { footnotes: number; listed: number; lists: number; schedule: number };
}

/**
 * Every US product list in force on the date against the footnotes of the schedule, against each other and against the schedule's
 * numbers. Throws Problem not-loaded, not-known-yet, not-covered-at-date.
 */
export async function usReconciliation(
  deps: { database: Database; views: LedgerViews },
  moment: Moment,
): Promise<AnswerDraft<ReconciliationData>> {
  const { view, result } = await readAt(deps.views, async (now) => {
    if (!now.releases.some((release) => release.source_id === SCHEDULE))
      throw new Problem('not-loaded', `No release of ${SCHEDULE} is loaded.`, { extra: { sources: [SCHEDULE] } });
    const { newest } = answering(now, SCHEDULE, moment);
    const reading = await readReconcileRows(deps.database, SCHEDULE, { on: moment.as_of, known: moment.known_at });
    return { ...reading, newest };
  });
  const { footnotes, listed, schedule } = result;
  const found = reconcile({ footnotes, listed, schedule: new Set(schedule) });
  const lists = new Set(listed.map(({ list }) => list)).size;
  return {
    view,
    data: {
      as_of: moment.as_of,
      compared: { footnotes: footnotes.length, listed: listed.length, lists, schedule: schedule.length },
      ...found,
    },
    cites: [result.newest.release_id],
    coverage: [],
  };
}
