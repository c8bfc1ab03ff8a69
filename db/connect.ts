import { Kysely, PostgresDialect, type Transaction } from 'kysely';
import pg from 'pg';
import { textTypes } from './text-types.ts';
import type { DB } from './types.ts';

/** What queries take: the database, one pinned connection of it, or a transaction. */
export type Db = Kysely<DB>;
export type Trx = Transaction<DB>;
/** One dedicated connection, for COPY and for anything that must share a session. */
export type SqlClient = pg.PoolClient;

export interface Database {
  db: Db;
  pool: pg.Pool;
  /** Waits for borrowed connections to come back, then closes them all. */
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /** postgres://user:password@host:port/database */
  connectionString: string;
  /** Default 10. */
  maxConnections?: number;
  /** Shown in pg_stat_activity. */
  applicationName?: string;
}

/**
 * Open a pool. Values come back as: `date` 'YYYY-MM-DD', `timestamptz` 'YYYY-MM-DDTHH:MM:SS.sssZ', `numeric` its exact
 * digits as a string, `int8` a number (throws beyond 2^53), json parsed. Does not connect yet: the first query does.
 */
export function openDatabase({ connectionString, maxConnections = 10, applicationName }: DatabaseOptions): Database {
  const pool = new pg.Pool({
    connectionString,
    max: maxConnections,
    application_name: applicationName ?? 'tariff-ledger',
    types: textTypes,
    // Before the pool hands the connection out. Not the `options` start-up parameter: poolers in between refuse it.
    // pg-pool awaits what this returns, though its type says void.
    // eslint-disable-next-line @typescript-eslint/no-misused-promises
    onConnect: async (client) => {
      // No JIT: statements read a handful of rows, and are thought to read more than they do.
      await client.query("set time zone 'UTC'; set datestyle to 'ISO'; set intervalstyle to 'iso_8601'; set jit = off");
    },
  });
  // Without listeners a connection that breaks between two queries ends the process. An idle one is dropped and replaced
  // by the pool; a borrowed one fails the next query of its borrower, who is the one to hear of it.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  const db = new Kysely<DB>({ dialect: new PostgresDialect({ pool }) });
  const end = async (): Promise<void> => {
    await db.destroy();
    // Kysely ends the pool only when a query went through Kysely.
    if (!pool.ending) await pool.end();
  };
  let closing: Promise<void> | null = null;
  const close = (): Promise<void> => (closing ??= end());
  return { db, pool, close };
}

/** Lend one connection to `fn`. When `fn` throws the connection is closed, as it may be left inside a COPY or a transaction. */
export async function withConnection<T>(pool: pg.Pool, fn: (client: SqlClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    const result = await fn(client);
    client.release();
    return result;
  } catch (error) {
    client.release(true);
    throw error;
  }
}
