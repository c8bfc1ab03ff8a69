import fc from 'fast-check';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { withConnection } from '../../db/connect.ts';
import { copyInto, type CopyRow } from '../../db/copy.ts';
import { testDatabase } from '../support/database.ts';

const database = await testDatabase({ empty: true });
await sql`create table copied (
  row_no int, label text collate "C", many text[], nested text[], data jsonb, amount numeric, big bigint, yes boolean, numbers int[], day date
)`.execute(database.db);
const columns = [
  'row_no',
  'label',
  'many',
  'nested',
  { name: 'data', json: true as const },
  'amount',
  'big',
  'yes',
  'numbers',
  'day',
];

async function roundTrip(rows: readonly CopyRow[]): Promise<unknown[][]> {
  return withConnection(database.pool, async (client) => {
    await client.query('truncate copied');
    expect(await copyInto(client, 'public.copied', columns, rows)).toBe(rows.length);
    const result = await client.query<unknown[]>({ text: 'select * from copied order by row_no', rowMode: 'array' });
    return result.rows;
  });
}

// Text PostgreSQL can hold (no NUL), weighted towards what the format gives a meaning.
const special = fc.constantFrom(
  '\\',
  '\t',
  '\n',
  '\r',
  '\\.',
  '\\N',
  '\\n',
  '\n\\.\n',
  'NULL',
  'null',
  '"',
  "'",
  ',',
  '{',
  '}',
  '{}',
  ' ',
  '',
  '\b',
  '\f',
  '\v',
  '\u0001',
  '\u2028',
  '€',
  '😀',
  'ß',
);
const text = fc
  .array(fc.oneof(special, fc.string({ unit: 'binary', maxLength: 4 })), { maxLength: 6 })
  .map((parts) => parts.join('').replaceAll('\0', ''));
const jsonText = text.map((value) => value.replace(/[\uD800-\uDFFF]/gu, ''));
const json = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    jsonText,
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(jsonText, tie('value'), { maxKeys: 3, noNullPrototype: true }),
  ),
})).value;
const array = fc.array(fc.option(text), { maxLength: 4 });

test('whatever goes in comes out', async () => {
  const row = fc.tuple(
    fc.option(text),
    fc.option(array),
    fc.option(
      fc.tuple(text, text, text, text).map(([a, b, c, d]) => [
        [a, b],
        [c, d],
      ]),
    ),
    // JSON null at the top is SQL null.
    fc.option(json.filter((value) => value !== null)),
    fc.option(fc.constantFrom('0.165', '-12345678901234567890.123456789', '0')),
    fc.option(fc.maxSafeInteger()),
    fc.option(fc.boolean()),
    fc.option(fc.array(fc.option(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })), { maxLength: 4 })),
    fc.option(fc.constantFrom('2026-02-28', '1988-01-01')),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 30 }), async (rows) => {
      const numbered = rows.map((values, index) => [index, ...values]);
      expect(await roundTrip(numbered)).toEqual(numbered);
    }),
    { numRuns: 150 },
  );
});

test('a line that is the end marker, a lone null marker and every separator stay text', async () => {
  const values = ['\\.', '\\N', '\\', 'a\tb', 'a\nb', 'a\r\nb', '\\t', ''];
  const rows = values.map((value, index) => [index, value, values, null, values, null, null, null, null, null]);
  expect(await roundTrip(rows)).toEqual(rows);
});

test('an async source of more rows than any buffer holds arrives whole and in bounded memory', async () => {
  const total = 300_000;
  let made = 0;
  async function* rows(): AsyncGenerator<CopyRow> {
    const filler = 'x'.repeat(100);
    for (; made < total; made++) {
      if (made % 1000 === 0) await Promise.resolve();
      yield [made, filler];
    }
  }
  await withConnection(database.pool, async (client) => {
    await client.query('truncate copied');
    expect(await copyInto(client, 'copied', ['row_no', 'label'], rows())).toBe(total);
    const result = await client.query<{ sum: number }>('select sum(row_no)::int8 as sum from copied');
    expect(result.rows[0]?.sum).toBe((total * (total - 1)) / 2);
  });
});

test('a server that does not take rows stops the source', async () => {
  let made = 0;
  function* rows(): Generator<CopyRow> {
    for (; made < 2_000_000; made++) yield [made, 'y'.repeat(100)];
  }
  await withConnection(database.pool, async (holder) => {
    await holder.query('begin');
    await holder.query('lock table copied in access exclusive mode');
    const copying = withConnection(database.pool, (client) => copyInto(client, 'copied', ['row_no', 'label'], rows()));
    copying.catch(() => undefined);
    // Other test files copy into databases of their own on the same server.
    const waiting = `from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock' and query like 'copy%'`;
    // Wait until the copy is queued behind the lock, then until the source stands still: buffers are full.
    await expect.poll(async () => (await database.pool.query(`select 1 ${waiting}`)).rowCount).toBe(1);
    let before = -1;
    while (before !== made) {
      before = made;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    expect(made).toBeLessThan(500_000);
    await database.pool.query(`select pg_cancel_backend(pid) ${waiting}`);
    await expect(copying).rejects.toThrow(/cancel/);
    await holder.query('rollback');
  });
});

test.each([
  ['undefined', [1, undefined], /undefined/],
  ['NaN, which numeric would accept', [NaN, 'a'], /NaN/],
  ['infinity', [Infinity, 'a'], /Infinity/],
  ['an object outside a json column', [1, {}], /object/],
  ['broken UTF-16', [1, 'a\uD800b'], /surrogate/],
  ['a row that is too short', [1], /1 values for 2 columns/],
])('%s is refused, nothing is stored and the connection still works', async (_what, bad, message) => {
  const client = await database.pool.connect();
  try {
    await client.query('truncate copied');
    await expect(copyInto(client, 'copied', ['row_no', 'label'], [[0, 'good'], bad])).rejects.toThrow(message);
    const left = await client.query<{ count: number }>('select count(*) from copied');
    expect(left.rows[0]?.count).toBe(0);
  } finally {
    client.release();
  }
});

test('an error of the source and an error of the server both surface, and the connection still works', async () => {
  const client = await database.pool.connect();
  try {
    function* failing(): Generator<CopyRow> {
      yield [1, 'a'];
      throw new Error('source broke');
    }
    await expect(copyInto(client, 'copied', ['row_no', 'label'], failing())).rejects.toThrow('source broke');
    await expect(copyInto(client, 'copied', ['row_no', 'label'], [['word', 'a']])).rejects.toThrow(
      /invalid input syntax/,
    );
    await expect(copyInto(client, 'nowhere', ['a'], [['b']])).rejects.toThrow(/does not exist/);
    await expect(copyInto(client, 'copied', ['label'], [['nul \0 byte']])).rejects.toThrow();
    expect((await client.query('select 1')).rowCount).toBe(1);
  } finally {
    client.release();
  }
});
