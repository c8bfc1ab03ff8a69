import type { GivenAnswer } from '../db/answers.ts';
import { sha256Hex } from '../transforms/hash.ts';
import type { AnswerDraft } from './draft.ts';
import type { GivenAnswers } from './given.ts';
import type { LedgerViews } from './ledger-view.ts';
import type { Moment } from './moment.ts';
import { Problem } from './problem.ts';

/** Answers an earlier question again, by endpoint; parameters are those of `AnswerRequest`. */
export type AskAgain = Readonly<
  Record<string, (parameters: Readonly<Record<string, unknown>>, moment: Moment) => Promise<AnswerDraft<unknown>>>
>;

export interface StoredAnswer extends GivenAnswer {
  /** How the newest version would answer the same question, with the same dates. */
  later: {
    dataset_version: number;
    /** Null for endpoints that are not asked again. */
    differs: boolean | null;
    /** Why there is no answer any more. */
    problem: string | null;
  };
}

/** A given answer, and whether a later release would answer differently. Throws Problem not-found. */
export async function storedAnswer(
  deps: { given: GivenAnswers; views: LedgerViews; askAgain: AskAgain },
  answerId: string,
): Promise<StoredAnswer> {
  const answer = await deps.given.find(answerId);
  if (!answer) {
    throw new Problem('not-found', `No answer ${answerId} was given here.`, {
      errors: [{ field: 'answer_id', message: 'the answer_id of an answer, unchanged' }],
    });
  }
  return { ...answer, later: await later(deps, answer) };
}

async function later(
  { views, askAgain }: { views: LedgerViews; askAgain: AskAgain },
  answer: GivenAnswer,
): Promise<StoredAnswer['later']> {
  const { version } = await views.current();
  const again = askAgain[answer.endpoint];
  const { as_of, known_at, ...parameters } = answer.request;
  if (version === answer.dataset_version) return { dataset_version: version, differs: false, problem: null };
  if (!again || typeof as_of !== 'string') return { dataset_version: version, differs: null, problem: null };
  try {
    const draft = await again(parameters, { as_of, known_at: typeof known_at === 'string' ? known_at : null });
    const differs = sha256Hex(JSON.stringify(draft.data)) !== answer.response_sha256;
    return { dataset_version: draft.view.version, differs, problem: null };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { dataset_version: version, differs: true, problem: error.message };
  }
}
