import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { isLocked, lockInTransaction, tryAdvisoryLock } from '../../db/locks.ts';
import { testDatabase } from '../support/database.ts';

const database = await testDatabase();
const other = database.open();

test('only one holder at a time, across pools; in a transaction the others wait', async () => {
  let inside = 0;
  let most = 0;
  const handles = Array.from({ length: 12 }, () => database.open(1));
  await Promise.all(
    handles.map(({ db }) =>
      db.transaction().execute(async (trx) => {
        await lockInTransaction(trx, 'release');
        most = Math.max(most, ++inside);
        await sql`select pg_sleep(0.005)`.execute(database.db);
        inside--;
      }),
    ),
  );
  expect(most).toBe(1);
});

test('a second holder is turned away, another name is free, and afterwards it is free again', async () => {
  const nested = await tryAdvisoryLock(database.db, 'source:a', async () => [
    await tryAdvisoryLock(other.db, 'source:a', () => Promise.resolve('a')),
    await tryAdvisoryLock(other.db, 'source:b', () => Promise.resolve('b')),
  ]);
  expect(nested).toEqual({ acquired: true, value: [{ acquired: false }, { acquired: true, value: 'b' }] });
  expect(await tryAdvisoryLock(other.db, 'source:a', () => Promise.resolve(1))).toEqual({ acquired: true, value: 1 });
});

test('an error inside releases the lock and is passed on', async () => {
  const fail = (): Promise<never> => Promise.reject(new Error('inside'));
  await expect(tryAdvisoryLock(database.db, 'source:a', fail)).rejects.toThrow('inside');
  expect(await tryAdvisoryLock(other.db, 'source:a', () => Promise.resolve(1))).toEqual({ acquired: true, value: 1 });
});

test('the lock dies with the connection that holds it', async () => {
  const killed = tryAdvisoryLock(database.db, 'source:a', async (connection) => {
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(connection);
    await sql`select pg_terminate_backend(${rows[0]?.pid ?? 0}, 30000)`.execute(other.db);
    await sql`select 1`.execute(connection);
  });
  await expect(killed).rejects.toThrow();
  expect(await tryAdvisoryLock(other.db, 'source:a', () => Promise.resolve(1))).toEqual({ acquired: true, value: 1 });
});

test('who looks sees it held by any session, of a run or of a transaction, and does not take it', async () => {
  expect(await isLocked(other.db, 'source:a')).toBe(false);
  await tryAdvisoryLock(database.db, 'source:a', async () => {
    expect(await isLocked(other.db, 'source:a')).toBe(true);
    expect(await isLocked(other.db, 'source:b')).toBe(false);
  });
  await database.db.transaction().execute(async (trx) => {
    await lockInTransaction(trx, 'release');
    expect(await isLocked(other.db, 'release')).toBe(true);
  });
  expect([await isLocked(other.db, 'source:a'), await isLocked(other.db, 'release')]).toEqual([false, false]);
});
