import { countChanges, deleteChanges } from '../../db/change-rows.ts';
import {
  applyPlan,
  believedAt,
  keysUnder,
  keysWithHistoryAfter,
  rowsOfKeys,
  type RowPlan,
  type StoredRow,
} from '../../db/ledger.ts';
import { lockInTransaction } from '../../db/locks.ts';
import { insertRelease, linkSnapshots, releasesOf, setReleaseCounts, type Release } from '../../db/releases.ts';
import type { Session } from '../../db/session.ts';
import { refreshStatistics } from '../../db/statistics.ts';
import { insertStageAsFirst, stagedKeys, stagedStatements } from '../../db/stage.ts';
import { RECORD_KINDS, type RecordKind } from '../../transforms/records.ts';
import { addDays } from '../../transforms/dates.ts';
import { slotOf, type Validity } from '../../transforms/timeline.ts';
import { SourceBusy } from '../errors.ts';
import { writeChanges } from './change-feed.ts';
import { type KeyPlan, planKey, type SpokenRelease } from './key-plan.ts';

export interface Publication {
  release: Omit<Release, 'release_id' | 'added' | 'modified' | 'removed'>;
  parts: readonly { part: string; snapshotId: number; url: string }[];
  /** How many releases the source had when the edition was compared with one of them: another one since voids the comparison. */
  stagedAfter: number;
  validity: Validity;
  /** Keys that the release before listed and this one does not, per kind. */
  removed: ReadonlyMap<RecordKind, readonly string[]>;
  /** Called inside the transaction with the new release id: issues are published with what they are about. */
  alongside: (session: Session, releaseId: number) => Promise<void>;
}

export interface Published {
  releaseId: number;
  added: number;
  modified: number;
  removed: number;
}

/** Keys per batch: each batch reads and rewrites its rows in a handful of statements. */
const BATCH = 4000;

/**
 * Publishes the staged edition: release, rows, changes and issues appear in one transaction, or not at all. One advisory lock makes
 * release ids commit in the order in which they were handed out.
 */
export async function publish(session: Session, publication: Publication): Promise<Published> {
  return session.db.transaction().execute(async (trx) => {
    const inner: Session = { db: trx, client: session.client };
    await lockInTransaction(trx, 'release');
    const before = await releasesOf(trx, publication.release.source_id);
    // The source's lock keeps runs apart; it goes with its connection, which can break while this one works on.
    if (before.length !== publication.stagedAfter)
      throw new SourceBusy(`another process published ${publication.release.source_id} in the meantime`);
    const releaseId = await insertRelease(trx, { ...publication.release, added: 0, modified: 0, removed: 0 });
    await linkSnapshots(trx, releaseId, publication.parts);
    const joining = spoken({ ...publication.release, release_id: releaseId });
    let counts;
    if (before.length === 0) {
      for (const kind of RECORD_KINDS) {
        await insertStageAsFirst(inner, kind, {
          sourceId: publication.release.source_id,
          id: releaseId,
          known: joining.known,
          effective: publication.validity === 'from-release' ? joining.effective : null,
        });
      }
      await refreshStatistics(trx);
      counts = { added: publication.release.records, modified: 0, removed: 0 };
    } else {
      const line = [...before.map(spoken), joining].sort((a, b) => (a.known < b.known ? -1 : 1));
      counts = await splice(inner, publication, line, joining);
    }
    await setReleaseCounts(trx, releaseId, counts);
    await publication.alongside(inner, releaseId);
    return { releaseId, ...counts };
  });
}

async function splice(
  session: Session,
  publication: Publication,
  line: readonly SpokenRelease[],
  joining: SpokenRelease,
): Promise<{ added: number; modified: number; removed: number }> {
  const at = line.indexOf(joining);
  const basis = basisOf(line, joining);
  const followers = joining.corrects === null ? followersOf(line.slice(at + 1)) : [];
  const [successor] = followers;
  for (const kind of RECORD_KINDS) {
    const removed = new Set(publication.removed.get(kind) ?? []);
    const staged = await stagedKeys(session, kind);
    const retimed = await retimedKeys(session, kind, publication, joining, basis);
    // A release before all others has nothing to differ from, but its successor now has: every record either of them lists.
    const followed =
      basis === null && successor ? await keysBelievedAt(session, kind, publication.release.source_id, successor) : [];
    const unheard = await keysUnsaid(session, kind, publication.release.source_id, basis);
    const affected = [...new Set([...staged, ...removed, ...retimed, ...followed, ...unheard])].sort();
    for (let from = 0; from < affected.length; from += BATCH) {
      const keys = affected.slice(from, from + BATCH);
      const plans = await planKeys(session, kind, keys, publication, line, joining, basis, removed);
      await writeChanges(session, kind, joining, basis, plans, publication.validity);
      for (const [index, follower] of followers.entries()) {
        await deleteChanges(session.db, follower.id, kind, keys);
        await writeChanges(session, kind, follower, followers[index - 1] ?? joining, plans, publication.validity);
      }
      await applyPlan(session, kind, publication.release.source_id, merged(plans));
    }
  }
  for (const follower of followers)
    await setReleaseCounts(session.db, follower.id, await countChanges(session.db, follower.id));
  if (basis === null) return { added: publication.release.records, modified: 0, removed: 0 };
  return countChanges(session.db, joining.id);
}

