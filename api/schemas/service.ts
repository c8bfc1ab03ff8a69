import { z } from 'zod';
import { date, instant, meta } from './common.ts';

export const healthAnswer = z.object({ status: z.literal('ok') }).meta({ id: 'Health' });
export const readyAnswer = z.object({ status: z.literal('ready'), dataset_version: z.int() }).meta({ id: 'Ready' });

export const statusAnswer = z.object({
  data: z.object({
    today: date,
    dataset_version: z.int(),
    stale: z.array(z.string()).describe('Sources whose newest data is older than their cadence explains'),
    sources: z.array(
      z
        .object({
          id: z.string(),
          jurisdiction: z.string(),
          title: z.string(),
          releases: z.int(),
          last_release: z
            .object({
              id: z.int(),
              label: z.string(),
              published_at: instant,
              data_as_of: date,
              loaded_at: instant,
              age_days: z.int(),
            })
            .nullable(),
          fresh_until: date.nullable(),
          stale: z.boolean(),
          last_run: z
            .object({
              id: z.int(),
              state: z.string(),
              message: z.string().nullable(),
              started_at: instant,
              finished_at: instant.nullable(),
            })
            .nullable(),
          next_run_at: instant.nullable(),
          quarantines: z.int(),
          open_issues: z.object({ errors: z.int(), warnings: z.int() }),
        })
        .meta({ id: 'SourceStatus' }),
    ),
  }),
  meta: z.object({ known_at: instant, dataset_version: z.int() }),
});

export const answerParams = z.object({
  answer_id: z
    .string()
    .regex(/^ans_[A-Za-z0-9_-]{16,64}$/, "'ans_' and the characters that follow it in meta.answer_id"),
});

export const storedAnswerAnswer = z.object({
  data: z
    .object({
      answer_id: z.string(),
      endpoint: z.string(),
      request: z.record(z.string(), z.unknown()),
      response: z.record(z.string(), z.unknown()),
      dataset_version: z.int(),
      response_sha256: z.string(),
      given_at: instant,
      later: z.object({ dataset_version: z.int(), differs: z.boolean().nullable(), problem: z.string().nullable() }),
    })
    .meta({ id: 'GivenAnswer' }),
  meta,
});
