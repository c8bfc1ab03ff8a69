import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { lockInTransaction, tryAdvisoryLock, tryLockInTransaction, withAdvisoryLock } from '../../db/locks.ts';
import { testDatabase } from '../support/database.ts';

const database = await testDatabase();
const other = database.open();

test('only one holder at a time, across pools', async () => {
  let inside = 0;
  let most = 0;
  const one = async (): Promise<void> => {
    most = Math.max(most, ++inside);
    await sql`select pg_sleep(0.005)`.execute(database.db);
    inside--;
  };
  const handles = Array.from({ length: 12 }, () => database.open(1));
  await Promise.all(handles.map(({ db }) => withAdvisoryLock(db, 'source:a', one)));
  expect(most).toBe(1);
});

test('try: a second holder is turned away, another name is free, and afterwards it is free again', async () => {
  const nested = await tryAdvisoryLock(database.db, 'source:a', async () => [
    await tryAdvisoryLock(other.db, 'source:a', () => Promise.resolve('a')),
    await tryAdvisoryLock(other.db, 'source:b', () => Promise.resolve('b')),
  ]);
  expect(nested).toEqual({ acquired: true, value: [{ acquired: false }, { acquired: true, value: 'b' }] });
  expect(await tryAdvisoryLock(other.db, 'source:a', () => Promise.resolve(1))).toEqual({ acquired: true, value: 1 });
});

test('an error inside releases the lock and is passed on', async () => {
  const fail = (): Promise<never> => Promise.reject(new Error('inside'));
  await expect(withAdvisoryLock(database.db, 'source:a', fail)).rejects.toThrow('inside');
  await expect(tryAdvisoryLock(database.db, 'source:a', fail)).rejects.toThrow('inside');
  expect(await tryAdvisoryLock(other.db, 'source:a', () => Promise.resolve(1))).toEqual({ acquired: true, value: 1 });
});

test('the lock dies with the connection that holds it', async () => {
  const killed = withAdvisoryLock(database.db, 'source:a', async (connection) => {
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(connection);
    await sql`select pg_terminate_backend(${rows[0]?.pid ?? 0}, 5000)`.execute(other.db);
    await sql`select 1`.execute(connection);
  });
  await expect(killed).rejects.toThrow();
  expect(await tryAdvisoryLock(other.db, 'source:a', () => Promise.resolve(1))).toEqual({ acquired: true, value: 1 });
});

test('a transaction holds its lock until it ends', async () => {
  const taken = () => other.db.transaction().execute((trx) => tryLockInTransaction(trx, 'release'));
  await database.db.transaction().execute(async (trx) => {
    await lockInTransaction(trx, 'release');
    expect(await taken()).toBe(false);
  });
  expect(await taken()).toBe(true);
});
