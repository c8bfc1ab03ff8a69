import { changesOf, type FeedRow } from '../db/changes.ts';
import type { CitedRelease } from '../db/release-list.ts';
import { datasetVersion } from '../db/releases.ts';
import { formatCode } from '../transforms/code.ts';
import type { AnswerDraft } from './draft.ts';
import { type LedgerViews, readAt } from './ledger-view.ts';
import { type OriginDeps, originFilter } from './origin-filter.ts';
import { releaseOf, sourceOf } from './sources.ts';

export interface ChangesQuestion {
  /** Published on or after: an instant. */
  since: string | null;
  /** Effective on or before. */
  as_of: string | null;
  /** Published by. */
  known_at: string | null;
  jurisdiction: string | null;
  source: string | null;
  release: number | null;
  /** Digits. */
  prefix: string | null;
  /** transforms/compare.ts ChangeKind */
  kind: string | null;
  entity: string | null;
  /** ISO 3166-1 alpha-2: leaves out measures that cannot concern goods of this origin. */
  origin: string | null;
  limit: number;
  /** The last change of the page before. */
  after: { release: number; change: number } | null;
}

export interface ChangeItem {
  id: number;
  release: number;
  source: string;
  label: string;
  jurisdiction: string;
  published_at: string;
  effective_date: string;
  cause: CitedRelease['cause'];
  entity: FeedRow['entity'];
  op: FeedRow['op'];
  kinds: string[];
  key: string;
  code: string | null;
  formatted: string | null;
  fields: string[];
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
}

/**
 * The change feed, newest publication first and within a release in the order of its records. A first release has no changes: there was
 * nothing to compare it with. Throws Problem not-found for a source or release that does not exist.
 */
export async function changes(
  deps: OriginDeps & { views: LedgerViews },
  question: ChangesQuestion,
): Promise<AnswerDraft<ChangeItem[]> & { next: { release: number; change: number } | null }> {
  const { view, result } = await readAt(deps.views, async (now) => {
    // Nothing changed in what does not exist: the reader would wait for it for ever.
    if (question.source !== null) sourceOf(now, question.source, 'source');
    if (question.release !== null) releaseOf(now, question.release, 'release');
    const asked = now.releases.filter((release) => matches(release, question)).reverse();
    const start =
      question.after === null ? 0 : asked.findIndex(({ release_id }) => release_id === question.after?.release);
    const releases = start < 0 ? [] : asked.slice(start).map(({ release_id }) => release_id);
    const rows = await changesOf(deps.database.db, {
      releases,
      afterChange: question.after?.change ?? 0,
      prefix: question.prefix,
      kind: question.kind,
      entity: question.entity,
      origin: question.origin === null ? null : await originFilter(deps, now, question.origin, question.known_at),
      limit: question.limit + 1,
    });
    return { rows, version: await datasetVersion(deps.database.db) };
  });
  const page = result.rows.slice(0, question.limit);
  const last = page.at(-1);
  const data = page.flatMap((row) => {
    const release = view.byId.get(row.release_id);
    return release ? [itemOf(row, release)] : [];
  });
  return {
    view,
    data,
    cites: page.map((row) => row.release_id),
    coverage: [],
    next: result.rows.length > question.limit && last ? { release: last.release_id, change: last.change_id } : null,
  };
}

function matches(release: CitedRelease, question: ChangesQuestion): boolean {
  const { since, as_of, known_at, jurisdiction, source, release: id } = question;
  return (
    (since === null || release.published_at >= since) &&
    (as_of === null || release.effective_date <= as_of) &&
    (known_at === null || release.published_at <= known_at) &&
    (jurisdiction === null || release.jurisdiction === jurisdiction) &&
    (source === null || release.source_id === source) &&
    (id === null || release.release_id === id)
  );
}

function itemOf(row: FeedRow, release: CitedRelease): ChangeItem {
  return {
    id: row.change_id,
    release: row.release_id,
    source: release.source_id,
    label: release.label,
    jurisdiction: release.jurisdiction,
    published_at: release.published_at,
    effective_date: release.effective_date,
    cause: release.cause,
    entity: row.entity,
    op: row.op,
    kinds: row.kinds,
    key: row.natural_key,
    code: row.code,
    formatted: row.code === null ? null : formatCode(row.code),
    fields: row.fields,
    before: row.before,
    after: row.after,
  };
}
