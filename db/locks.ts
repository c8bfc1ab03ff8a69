import { sql } from 'kysely';
import type { Db, Trx } from './connect.ts';

/**
 * Every advisory lock there is. `release` makes release ids commit in order; `source:<id>` keeps a scheduled and a manual
 * run of one source apart; `migrate` serialises migrations.
 */
export type LockName = 'migrate' | 'release' | `source:${string}`;

export type Attempt<T> = { acquired: true; value: T } | { acquired: false };

/** Lock keys are per database; 64 bits of the name, so two names do not meet. */
const key = (name: LockName) => sql`hashtextextended(${`tariff-ledger:${name}`}, 0)`;

/**
 * Run `fn` on the connection that holds the lock, then release it; `{ acquired: false }` at once when somebody else holds it.
 * A process that dies loses it with its connection.
 */
export async function tryAdvisoryLock<T>(
  db: Db,
  name: LockName,
  fn: (connection: Db) => Promise<T>,
): Promise<Attempt<T>> {
  return db.connection().execute(async (connection): Promise<Attempt<T>> => {
    const result = await sql<{ acquired: boolean }>`select pg_try_advisory_lock(${key(name)}) as acquired`.execute(
      connection,
    );
    if (result.rows[0]?.acquired !== true) return { acquired: false };
    try {
      return { acquired: true, value: await fn(connection) };
    } finally {
      await release(connection, name);
    }
  });
}

/** Take the lock until the transaction ends; waits. */
export async function lockInTransaction(trx: Trx, name: LockName): Promise<void> {
  await sql`select pg_advisory_xact_lock(${key(name)})`.execute(trx);
}

async function release(connection: Db, name: LockName): Promise<void> {
  // A connection that broke has released it already; the error that broke it is the one to report.
  await sql`select pg_advisory_unlock(${key(name)})`.execute(connection).catch(() => undefined);
}

/** Whether any session holds the lock; looks without touching it, so that nobody else finds it taken. */
export async function isLocked(db: Db, name: LockName): Promise<boolean> {
  const { rows } = await sql<{ held: boolean }>`select exists (
    select from pg_locks where locktype = 'advisory' and granted and objsubid = 1
      and database = (select oid from pg_database where datname = current_database())
      and ((classid::bigint << 32) | objid::bigint) = ${key(name)}) as held`.execute(db);
  return rows[0]?.held === true;
}
