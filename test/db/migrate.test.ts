import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { migrate, MigrationRefused } from '../../db/migrate.ts';
import { migrations, type Migration } from '../../db/migrations/index.ts';
import { testDatabase } from '../support/database.ts';

const extra: Migration = {
  name: '9999_later',
  up: async (db) => void (await sql`create table later (id int)`.execute(db)),
};

test('20 processes migrating at once run each migration once, and again changes nothing', async () => {
  const database = await testDatabase({ empty: true });
  const handles = Array.from({ length: 20 }, () => database.open(1));
  const ran = await Promise.all(handles.map(({ db }) => migrate(db)));
  expect(ran.flat().sort()).toEqual(migrations.map(({ name }) => name).sort());
  expect(await migrate(database.db)).toEqual([]);
});

test('the list is in the order of its names, each once', () => {
  const names = migrations.map(({ name }) => name);
  expect(names).toEqual([...new Set(names)].sort());
  expect(names.every((name) => /^\d{4}_[a-z_]+$/.test(name))).toBe(true);
});

test('a failing migration leaves the database as it was', async () => {
  const { db } = await testDatabase({ empty: true });
  const bad: Migration = {
    name: '9998_bad',
    up: async (on) => {
      await sql`create table half (id int)`.execute(on);
      await sql`select 1/0`.execute(on);
    },
  };
  await expect(migrate(db, [bad])).rejects.toThrow('division by zero');
  const left = await sql<{
    count: number;
  }>`select count(*) from pg_class where relname in ('half', 'schema_migration')`.execute(db);
  expect(left.rows[0]?.count).toBe(0);
});

test('a database migrated by newer code is refused, with what to do', async () => {
  const { db } = await testDatabase();
  expect(await migrate(db, [...migrations, extra])).toEqual(['9999_later']);
  const refusal = await migrate(db).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(MigrationRefused);
  expect(String(refusal)).toMatch(/newer than this code: it has 9999_later\. Upgrade/);
});

test('a database that skipped a migration is refused', async () => {
  const { db } = await testDatabase({ empty: true });
  await migrate(db, [extra]);
  const earlier: Migration = { name: '0001_first', up: () => Promise.resolve() };
  await expect(migrate(db, [earlier, extra])).rejects.toThrow(/lacks migration 0001_first/);
});
