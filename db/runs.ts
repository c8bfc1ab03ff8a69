import { sql } from 'kysely';
import type { Db } from './connect.ts';
import { isLocked } from './locks.ts';

export type RunState = 'started' | 'unchanged' | 'published' | 'quarantined' | 'failed';
export type RunTrigger = 'cron' | 'manual' | 'replay' | 'import';

/** Starts a run; for a cron slot the unique (source, slot) elects one of many schedulers, the others get null. */
export async function startRun(
  db: Db,
  run: {
    sourceId: string;
    trigger: RunTrigger;
    dueAt: string | null;
    codeVersion: string;
    now: string;
    accepted: string | null;
  },
): Promise<number | null> {
  const { rows } = await sql<{ run_id: number }>`
    insert into run (source_id, trigger, due_at, code_version, started_at, accepted)
    values (${run.sourceId}, ${run.trigger}, ${run.dueAt}, ${run.codeVersion}, ${run.now}, ${run.accepted})
    on conflict on constraint run_slot do nothing returning run_id`.execute(db);
  return rows[0]?.run_id ?? null;
}

/** Closes a run; also one that was closed as interrupted by mistake. */
export async function finishRun(
  db: Db,
  runId: number,
  state: RunState,
  message: string | null,
  now: string,
): Promise<void> {
  await sql`update run set state = ${state}, message = ${message}, finished_at = ${now} where run_id = ${runId}`.execute(
    db,
  );
}

/**
 * Runs of a source that still say 'started' although their process is gone: the caller holds the source's lock, so nobody works on them.
 * They are what a kill leaves behind; nothing of theirs was published, because publishing is one transaction.
 */
export async function closeInterruptedRuns(db: Db, sourceId: string, except: number, now: string): Promise<number> {
  const result =
    await sql`update run set state = 'failed', message = 'interrupted: the process ended before the run did', finished_at = ${now}
    where source_id = ${sourceId} and state = 'started' and run_id <> ${except}`.execute(db);
  return Number(result.numAffectedRows ?? 0n);
}

/**
 * As closeInterruptedRuns, for who does not hold the source's lock: only while nobody does. A run takes the lock an instant after its row
 * appears, hence the five seconds; should one be closed wrongly all the same, its own end overwrites that.
 */
export async function closeAbandonedRuns(db: Db, sourceId: string, now: string): Promise<number> {
  if (await isLocked(db, `source:${sourceId}`)) return 0;
  const result =
    await sql`update run set state = 'failed', message = 'interrupted: the process ended before the run did', finished_at = ${now}
    where source_id = ${sourceId} and state = 'started' and started_at < ${now}::timestamptz - interval '5 seconds'`.execute(
      db,
    );
  return Number(result.numAffectedRows ?? 0n);
}

/** The newest cron slot of a source that any scheduler has taken. */
export async function latestSlot(db: Db, sourceId: string): Promise<string | null> {
  const { rows } = await sql<{
    due_at: string | null;
  }>`select max(due_at) as due_at from run where source_id = ${sourceId}`.execute(db);
  return rows[0]?.due_at ?? null;
}

/** Gives a cron slot back that a run was elected for and did not work through: it can be caught up. */
export async function releaseSlot(db: Db, runId: number): Promise<void> {
  await sql`update run set due_at = null where run_id = ${runId}`.execute(db);
}

/** When a source was last asked with success, by whatever trigger: a slot before that is not missed. A cron run without a slot gave it back. */
export async function latestSuccess(db: Db, sourceId: string): Promise<string | null> {
  const { rows } = await sql<{ started_at: string | null }>`select max(started_at) as started_at from run
    where source_id = ${sourceId} and state in ('unchanged', 'published')
      and (due_at is not null or trigger <> 'cron')`.execute(db);
  return rows[0]?.started_at ?? null;
}
