import type { Database } from '../db/connect.ts';
import { issuesOfRelease, type IssueRow } from '../db/issues.ts';
import type { CitedRelease } from '../db/release-list.ts';
import { snapshotsOfRelease } from '../db/releases.ts';
import type { SourceRow } from '../db/sources.ts';
import type { AnswerDraft } from './draft.ts';
import { type LedgerView, type LedgerViews } from './ledger-view.ts';
import { releasesKnown } from './moment.ts';
import { Problem } from './problem.ts';

export interface ReleaseItem {
  id: number;
  source: string;
  label: string;
  published_at: string;
  effective_date: string;
  effective_basis: string | null;
  data_as_of: string;
  retrieved_at: string;
  loaded_at: string;
  cause: CitedRelease['cause'];
  corrects: number | null;
  records: number;
  added: number;
  modified: number;
  removed: number;
}

export interface SourceItem {
  id: string;
  jurisdiction: string;
  title: string;
  publisher: unknown;
  licence: unknown;
  validity: unknown;
  cadence: unknown;
  covers: unknown;
  releases: number;
  latest_release: ReleaseItem | null;
}

/** Publications by these dates: published by `known_at`, effective by `as_of`; null: all. */
export interface PublicationDates {
  as_of: string | null;
  known_at: string | null;
}

/** Every source the ledger knows. */
export async function listSources(views: LedgerViews, dates: PublicationDates): Promise<AnswerDraft<SourceItem[]>> {
  const view = await views.current();
  const data = [...view.sources.values()].map((source) => sourceItem(view, source, dates));
  return { view, data, cites: data.flatMap((item) => item.latest_release?.id ?? []), coverage: [] };
}

/** One source. Throws Problem not-found. */
export async function describeSource(
  views: LedgerViews,
  id: string,
  dates: PublicationDates,
): Promise<AnswerDraft<SourceItem>> {
  const view = await views.current();
  const data = sourceItem(view, sourceOf(view, id), dates);
  return { view, data, cites: data.latest_release === null ? [] : [data.latest_release.id], coverage: [] };
}

/** Releases of a source, newest publication first. Throws Problem not-found. */
export async function listReleases(
  views: LedgerViews,
  id: string,
  page: PublicationDates & { offset: number; limit: number },
): Promise<AnswerDraft<ReleaseItem[]> & { more: boolean }> {
  const view = await views.current();
  sourceOf(view, id);
  const all = publishedBy(view, id, page).reverse();
  const data = all.slice(page.offset, page.offset + page.limit).map(releaseItem);
  return {
    view,
    data,
    cites: data.map((release) => release.id),
    coverage: [],
    more: all.length > page.offset + page.limit,
  };
}

export interface ReleaseData extends ReleaseItem {
  scope: {
    families: readonly string[];
    codes: readonly string[] | null;
    partial: Readonly<Record<string, string>>;
    absent: readonly string[];
    as_of: Readonly<Record<string, string>>;
  };
  snapshots: { part: string; url: string; sha256: string; bytes: number; media_type: string }[];
  /** The first 200. */
  issues: IssueRow[];
}

/** A release with the bytes it was made from and what was odd about them. Throws Problem not-found. */
export async function describeRelease(
  deps: { database: Database; views: LedgerViews },
  id: number,
): Promise<AnswerDraft<ReleaseData>> {
  const view = await deps.views.current();
  const release = releaseOf(view, id);
  const [snapshots, issues] = await Promise.all([
    snapshotsOfRelease(deps.database.db, id),
    issuesOfRelease(deps.database.db, id),
  ]);
  const { families, codes, partial, absent, as_of } = release.scope;
  const data = {
    ...releaseItem(release),
    scope: { families, codes: codes ?? null, partial: partial ?? {}, absent: absent ?? [], as_of: as_of ?? {} },
    snapshots,
    issues,
  };
  return { view, data, cites: [id], coverage: [] };
}

/** A release by its id. Throws Problem not-found. */
export function releaseOf(view: LedgerView, id: number, field = 'id'): CitedRelease {
  const release = view.byId.get(id);
  if (release) return release;
  throw new Problem('not-found', `There is no release ${id}.`, { errors: [{ field, message: 'the id of a release' }] });
}

/** A source of the ledger by its id. Throws Problem not-found, which names the parameter it came in and every source there is. */
export function sourceOf(view: LedgerView, id: string, field = 'id'): SourceRow {
  const source = view.sources.get(id);
  if (source) return source;
  const known = [...view.sources.keys()].join(', ');
  throw new Problem('not-found', `There is no source '${id}'.`, {
    errors: [{ field, message: known === '' ? 'no source is loaded' : `one of ${known}` }],
  });
}

function publishedBy(view: LedgerView, id: string, { as_of, known_at }: PublicationDates): CitedRelease[] {
  return releasesKnown(view, id, known_at).filter((release) => as_of === null || release.effective_date <= as_of);
}

function sourceItem(
  view: LedgerView,
  { source_id, jurisdiction, title, manifest }: SourceRow,
  dates: PublicationDates,
): SourceItem {
  const releases = publishedBy(view, source_id, dates);
  const newest = releases.at(-1);
  const { publisher = null, licence = null, validity = null, cadence = null, covers = null } = manifest;
  return {
    id: source_id,
    jurisdiction,
    title,
    publisher,
    licence,
    validity,
    cadence,
    covers,
    releases: releases.length,
    latest_release: newest ? releaseItem(newest) : null,
  };
}

function releaseItem(release: CitedRelease): ReleaseItem {
  return {
    id: release.release_id,
    source: release.source_id,
    label: release.label,
    published_at: release.published_at,
    effective_date: release.effective_date,
    effective_basis: release.effective_basis,
    data_as_of: release.data_as_of,
    retrieved_at: release.retrieved_at,
    loaded_at: release.loaded_at,
    cause: release.cause,
    corrects: release.corrects,
    records: release.records,
    added: release.added,
    modified: release.modified,
    removed: release.removed,
  };
}
