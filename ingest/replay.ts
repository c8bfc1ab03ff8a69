import { type Release, releasesOf, snapshotsOfRelease } from '../db/releases.ts';
import { withSession } from '../db/session.ts';
import type { Db } from '../db/connect.ts';
import { type Accept, assertOfRun } from './acceptance.ts';
import { attempt, type RunReport } from './attempt.ts';
import type { IngestDeps } from './deps.ts';
import { ingestEdition } from './ingest-edition.ts';
import { filesOf, keptParts, type KeptEdition } from './keep-edition.ts';
import type { Edition, Source } from './source.ts';

/**
 * Parses every published edition of a source again from its kept bytes. The same state is 'unchanged'; another one is published with
 * cause 'parser': our correction, known from now on, dated in law as the edition it corrects. Nothing is fetched.
 * `from`: label of the first edition; throws RangeError when it was never published.
 */
export async function replaySource(
  deps: IngestDeps,
  source: Source,
  options: { from?: string | undefined; dryRun?: boolean; accept?: Accept; stop?: AbortSignal | undefined } = {},
): Promise<RunReport> {
  const { db } = deps.database;
  const releases = editionsToReplay(await releasesOf(db, source.id), options.from);
  const accept = options.accept ?? null;
  return attempt(deps, source, { trigger: 'replay', dueAt: null, accept }, async (runId, outcomes) => {
    assertOfRun(
      accept,
      releases.map(({ label }) => label),
    );
    await withSession(deps.database, async (session) => {
      for (const release of releases) {
        if (options.stop?.aborted) break;
        const { edition, kept } = await keptEditionOf(deps, db, release);
        const asReplay = { runId, dryRun: options.dryRun ?? false, accept, replay: true };
        outcomes.push(await ingestEdition(deps, session, source, edition, new Map(), asReplay, kept));
      }
    });
    const left = releases.length - outcomes.length;
    const message = left > 0 ? `stopped on request, ${left} of ${releases.length} editions left` : null;
    return () => ({ state: null, message });
  });
}

/** The newest release of every label, in the order in which the labels were first published. */
function editionsToReplay(releases: readonly Release[], from: string | undefined): Release[] {
  const newest = new Map<string, Release>();
  for (const release of releases) newest.set(release.label, release);
  const labels = [...newest.keys()];
  const start = from === undefined ? 0 : labels.indexOf(from);
  if (start < 0) throw new RangeError(`no published edition '${from ?? ''}'`);
  return labels.slice(start).flatMap((label) => newest.get(label) ?? []);
}

/** The edition as it was published: its dates come from the release, its bytes from the store. */
export async function keptEditionOf(
  deps: Pick<IngestDeps, 'store'>,
  db: Db,
  release: Release,
): Promise<{ edition: Edition; kept: KeptEdition }> {
  const parts = await keptParts(db, await snapshotsOfRelease(db, release.release_id), release.retrieved_at);
  const edition: Edition = {
    label: release.label,
    publishedAt: release.published_at,
    effectiveDate: release.effective_date,
    parts: parts.map(({ part, url }) => ({ part, url, expect: 'binary' })),
  };
  return { edition, kept: { parts, files: filesOf(deps, parts) } };
}
