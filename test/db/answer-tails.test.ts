import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { answerById } from '../../db/answers.ts';
import { migrate } from '../../db/migrate.ts';
import { migrations } from '../../db/migrations/index.ts';
import { testDatabase } from '../support/database.ts';

test('answers kept before their ends were shared read as they were given', async () => {
  const { db } = await testDatabase({ empty: true });
  await migrate(db, migrations.slice(0, 3));
  const given = (id: string, code: string) =>
    `{"data":{"code":"${code}"},"meta":{"answer_id":"${id}","as_of":"2025-03-20","sources":[],"coverage":[]}}`;
  // Text as it was sent, twice with the same end; and one that went through jsonb, whose keys stand in another order.
  const texts: Record<string, string> = {
    ans_a: given('ans_a', '0101210010'),
    ans_b: given('ans_b', '0101210020'),
    ans_c: '{"data": {"code": "0101"}, "meta": {"as_of": "2025-03-20", "answer_id": "ans_c"}}',
  };
  for (const [id, text] of Object.entries(texts)) {
    await sql`insert into answer (answer_id, endpoint, request, response, dataset_version, response_sha256, given_at)
      values (${id}, 'lookup', '{}', ${text}::json, 1, 'digest', '2025-03-20')`.execute(db);
  }
  await migrate(db);
  for (const [id, text] of Object.entries(texts)) {
    expect((await answerById(db, id))?.response).toEqual(JSON.parse(text));
  }
  const { rows } = await sql`select tail from answer_tail`.execute(db);
  expect(rows).toEqual([{ tail: '"as_of":"2025-03-20","sources":[],"coverage":[]}}' }]);
  const sent = await sql`select head || tail as text from answer join answer_tail using (tail_sha256)
    where answer_id = 'ans_b'`.execute(db);
  expect(sent.rows).toEqual([{ text: texts['ans_b'] }]);
});
