import { Kysely, PostgresDialect } from 'kysely';
import type { Database, Db, SqlClient } from './connect.ts';
import { withConnection } from './connect.ts';
import type { DB } from './types.ts';

/** One connection seen two ways: queries through Kysely, COPY through the client. Temporary tables and locks live on it. */
export interface Session {
  db: Db;
  client: SqlClient;
}

/** Lends a session to `fn`; the connection goes back to the pool afterwards (or is closed when `fn` throws). */
export async function withSession<T>(database: Database, fn: (session: Session) => Promise<T>): Promise<T> {
  return withConnection(database.pool, async (client) => {
    // Kysely asks a pool for connections: this one lends the same connection every time and takes it back without releasing it.
    // A plain wrapper, because a client keeps its query queue on itself.
    const lent = { query: client.query.bind(client), release: () => undefined };
    const db = new Kysely<DB>({
      dialect: new PostgresDialect({
        pool: { connect: () => Promise.resolve(lent as unknown as SqlClient), end: () => Promise.resolve() },
      }),
    });
    return fn({ db, client });
  });
}
