import { performance } from 'node:perf_hooks';
import type { Database } from '../db/connect.ts';
import { type CitedRelease, citedReleases } from '../db/release-list.ts';
import { datasetVersion } from '../db/releases.ts';
import { allSources, type SourceRow } from '../db/sources.ts';
import type { Instant } from '../transforms/dates.ts';

/** What every answer needs of the ledger besides records: its version, its releases, its sources. Never changes once made. */
export interface LedgerView {
  /** The newest release in load order; 0 for an empty ledger. */
  version: number;
  /** Everything the ledger holds was published, or at least seen by us, by this instant. */
  knownAt: Instant;
  /** In order of publication. */
  releases: readonly CitedRelease[];
  byId: ReadonlyMap<number, CitedRelease>;
  sources: ReadonlyMap<string, SourceRow>;
}

/**
 * The newest view, kept in memory while the ledger stays as it is. Releases are only ever added, so `max(release_id)` tells whether it
 * has: asked at most once per `maxAgeMs` (default one second), which is how long an answer may lag behind a publication. What is
 * derived from the ledger and kept in memory is kept per version; `readAt` guards against rows that are newer than the view.
 */
export interface LedgerViews {
  current(): Promise<LedgerView>;
  /** The version without asking the database; null when it has to be asked. */
  peek(): number | null;
  /** For a reader that saw another version in the database than the view has. */
  refresh(): Promise<LedgerView>;
}

const EPOCH = '1970-01-01T00:00:00.000Z';

export function openLedgerViews(database: Database, { maxAgeMs = 1000 }: { maxAgeMs?: number } = {}): LedgerViews {
  let view: LedgerView | null = null;
  let checkedAt = -Infinity;
  let pending: Promise<LedgerView> | null = null;

  const load = async (): Promise<LedgerView> => {
    const started = performance.now();
    const version = (await datasetVersion(database.db)) ?? 0;
    if (view?.version !== version) view = await readView(database);
    checkedAt = started;
    return view;
  };
  // One question at a time, however many requests wait for it.
  const refresh = (): Promise<LedgerView> => (pending ??= load().finally(() => (pending = null)));
  const fresh = (): LedgerView | null => (view !== null && performance.now() - checkedAt < maxAgeMs ? view : null);
  return {
    refresh,
    peek: () => fresh()?.version ?? null,
    current: async () => fresh() ?? (await refresh()),
  };
}

async function readView(database: Database): Promise<LedgerView> {
  const releases = await citedReleases(database.db);
  const sources = await allSources(database.db);
  // Not the version asked for before: a release may have come in between, and then it is part of the view.
  const version = releases.reduce((newest, release) => Math.max(newest, release.release_id), 0);
  const knownAt = releases.reduce((latest, { loaded_at, published_at }) => {
    const seen = loaded_at > published_at ? loaded_at : published_at;
    return seen > latest ? seen : latest;
  }, EPOCH);
  return {
    version,
    knownAt,
    releases,
    byId: new Map(releases.map((release) => [release.release_id, release])),
    sources: new Map(sources.map((source) => [source.source_id, source])),
  };
}

/**
 * Runs a reader that reports the version it saw until that is the view's: an answer never mixes rows of one version with releases of
 * another. Publications are minutes apart; two tries are enough, and the third failure would be a fault.
 */
export async function readAt<T extends { version: number | null }>(
  views: LedgerViews,
  read: (view: LedgerView) => Promise<T>,
): Promise<{ view: LedgerView; result: T }> {
  let view = await views.current();
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const result = await read(view);
    if ((result.version ?? 0) === view.version) return { view, result };
    view = await views.refresh();
  }
  throw new Error('the ledger changed under three readings in a row');
}
