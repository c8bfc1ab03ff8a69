import { z } from 'zod';
import { asOf, cursor, envelope, jurisdiction, knownAt, limit } from './common.ts';

const WORDS_FORM = 'words of a description, or at least two digits of a code; 200 characters at most';

export const searchQuery = z.strictObject({
  q: z
    .string(WORDS_FORM)
    .min(1, WORDS_FORM)
    .max(200, WORDS_FORM)
    .refine((text) => !text.includes('\0'), WORDS_FORM)
    .describe('Words, or a fragment of a code.'),
  jurisdiction: jurisdiction.default('US'),
  as_of: asOf,
  known_at: knownAt,
  limit: limit(100, 20),
  cursor,
});

export const searchAnswer = envelope(
  z
    .object({
      query: z.string(),
      jurisdiction: z.string(),
      by: z.enum(['code', 'words']),
      words: z.array(z.string()),
      results: z.array(
        z.object({
          code: z.string(),
          formatted: z.string(),
          description: z.string(),
          path: z.array(z.string()),
          declarable: z.boolean(),
          matched: z.int().nullable(),
          release: z.int(),
        }),
      ),
    })
    .meta({ id: 'Search' }),
);
