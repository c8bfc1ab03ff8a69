import { insertIssues } from '../db/issues.ts';
import { believedAt } from '../db/ledger.ts';
import { releaseSlot, type RunTrigger } from '../db/runs.ts';
import { releasesOf } from '../db/releases.ts';
import { withSession } from '../db/session.ts';
import { lastDownloads } from '../db/snapshots.ts';
import { registerSource } from '../db/sources.ts';
import type { RecordKind } from '../transforms/records.ts';
import { type Accept, assertOfRun } from './acceptance.ts';
import { attempt, type RunReport } from './attempt.ts';
import type { IngestDeps } from './deps.ts';
import { Quarantined } from './errors.ts';
import { FetchError } from './fetch/errors.ts';
import { ingestEdition } from './ingest-edition.ts';
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

/** One attempt to bring a source up to date: elect, discover, then every edition through the pipeline, oldest first. */
export async function runSource(deps: IngestDeps, source: Source, options: RunOptions): Promise<RunReport> {
  const { db } = deps.database;
  await registerSource(db, {
    sourceId: source.id,
    jurisdiction: source.jurisdiction,
    title: source.title,
    manifest: manifestOf(source),
  });
  const accept = options.accept ?? null;
  const { trigger, dueAt = null } = options;
  return attempt(deps, source, { trigger, dueAt, accept }, async (runId, outcomes) => {
    const editions = await selectEditions(deps, source, options, runId);
    assertOfRun(
      accept,
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
            accept,
            replay: false,
          }),
        );
      }
    });
    return async () => {
      const left = editions.length - outcomes.length;
      if (left === 0) return { state: null, message: null };
      // The slot is free again: what is left is no missed slot of its own, and the next start of a scheduler takes it up.
      await releaseSlot(db, runId);
      return {
        state: outcomes.length === 0 ? 'failed' : null,
        message: `stopped on request, ${left} of ${editions.length} editions left`,
      };
    };
  });
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
