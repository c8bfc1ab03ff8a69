import { closeAbandonedRuns, latestSlot, latestSuccess } from '../db/runs.ts';
import { daysBetween, durationDays, type Instant } from '../transforms/dates.ts';
import type { RunReport } from './attempt.ts';
import { slotAt } from './cadence.ts';
import type { IngestDeps } from './deps.ts';
import { runSource } from './run.ts';
import type { Source } from './source.ts';

/** Calls `fire` at every slot of a cadence until `stop`; says nothing about which slot it is. */
export type Ticker = (cadence: Source['cadence'], fire: () => void) => { stop(): void };

export interface SchedulerOptions {
  sources: readonly Source[];
  deps: (source: Source) => IngestDeps;
  ticker: Ticker;
  /** Told of every run; also of faults of ours, which must not end the scheduler. */
  onRun: (report: RunReport) => void;
  onFault: (source: Source, error: unknown) => void;
}

export interface Scheduler {
  /** Resolves when the slots missed while nobody was scheduling are caught up. */
  caughtUp: Promise<void>;
  /** Fires no more and resolves when the running ingest has reached the end of the edition it is on. Safe to call twice. */
  drain(): Promise<void>;
}

/**
 * Fires every source's cadence. Sources take turns (parsing is bound to one core anyway), so a slot may start late but none is dropped.
 * On start the newest missed slot of each source is caught up: once, however many were missed and however many schedulers start.
 */
export function startScheduler(options: SchedulerOptions): Scheduler {
  const stopping = new AbortController();
  let queue: Promise<void> = Promise.resolve();
  const waiting = new Set<string>();
  const enqueue = (source: Source): Promise<void> => {
    // A source that already waits for its turn will see the newest slot when it gets it.
    if (waiting.has(source.id)) return queue;
    waiting.add(source.id);
    queue = queue.then(async () => {
      waiting.delete(source.id);
      if (stopping.signal.aborted) return;
      try {
        const report = await runDueSlot(options.deps(source), source, stopping.signal);
        if (report) options.onRun(report);
      } catch (error) {
        options.onFault(source, error);
      }
    });
    return queue;
  };
  const tickers = options.sources.map((source) => options.ticker(source.cadence, () => void enqueue(source)));
  const caughtUp = Promise.all(options.sources.map(enqueue)).then(() => undefined);
  return {
    caughtUp,
    async drain() {
      stopping.abort();
      for (const ticker of tickers) ticker.stop();
      await queue;
    },
  };
}

/**
 * Runs a source's newest slot unless it is done: taken by any scheduler, or the source was asked with success since. Null when nothing
 * is due. A slot older than what the source promises (staleAfter) is not worth catching up: the next one asks for the same.
 */
async function runDueSlot(deps: IngestDeps, source: Source, stop?: AbortSignal): Promise<RunReport | null> {
  const { db } = deps.database;
  await closeAbandonedRuns(db, source.id, deps.clock());
  const slot = slotAt(source.cadence, deps.clock());
  if (!isDue(slot, await latestSlot(db, source.id), await latestSuccess(db, source.id))) return null;
  if (daysBetween(slot.slice(0, 10), deps.clock().slice(0, 10)) > durationDays(source.cadence.staleAfter)) return null;
  return runSource(deps, source, { trigger: 'cron', dueAt: slot, stop });
}

function isDue(slot: Instant, taken: Instant | null, asked: Instant | null): boolean {
  return (taken === null || taken < slot) && (asked === null || asked < slot);
}