/** Releases whose changes are told against the joining one: the next, and those after it while it is silent about something. */
function followersOf(later: readonly SpokenRelease[]): SpokenRelease[] {
  const followers: SpokenRelease[] = [];
  for (const release of later) {
    if (release.corrects !== null) continue;
    followers.push(release);
    if (release.silent.length === 0) break;
  }
  return followers;
}

/** What the joining release is compared with: the edition it corrects in its newest form, else the one published before it. */
export function basisOf(line: readonly SpokenRelease[], joining: SpokenRelease): SpokenRelease | null {
  if (joining.corrects !== null) {
    const slot = slotOf(joining, line);
    return line.filter((release) => release.id !== joining.id && slotOf(release, line) === slot).at(-1) ?? null;
  }
  return line.filter((release) => release.known < joining.known && release.corrects === null).at(-1) ?? null;
}

/**
 * Records whose statement did not change but whose dates do: when a release takes effect before the one it follows (or a correction
 * moves an effective date), only records with a boundary at or after that date can be touched.
 */
async function retimedKeys(
  session: Session,
  kind: RecordKind,
  publication: Publication,
  joining: SpokenRelease,
  basis: SpokenRelease | null,
): Promise<string[]> {
  if (publication.validity !== 'from-release' || basis === null) return [];
  const inOrder =
    joining.corrects === null ? joining.effective >= basis.effective : joining.effective === basis.effective;
  if (inOrder) return [];
  const earliest = joining.effective < basis.effective ? joining.effective : basis.effective;
  return keysWithHistoryAfter(session, kind, publication.release.source_id, addDays(earliest, -1));
}

/** What the compared release was silent about may rest on dates older than its own: these records are planned anew. */
async function keysUnsaid(
  session: Session,
  kind: RecordKind,
  sourceId: string,
  basis: SpokenRelease | null,
): Promise<string[]> {
  const keys: string[] = [];
  for (const gap of basis?.silent ?? [])
    if (gap.kind === kind) keys.push(...(await keysUnder(session, kind, sourceId, gap.prefix)));
  return keys;
}

async function keysBelievedAt(
  session: Session,
  kind: RecordKind,
  sourceId: string,
  release: SpokenRelease,
): Promise<string[]> {
  return [...(await believedAt(session, kind, { sourceId, known: release.known, valid: 'ever' })).keys()];
}

async function planKeys(
  session: Session,
  kind: RecordKind,
  keys: readonly string[],
  publication: Publication,
  line: readonly SpokenRelease[],
  joining: SpokenRelease,
  basis: SpokenRelease | null,
  removed: ReadonlySet<string>,
): Promise<KeyPlan[]> {
  const stored = new Map<string, StoredRow[]>();
  for (const row of await rowsOfKeys(session, kind, publication.release.source_id, keys)) {
    const rows = stored.get(row.natural_key);
    if (rows) rows.push(row);
    else stored.set(row.natural_key, [row]);
  }
  const staged = new Map((await stagedStatements(session, kind, keys)).map((row) => [row.natural_key, row]));
  return keys.map((key) =>
    planKey(
      kind,
      key,
      line,
      joining,
      basis,
      stored.get(key) ?? [],
      staged.get(key) ?? (removed.has(key) ? null : undefined),
      publication.validity,
    ),
  );
}

function merged(plans: readonly KeyPlan[]): RowPlan {
  return {
    remove: plans.flatMap(({ plan }) => plan.remove),
    touch: plans.flatMap(({ plan }) => plan.touch),
    insert: plans.flatMap(({ plan }) => plan.insert),
  };
}

/** A release as the timeline sees it. */
export function spoken(
  release: Pick<Release, 'release_id' | 'published_at' | 'effective_date' | 'corrects' | 'scope'>,
): SpokenRelease {
  return {
    id: release.release_id,
    known: release.published_at,
    effective: release.effective_date,
    corrects: release.corrects,
    silent: release.scope.silent ?? [],
  };
}
