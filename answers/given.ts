import { setTimeout } from 'node:timers';
import { answerById, type AnswerToKeep, type GivenAnswer, keepAnswers, keepTails } from '../db/answers.ts';
import type { Database } from '../db/connect.ts';
import type { Instant } from '../transforms/dates.ts';
import { canonicalJson, sha256Hex, textHash } from '../transforms/hash.ts';
import type { AnswerDraft } from './draft.ts';
import { type MetaTail, metaTail } from './meta.ts';
import type { Moment } from './moment.ts';

/** What was asked: the operation and its parameters, defaults filled in, so that it can be asked again. */
export interface AnswerRequest {
  /** 'lookup', 'search', 'duties' … */
  endpoint: string;
  parameters: Readonly<Record<string, unknown>>;
  /** as_of null for answers about publications. */
  moment: { as_of: Moment['as_of'] | null; known_at: Moment['known_at'] };
}

/** The JSON text of `{ data, meta }` in two parts: answers that rest on the same releases share the second. */
export interface AnswerText {
  answer_id: string;
  head: string;
  tail: string;
}

/**
 * Answers that were given, kept for good (docs/adr/0004-given-answers.md). `give` never waits for the database: new answers are written in batches
 * a moment later and found in memory until then. A process that is killed loses at most the batch that was not yet written.
 */
export interface GivenAnswers {
  give<Data>(request: AnswerRequest, draft: AnswerDraft<Data>): AnswerText;
  find(answerId: string): Promise<GivenAnswer | null>;
  /** Writes what is waiting. */
  flush(): Promise<void>;
}

interface Waiting {
  answer: AnswerToKeep;
  end: MetaTail;
}

/** Larger batches hold up the answers that are being given while one is written out. */
const BATCH = 100;
const DELAY_MS = 50;
/** Beyond this many waiting answers (the database refuses to write) the oldest are let go: reading goes on, and `onLoss` is told. */
const LIMIT = 20_000;

export function openGivenAnswers(
  database: Database,
  { clock, onLoss }: { clock: () => Instant; onLoss: (count: number, error: unknown) => void },
): GivenAnswers {
  const waiting = new Map<string, Waiting>();
  /** Ends of answers that are in the database. */
  let keptTails = new WeakSet<MetaTail>();
  let writing: Promise<void> | null = null;
  let timer: NodeJS.Timeout | null = null;

  const writeAll = async (): Promise<void> => {
    while (waiting.size > 0) {
      const batch = [...waiting.values()].slice(0, BATCH);
      try {
        const tails = [...new Set(batch.map(({ end }) => end))].filter((end) => !keptTails.has(end));
        await keepTails(database.db, tails);
        for (const end of tails) keptTails.add(end);
        await keepAnswers(
          database.db,
          batch.map(({ answer }) => answer),
        );
      } catch (error) {
        // Whatever went wrong, what the database holds is not known any more.
        keptTails = new WeakSet();
        const surplus = [...waiting.keys()].slice(0, Math.max(0, waiting.size - LIMIT));
        for (const id of surplus) waiting.delete(id);
        onLoss(surplus.length, error);
        throw error;
      }
      for (const { answer } of batch) waiting.delete(answer.answer_id);
    }
  };
  const flush = (): Promise<void> => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    return (writing ??= writeAll().finally(() => (writing = null)));
  };
  const flushSoon = (): void => {
    if (timer !== null || writing !== null) return;
    timer = setTimeout(() => {
      timer = null;
      // Failures were reported; what could not be written stays in memory and is tried again with the next answer.
      flush().then(
        () => (waiting.size > 0 ? flushSoon() : undefined),
        () => undefined,
      );
    }, DELAY_MS);
    timer.unref();
  };

  return {
    give(request, draft) {
      const { view } = draft;
      const data = JSON.stringify(draft.data);
      const asked = canonicalJson({ ...request.parameters, ...request.moment });
      const response_sha256 = sha256Hex(data);
      const answer_id = answerId(request.endpoint, asked, view.version, response_sha256);
      const head = `{"data":${data},"meta":{"answer_id":"${answer_id}",`;
      const end = metaTail(draft, request.moment);
      if (!waiting.has(answer_id)) {
        const { endpoint } = request;
        const { tail_sha256 } = end;
        const dataset_version = view.version;
        waiting.set(answer_id, {
          answer: {
            answer_id,
            endpoint,
            request: asked,
            head,
            tail_sha256,
            dataset_version,
            response_sha256,
            given_at: clock(),
          },
          end,
        });
        flushSoon();
      }
      return { answer_id, head, tail: end.tail };
    },
    async find(id) {
      const held = waiting.get(id);
      if (held === undefined) return answerById(database.db, id);
      const { request, head, tail_sha256: _shared, ...answer } = held.answer;
      return {
        ...answer,
        request: JSON.parse(request) as Record<string, unknown>,
        response: JSON.parse(head + held.end.tail) as Record<string, unknown>,
      };
    },
    flush,
  };
}

/** The same question to the same version with the same answer has the same id, in every process: 192 bits of a sha256. */
function answerId(endpoint: string, asked: string, version: number, responseSha256: string): string {
  return `ans_${textHash(`${endpoint}\n${asked}\n${version}\n${responseSha256}`).slice(0, 32)}`;
}
