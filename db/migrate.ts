import { type Kysely, sql } from 'kysely';
import type { Db, Trx } from './connect.ts';
import { lockInTransaction } from './locks.ts';
import { migrations as all, type Migration } from './migrations/index.ts';

/** Bookkeeping: names of the migrations that ran. Left out of the generated types and of schema.sql. */
export const MIGRATION_TABLE = 'schema_migration';
// `create database … strategy`, unique nulls not distinct, and the merge of security fixes: 15 is the oldest we test.
const OLDEST = 15;

/** The database cannot be used by this version of the code; the message says what to do. */
export class MigrationRefused extends Error {
  readonly code = 'migration_refused';
  override name = 'MigrationRefused';
}

/**
 * Bring the schema up to date; resolves to the names that ran now. One transaction under a lock: any number of processes
 * may call it at once, and a migration that fails leaves the schema as it was.
 *
 * Throws MigrationRefused for PostgreSQL before 15 and for a database that newer (or other) code has migrated.
 */
export async function migrate(db: Db, migrations: readonly Migration[] = all): Promise<string[]> {
  await assertVersion(db);
  return db.transaction().execute(async (trx) => {
    await lockInTransaction(trx, 'migrate');
    await sql`create table if not exists ${sql.table(MIGRATION_TABLE)} (
      name text primary key, ran_at timestamptz not null default clock_timestamp())`.execute(trx);
    const done = await namesRun(trx);
    refuseUnknown(done, migrations);
    const due = migrations.slice(done.length);
    for (const { name, up } of due) {
      // Cast: a migration is not typed by today's schema, as it runs against that of its day.
      await up(trx as unknown as Kysely<unknown>);
      await sql`insert into ${sql.table(MIGRATION_TABLE)} (name) values (${name})`.execute(trx);
    }
    return due.map(({ name }) => name);
  });
}

/** Whether exactly this code's migrations have run. False on an empty database. */
export async function isMigrated(db: Db, migrations: readonly Migration[] = all): Promise<boolean> {
  const found = await sql<{ present: boolean }>`select to_regclass(${MIGRATION_TABLE}) is not null as present`.execute(
    db,
  );
  if (found.rows[0]?.present !== true) return false;
  const done = await namesRun(db);
  return done.length === migrations.length && migrations.every(({ name }, index) => done[index] === name);
}

async function namesRun(trx: Db | Trx): Promise<string[]> {
  const result = await sql<{ name: string }>`
    select name from ${sql.table(MIGRATION_TABLE)} order by name collate "C"`.execute(trx);
  return result.rows.map(({ name }) => name);
}

function refuseUnknown(done: readonly string[], migrations: readonly Migration[]): void {
  const known = migrations.map(({ name }) => name);
  const newer = done.filter((name) => !known.includes(name));
  if (newer.length > 0) {
    throw new MigrationRefused(
      `The database is newer than this code: it has ${newer.join(', ')}. Upgrade tariff-ledger, or use another database.`,
    );
  }
  const skipped = known.find((name, index) => index < done.length && done[index] !== name);
  if (skipped !== undefined) {
    throw new MigrationRefused(
      `The database lacks migration ${skipped} but has later ones: it was made by other code.`,
    );
  }
}

async function assertVersion(db: Db): Promise<void> {
  const result = await sql<{ version: string }>`select current_setting('server_version_num') as version`.execute(db);
  const major = Math.floor(Number(result.rows[0]?.version) / 10_000);
  if (!(major >= OLDEST)) {
    throw new MigrationRefused(`PostgreSQL ${String(OLDEST)} or later is needed; this is ${String(major)}.`);
  }
}
