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

/** The end of an answer, shared with others. */
export interface AnswerTail {
  tail_sha256: string;
  tail: string;
}

export interface AnswerToKeep extends Omit<GivenAnswer, 'request' | 'response'> {
  /** JSON text. */
  request: string;
  /** JSON text up to where the tail begins. */
  head: string;
  tail_sha256: string;
}

/** Tails are kept before the answers that end with them. */
export async function keepTails(db: Db, tails: readonly AnswerTail[]): Promise<void> {
  if (tails.length === 0) return;
  await sql`insert into answer_tail (tail_sha256, tail)
    select * from unnest(${tails.map(({ tail_sha256 }) => tail_sha256)}::text[], ${tails.map(({ tail }) => tail)}::text[])
    on conflict (tail_sha256) do nothing`.execute(db);
}

/** Keeps answers; those that are kept already stay as they were first given. */
export async function keepAnswers(db: Db, answers: readonly AnswerToKeep[]): Promise<void> {
  if (answers.length === 0) return;
  // One JSON text: the driver escapes arrays of text letter by letter, which took longer than giving the answers.
  await sql`insert into answer (answer_id, endpoint, request, head, tail_sha256, dataset_version, response_sha256, given_at)
    select answer_id, endpoint, request::jsonb, head, tail_sha256, dataset_version, response_sha256, given_at
    from json_to_recordset(${JSON.stringify(answers)}::json) as given(answer_id text, endpoint text, request text, head text, tail_sha256 text,
      dataset_version bigint, response_sha256 text, given_at timestamptz)
    on conflict (answer_id) do nothing`.execute(db);
}

/** The answer as it was given; null when none has this id. */
export async function answerById(db: Db, answerId: string): Promise<GivenAnswer | null> {
  const { rows } = await sql<GivenAnswer>`
    select answer_id, endpoint, request, (head || coalesce(tail, ''))::json as response, dataset_version, response_sha256, given_at
    from answer left join answer_tail using (tail_sha256) where answer_id = ${answerId}`.execute(db);
  return rows[0] ?? null;
}
