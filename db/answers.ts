import { sql } from 'kysely';
import type { Db } from './connect.ts';

/** An answer as it was given. */
export interface GivenAnswer {
  answer_id: string;
  endpoint: string;
  request: Record<string, unknown>;
  response: Record<string, unknown>;
  dataset_version: number;
  response_sha256: string;
  given_at: string;
}

/** Keeps answers; those that are kept already stay as they were first given. `response` is JSON text. */
export async function keepAnswers(
  db: Db,
  answers: readonly (Omit<GivenAnswer, 'request' | 'response'> & { request: string; response: string })[],
): Promise<void> {
  if (answers.length === 0) return;
  const column = <K extends keyof (typeof answers)[number]>(key: K) => answers.map((answer) => answer[key]);
  await sql`insert into answer (answer_id, endpoint, request, response, dataset_version, response_sha256, given_at)
    select * from unnest(${column('answer_id')}::text[], ${column('endpoint')}::text[], ${column('request')}::jsonb[],
      ${column('response')}::json[], ${column('dataset_version')}::bigint[], ${column('response_sha256')}::text[],
      ${column('given_at')}::timestamptz[])
    on conflict (answer_id) do nothing`.execute(db);
}

export async function answerById(db: Db, answerId: string): Promise<GivenAnswer | null> {
  const { rows } = await sql<GivenAnswer>`select * from answer where answer_id = ${answerId}`.execute(db);
  return rows[0] ?? null;
}
