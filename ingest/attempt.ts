import { insertIssues } from '../db/issues.ts';
import { tryAdvisoryLock } from '../db/locks.ts';
import { closeInterruptedRuns, finishRun, type RunState, type RunTrigger, startRun } from '../db/runs.ts';
import { type Accept, acceptanceText, EditionNotOfRun } from './acceptance.ts';
import type { IngestDeps } from './deps.ts';
import { Quarantined, SourceBusy } from './errors.ts';
import { FetchError } from './fetch/errors.ts';
import type { EditionOutcome } from './ingest-edition.ts';
import type { Source } from './source.ts';

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

/** A run that ended without an error; `state` null: 'published' when one of the editions was, else 'unchanged'. */
export interface Ended {
  state: RunState | null;
  message: string | null;
}

/**
 * A run of a source from its row to its end: elected for its slot, alone on the source, closed in every case. `work` does what the
 * run is for under the source's lock and adds an outcome per edition; what it returns is asked for after the lock is free.
 * Quarantine, a busy source and what the network did are outcomes; any other error is a fault of ours, and thrown once the run is closed.
 */
export async function attempt(
  deps: IngestDeps,
  source: Source,
  { trigger, dueAt, accept }: { trigger: RunTrigger; dueAt: string | null; accept: Accept | null },
  work: (runId: number, outcomes: EditionOutcome[]) => Promise<() => Ended | Promise<Ended>>,
): Promise<RunReport> {
  const { db } = deps.database;
  const runId = await startRun(db, {
    sourceId: source.id,
    trigger,
    dueAt,
    codeVersion: deps.codeVersion,
    now: deps.clock(),
    accepted: acceptanceText(accept),
  });
  const outcomes: EditionOutcome[] = [];
  if (runId === null) {
    const message = `slot ${dueAt ?? ''} is taken`;
    return { runId, source: source.id, state: 'elsewhere', message, busy: false, outcomes };
  }
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
    const worked = await tryAdvisoryLock(db, `source:${source.id}`, async () => {
      await closeInterruptedRuns(db, source.id, runId, deps.clock());
      return work(runId, outcomes);
    });
    if (!worked.acquired) throw new SourceBusy(`another process is ingesting ${source.id}`);
    const { state, message } = await worked.value();
    const published = outcomes.some((outcome) => outcome.state === 'published');
    return await end(state ?? (published ? 'published' : 'unchanged'), message);
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
    if (error instanceof FetchError || error instanceof SourceBusy) return report;
    throw error;
  }
}
