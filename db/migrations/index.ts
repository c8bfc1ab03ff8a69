import type { Kysely } from 'kysely';
import * as ledger from './0001_ledger.ts';
import * as referenceTopic from './0002_reference_topic.ts';
import * as answersAsGiven from './0003_answers_as_given.ts';
import * as answerTails from './0004_answer_tails.ts';

/** `name` sorts in the order of the list ('0001_ledger'). A migration that was published is never edited. */
export interface Migration {
  name: string;
  up(db: Kysely<unknown>): Promise<void>;
}

export const migrations: readonly Migration[] = [
  { name: '0001_ledger', up: ledger.up },
  { name: '0002_reference_topic', up: referenceTopic.up },
  { name: '0003_answers_as_given', up: answersAsGiven.up },
  { name: '0004_answer_tails', up: answerTails.up },
];
