import type { RecordKind } from '../../transforms/records.ts';
import type { Statement, Validity } from '../../transforms/timeline.ts';
import { changedFields, changeKinds } from '../../transforms/compare.ts';
import { type ChangeRow, insertChanges } from '../../db/change-rows.ts';
import { storedContent } from '../../db/ledger.ts';
import type { Session } from '../../db/session.ts';
import { stagedContent } from '../../db/stage.ts';
import type { KeyPlan } from './key-plan.ts';

type Content = Record<string, unknown>;

/**
 * Writes the change rows of `release` against `before` (null: nothing was published before it, so there is nothing to compare with)
 * for the given records. Must run while the rows that the plans refer to are still stored.
 */
export async function writeChanges(
  session: Session,
  kind: RecordKind,
  release: { id: number; effective: string },
  before: { id: number; effective: string } | null,
  plans: readonly KeyPlan[],
  validity: Validity,
): Promise<void> {
  if (before === null) return;
  // What ended by its own dates before the release took effect is no change of the release, listed or not.
  const on = release.effective;
  const differing = plans.filter((plan) => hashOf(plan, before.id, on) !== hashOf(plan, release.id, on));
  if (differing.length === 0) return;
  const contents = await contentsOf(session, kind, differing, [before.id, release.id]);
  const rows: ChangeRow[] = [];
  for (const plan of differing) {
    const old = contentAt(plan, { id: before.id, effective: on }, contents, validity);
    const now = contentAt(plan, release, contents, validity);
    const fields = old && now ? changedFields(old, now) : [];
    // Only dates differ when an extract restates a row: that is a change of valid time and stays visible as such.
    rows.push({
      op: old === null ? 'add' : now === null ? 'remove' : 'modify',
      kinds: changeKinds(old, now, fields),
      natural_key: plan.key,
      code: text((now ?? old)?.['code']),
      fields,
      before: old && now ? pick(old, fields) : old,
      after: old && now ? pick(now, fields) : now,
    });
  }
  await insertChanges(session.db, release.id, kind, rows);
}

/** A statement as of a date: a row that has ended by then counts as absent, whether an extract still lists it or not. */
function listed(said: Statement, effective: string): NonNullable<Statement> | null {
  if (!said) return null;
  return said.to !== null && said.to <= effective ? null : said;
}

function hashOf(plan: KeyPlan, release: number, effective: string): string | null {
  return listed(plan.heard.get(release), effective)?.hash ?? null;
}

function contentAt(
  plan: KeyPlan,
  release: { id: number; effective: string },
  contents: ReadonlyMap<string, Content>,
  validity: Validity,
): Content | null {
  const said = listed(plan.heard.get(release.id), release.effective);
  const content = said ? contents.get(`${plan.key}|${said.hash}`) : undefined;
  if (!said || !content) return null;
  return validity === 'from-release' ? content : { ...content, valid_from: said.from, valid_to: said.to };
}

async function contentsOf(
  session: Session,
  kind: RecordKind,
  plans: readonly KeyPlan[],
  releases: readonly number[],
): Promise<Map<string, Content>> {
  const wanted = new Map<string, { stageId: number | null; rowId: number | null }>();
  for (const plan of plans) {
    for (const release of releases) {
      const hash = plan.heard.get(release)?.hash;
      const place = hash === undefined ? undefined : plan.contentOf.get(hash);
      if (hash !== undefined && place) wanted.set(`${plan.key}|${hash}`, place);
    }
  }
  const places = [...wanted.values()];
  const staged = await stagedContent(
    session,
    kind,
    places.flatMap((place) => (place.stageId === null ? [] : [place.stageId])),
  );
  const stored = await storedContent(
    session,
    kind,
    places.flatMap((place) => (place.stageId === null && place.rowId !== null ? [place.rowId] : [])),
  );
  const contents = new Map<string, Content>();
  for (const [id, place] of wanted) {
    const content =
      place.stageId !== null ? staged.get(place.stageId) : place.rowId !== null ? stored.get(place.rowId) : undefined;
    if (content) contents.set(id, undated(content));
  }
  return contents;
}

/** Dates of stored rows may be cut, and those of a source that prints none are ours: what was said carries its own. */
function undated(content: Content): Content {
  return Object.fromEntries(Object.entries(content).filter(([name]) => name !== 'valid_from' && name !== 'valid_to'));
}

function pick(content: Content, fields: readonly string[]): Content {
  return Object.fromEntries(fields.map((field) => [field, content[field] ?? null]));
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
