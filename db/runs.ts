import { sql } from 'kysely';
import type { Db } from './connect.ts';

export type RunState = 'started' | 'unchanged' | 'published' | 'quarantined' | 'failed';
export type RunTrigger = 'cron' | 'manual' | 'replay' | 'import';

export interface Run {
  run_id: number;
  source_id: string;
  trigger: RunTrigger;
  due_at: string | null;
  state: RunState;
  message: string | null;
  accepted: string | null;
  code_version: string;
  started_at: string;
  finished_at: string | null;
}

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

export async function latestRun(db: Db, sourceId: string): Promise<Run | null> {
  const { rows } = await sql<Run>`select * from run where source_id = ${sourceId} order by run_id desc limit 1`.execute(
    db,
  );
  return rows[0] ?? null;
}

/** The newest cron slot of a source that any scheduler has taken. */
export async function latestSlot(db: Db, sourceId: string): Promise<string | null> {
  const { rows } = await sql<{
    due_at: string | null;
  }>`select max(due_at) as due_at from run where source_id = ${sourceId}`.execute(db);
  return rows[0]?.due_at ?? null;
}
