import { insertIssues } from '../db/issues.ts';
import { believedAt } from '../db/ledger.ts';
import { tryAdvisoryLock } from '../db/locks.ts';
import { closeInterruptedRuns, finishRun, releaseSlot, type RunState, type RunTrigger, startRun } from '../db/runs.ts';
import { releasesOf } from '../db/releases.ts';
import { withSession } from '../db/session.ts';
import { lastDownloads } from '../db/snapshots.ts';
import { registerSource } from '../db/sources.ts';
import type { RecordKind } from '../transforms/records.ts';
import { type Accept, acceptanceText, assertOfRun, EditionNotOfRun } from './acceptance.ts';
import type { IngestDeps } from './deps.ts';
import { Quarantined, SourceBusy } from './errors.ts';
import { FetchError } from './fetch/errors.ts';
import { type EditionOutcome, ingestEdition } from './ingest-edition.ts';
import { IssueLog } from './issue-log.ts';
import { manifestOf } from './manifest.ts';
import type { Edition, Source } from './source.ts';

export interface RunOptions {
  trigger: RunTrigger;
  /** Cron slot; null for runs by hand. */
  dueAt?: string | null;
  dryRun?: boolean;
  accept?: Accept;
  /** Which of the listed editions to take, oldest first; default: those newer than what is published (on an empty ledger the newest). */
  select?: (editions: readonly Edition[], published: readonly string[]) => readonly Edition[];
  /** Once aborted, no further edition is begun; the one being worked on is finished. */
  stop?: AbortSignal | undefined;
}

export interface RunReport {
  runId: number | null;
  source: string;
  /** 'elsewhere': another scheduler has the slot. */
  state: RunState | 'elsewhere';
  message: string | null;
  /** Failed because another process is working on the source. */
  busy: boolean;
  outcomes: EditionOutcome[];
}

/** One attempt to bring a source up to date: elect, discover, then every edition through the pipeline, oldest first. */
export async function runSource(deps: IngestDeps, source: Source, options: RunOptions): Promise<RunReport> {
  const { db } = deps.database;
  await registerSource(db, {
    sourceId: source.id,
    jurisdiction: source.jurisdiction,
    title: source.title,
    manifest: manifestOf(source),
  });
  const dueAt = options.dueAt ?? null;
  const accepted = options.accept ?? null;
  const runId = await startRun(db, {
    sourceId: source.id,
    trigger: options.trigger,
    dueAt,
    codeVersion: deps.codeVersion,
    now: deps.clock(),
    accepted: acceptanceText(accepted),
  });
  if (runId === null)
    return {
      runId,
      source: source.id,
      state: 'elsewhere',
      message: `slot ${dueAt ?? ''} is taken`,
      busy: false,
      outcomes: [],
    };

  const outcomes: EditionOutcome[] = [];
  let selected = 0;
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
      const editions = await selectEditions(deps, source, options, runId);
      selected = editions.length;
      assertOfRun(
        accepted,
        editions.map(({ label }) => label),
      );
      const last = await lastDownloads(db, source.id);
      await withSession(deps.database, async (session) => {
        for (const edition of editions) {
          if (options.stop?.aborted) break;
          outcomes.push(
            await ingestEdition(deps, session, source, edition, last, {
              runId,
              dryRun: options.dryRun ?? false,
              accept: accepted,
              replay: false,
            }),
          );
        }
      });
    });
    if (!attempt.acquired) throw new SourceBusy(`another process is ingesting ${source.id}`);
    const left = selected - outcomes.length;
    // The slot is free again: what is left is no missed slot of its own, and the next start of a scheduler takes it up.
    if (left > 0) await releaseSlot(db, runId);
    const stopped = left > 0 ? `stopped on request, ${left} of ${selected} editions left` : null;
    if (left > 0 && outcomes.length === 0) return await end('failed', stopped);
    return await end(outcomes.some((outcome) => outcome.state === 'published') ? 'published' : 'unchanged', stopped);
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
    const message = error instanceof Error ? error.message : String(error);
    const report = await end('failed', message, error instanceof SourceBusy);
    // What the network or another process did is an outcome; anything else is a fault of ours and must be seen as one.
    if (error instanceof FetchError || error instanceof SourceBusy) return report;
    throw error;
  }
}

async function selectEditions(
  deps: IngestDeps,
  source: Source,
  options: RunOptions,
  runId: number,
): Promise<readonly Edition[]> {
  const { db } = deps.database;
  const releases = await releasesOf(db, source.id);
  const known = releases.map((release) => ({ label: release.label, publishedAt: release.published_at })).reverse();
  deps.report({ source: source.id, edition: null, stage: 'discover', message: 'asking the publisher' });
  const seen = new IssueLog();
  const editions: Edition[] = [];
  const now = deps.clock();
  const listed = (kind: RecordKind): Promise<ReadonlySet<string>> =>
    withSession(deps.database, async (session) => {
      const believed = await believedAt(session, kind, { sourceId: source.id, known: now, valid: 'ever' });
      return new Set(believed.keys());
    });
  const context = { fetch: deps.fetch, known, listed, today: now.slice(0, 10), issue: seen.add };
  try {
    for await (const edition of source.discover(context)) editions.push(edition);
  } catch (error) {
    if (error instanceof FetchError) throw error;
    // The publisher's list is not what the source knows: what is published stays, and somebody has to look.
    throw new Quarantined(`${source.id}, list of editions`, [
      { code: 'discovery', message: error instanceof Error ? error.message : String(error) },
    ]);
  }
  await insertIssues(db, { sourceId: source.id, runId, releaseId: null }, seen.rows());
  const labels = releases.map((release) => release.label);
  return (options.select ?? newerThanPublished)(editions, labels);
}

/** For a backfill: every listed edition that is not published, and the newest published one again (its bytes may have been reposted). */
export function notPublished(editions: readonly Edition[], published: readonly string[]): readonly Edition[] {
  const newest = editions.findLastIndex((edition) => published.includes(edition.label));
  return editions.filter((edition, index) => index === newest || !published.includes(edition.label));
}

/** Editions listed after the newest published one, and that one again (its bytes may have been reposted). */
function newerThanPublished(editions: readonly Edition[], published: readonly string[]): readonly Edition[] {
  const newest = editions.findLastIndex((edition) => published.includes(edition.label));
  return newest < 0 ? editions.slice(-1) : editions.slice(newest);
}
