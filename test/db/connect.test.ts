import { sql } from 'kysely';
import pg from 'pg';
import { expect, test } from 'vitest';
import { openDatabase, withConnection } from '../../db/connect.ts';
import { testDatabase } from '../support/database.ts';

const database = await testDatabase();

async function read(expression: string): Promise<unknown> {
  const result = await sql<{ value: unknown }>`select ${sql.raw(expression)} as value`.execute(database.db);
  return result.rows[0]?.value;
}

test.each([
  [`date '2026-01-01'`, '2026-01-01'],
  [`date 'infinity'`, 'infinity'],
  [`0.10::numeric`, '0.10'],
  [`123456789012345678901234567890.123456789::numeric`, '123456789012345678901234567890.123456789'],
  [`'NaN'::numeric`, 'NaN'],
  [`9007199254740991::int8`, 9007199254740991],
  [`count(*)`, 1],
  [`timestamptz '2026-07-01 02:00:00+02'`, '2026-07-01T00:00:00.000Z'],
  [`timestamptz '2026-07-01 00:00:00.1+00'`, '2026-07-01T00:00:00.100Z'],
  [`timestamptz '2026-07-01 00:00:00.123999+00'`, '2026-07-01T00:00:00.123Z'],
  [`timestamptz '1850-01-01 00:00:00+00'`, '1850-01-01T00:00:00.000Z'],
  [`array[date '2026-01-01', null]`, ['2026-01-01', null]],
  [`array[0.10, 20]::numeric[]`, ['0.10', '20']],
  [`array[1, 2]::int8[]`, [1, 2]],
  [`array[timestamptz '2026-07-01 00:00:00+00']`, ['2026-07-01T00:00:00.000Z']],
  [`array[array['a,"b'], array[null]]`, [['a,"b'], [null]]],
  [`'{"a":[1]}'::jsonb`, { a: [1] }],
])('%s is read as %j', async (expression, expected) => {
  expect(await read(expression)).toEqual(expected);
});

test('an integer that a number cannot hold is an error, never a rounded number', async () => {
  await expect(read('9007199254740993::int8')).rejects.toThrow(RangeError);
});

test("pg's own parsers stay as they were", async () => {
  const client = new pg.Client({ connectionString: database.connectionString });
  await client.connect();
  const result = await client.query<{ id: unknown }>('select 1::int8 as id');
  await client.end();
  expect(result.rows[0]?.id).toBe('1');
});

test('sessions speak UTC whatever the database says', async () => {
  await sql`alter role current_user in database ${sql.id(new URL(database.connectionString).pathname.slice(1))} set timezone = 'Asia/Tokyo'`.execute(
    database.db,
  );
  const fresh = database.open();
  const result = await sql<{ at: string }>`select timestamptz '2026-01-01 00:00:00Z' as at`.execute(fresh.db);
  expect(result.rows[0]?.at).toBe('2026-01-01T00:00:00.000Z');
});

test('a connection lent to code that throws is not used again', async () => {
  const { pool, close } = openDatabase({ connectionString: database.connectionString, maxConnections: 1 });
  const failed = withConnection(pool, async (client) => {
    await client.query('begin');
    await client.query('create temp table left_over (id int)');
    throw new Error('inside');
  });
  await expect(failed).rejects.toThrow('inside');
  const left = await pool.query<{ left: string | null }>(`select to_regclass('left_over')::text as left`);
  expect(left.rows[0]?.left).toBeNull();
  await close();
});

test('a connection that the server ends while idle does not end us', async () => {
  const { pool, close } = openDatabase({ connectionString: database.connectionString, maxConnections: 1 });
  const { rows } = await pool.query<{ pid: number }>('select pg_backend_pid() as pid');
  await sql`select pg_terminate_backend(${rows[0]?.pid ?? 0}, 30000)`.execute(database.db);
  await expect.poll(() => pool.totalCount).toBe(0);
  expect((await pool.query('select 1')).rowCount).toBe(1);
  await close();
});
