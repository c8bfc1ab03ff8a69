import { insertIssues } from '../db/issues.ts';
import { tryAdvisoryLock } from '../db/locks.ts';
import { type Release, releasesOf, snapshotsOfRelease } from '../db/releases.ts';
import { closeInterruptedRuns, finishRun, type RunState, startRun } from '../db/runs.ts';
import { withSession } from '../db/session.ts';
import type { Db } from '../db/connect.ts';
import { type Accept, acceptanceText, assertOfRun, EditionNotOfRun } from './acceptance.ts';
import type { IngestDeps } from './deps.ts';
import { Quarantined, SourceBusy } from './errors.ts';
import { type EditionOutcome, ingestEdition } from './ingest-edition.ts';
import { filesOf, keptParts, type KeptEdition } from './keep-edition.ts';
import type { RunReport } from './run.ts';
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
  const accepted = options.accept ?? null;
  const runId = await startRun(db, {
    sourceId: source.id,
    trigger: 'replay',
    dueAt: null,
    codeVersion: deps.codeVersion,
    now: deps.clock(),
    accepted: acceptanceText(accepted),
  });
  if (runId === null) throw new Error('a replay has no slot that could be taken');
  const outcomes: EditionOutcome[] = [];
  const end = async (state: RunState, message: string | null, busy = false): Promise<RunReport> => {
    await finishRun(db, runId, state, message, deps.clock());
    deps.report({
      source: source.id,
      edition: null,
      stage: 'done',
      message: message === null ? state : `${state}: ${message}`,
    });
    return { runId, source: source.id, state, message, busy, outcomes };
  };
  try {
    const attempt = await tryAdvisoryLock(db, `source:${source.id}`, async () => {
      await closeInterruptedRuns(db, source.id, runId, deps.clock());
      assertOfRun(
        accepted,
        releases.map(({ label }) => label),
      );
      await withSession(deps.database, async (session) => {
        for (const release of releases) {
          if (options.stop?.aborted) break;
          const { edition, kept } = await keptEditionOf(deps, db, release);
          outcomes.push(
            await ingestEdition(
              deps,
              session,
              source,
              edition,
              new Map(),
              { runId, dryRun: options.dryRun ?? false, accept: accepted, replay: true },
              kept,
            ),
          );
        }
      });
    });
    if (!attempt.acquired) throw new SourceBusy(`another process is ingesting ${source.id}`);
    const left = releases.length - outcomes.length;
    const published = outcomes.some((outcome) => outcome.state === 'published');
    return await end(
      published ? 'published' : 'unchanged',
      left > 0 ? `stopped on request, ${left} of ${releases.length} editions left` : null,
    );
  } catch (error) {
    if (error instanceof Quarantined) {
      await insertIssues(
        db,
        { sourceId: source.id, runId, releaseId: null },
        error.findings.map((finding) => ({ severity: 'error' as const, ...finding, place: {} })),
      );
      return await end('quarantined', error.message);
    }
    if (error instanceof EditionNotOfRun) return await end('failed', error.message);
    const report = await end(
      'failed',
      error instanceof Error ? error.message : String(error),
      error instanceof SourceBusy,
    );
    if (error instanceof SourceBusy) return report;
    throw error;
  }
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
