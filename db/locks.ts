import { sql } from 'kysely';
import type { Db, Trx } from './connect.ts';

/**
 * Every advisory lock there is. `release` makes release ids commit in order; `source:<id>` keeps a scheduled and a manual
 * run of one source apart; `migrate` serialises migrations.
 */
export type LockName = 'migrate' | 'release' | 'outbox' | `source:${string}`;

export type Attempt<T> = { acquired: true; value: T } | { acquired: false };

/** Lock keys are per database; 64 bits of the name, so two names do not meet. */
const key = (name: LockName) => sql`hashtextextended(${`tariff-ledger:${name}`}, 0)`;

/**
 * Wait for the lock, run `fn` on the connection that holds it, release. A process that dies loses it with its connection.
 * `fn` should use the `connection` it is given: every waiter occupies one of the pool, so work on the pool itself can
 * starve behind them.
 */
export async function withAdvisoryLock<T>(db: Db, name: LockName, fn: (connection: Db) => Promise<T>): Promise<T> {
  return db.connection().execute(async (connection) => {
    await sql`select pg_advisory_lock(${key(name)})`.execute(connection);
    try {
      return await fn(connection);
    } finally {
      await release(connection, name);
    }
  });
}

/** As withAdvisoryLock, but `{ acquired: false }` at once when somebody else holds it. */
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

/** Take the lock until the transaction ends, or false at once. */
export async function tryLockInTransaction(trx: Trx, name: LockName): Promise<boolean> {
  const result = await sql<{ acquired: boolean }>`select pg_try_advisory_xact_lock(${key(name)}) as acquired`.execute(
    trx,
  );
  return result.rows[0]?.acquired === true;
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
