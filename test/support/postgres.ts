import { readFileSync, rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { openDatabase } from '../../db/connect.ts';
import { openEmbedded } from '../../db/embedded.ts';
import { migrate } from '../../db/migrate.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A server where we may create databases; `template` is migrated; `broken` says why there is none. */
    postgres: { admin: string; template: string; prefix: string; broken: string | null };
  }
}

/**
 * One server for the whole run (TEST_DATABASE_URL, else an embedded one without fsync) and one migrated template, of
 * which every test file clones its own database (13 ms).
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const prefix = `t_${Math.random().toString(36).slice(2, 8)}_`;
  const template = `${prefix}template`;
  let admin = process.env.TEST_DATABASE_URL ?? '';
  let stop = async (): Promise<void> => undefined;
  let broken: string | null = null;
  try {
    if (admin === '') {
      const dataDir = await mkdtemp(join(tmpdir(), 'tariff-test-'));
      const server = await openEmbedded({ dataDir, log: () => undefined, durable: false });
      admin = server.connectionString;
      // vitest ends at once on SIGTERM, without teardown; there is time for a signal of our own only.
      const abandon = (): void => {
        const pid = Number(readFileSync(join(dataDir, 'cluster', 'postmaster.pid'), 'utf8').split('\n')[0]);
        process.kill(pid, 'SIGQUIT');
        rmSync(dataDir, { recursive: true, force: true, maxRetries: 10 });
      };
      process.once('exit', abandon);
      stop = async () => {
        process.off('exit', abandon);
        await server.stop();
        await rm(dataDir, { recursive: true, force: true });
      };
    }
    await withAdmin(admin, (client) => client.query(`create database ${template}`));
    const { db, close } = openDatabase({ connectionString: databaseUrl(admin, template) });
    await migrate(db).finally(close);
  } catch (error) {
    // Tests without a database still run; the others fail with this.
    broken = error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
  project.provide('postgres', { admin, template, prefix, broken });
  return async () => {
    if (broken === null) await withAdmin(admin, (client) => dropAll(client, prefix));
    await stop();
  };
}

/** The same server, another database. */
export function databaseUrl(url: string, database: string): string {
  const other = new URL(url);
  other.pathname = `/${database}`;
  return other.href;
}

export async function withAdmin<T>(url: string, fn: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await fn(client);
  } finally {
    await client.end();
  }
}

async function dropAll(client: pg.Client, prefix: string): Promise<void> {
  const left = await client.query<{ datname: string }>(
    'select datname from pg_database where starts_with(datname, $1)',
    [prefix],
  );
  for (const { datname } of left.rows) await client.query(`drop database if exists ${datname} with (force)`);
}
