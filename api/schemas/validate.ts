import { z } from 'zod';
import { asOf, envelope, knownAt } from './common.ts';
import { country, currency } from './reference.ts';

/** Lenient where the answer is about the input: a text that is no code is judged, not refused. */
export const validateBody = z.strictObject({
  code: z.string().max(64).describe('The code to judge, as it was typed.'),
  destination: country.describe('Where the goods enter: US, GB, XI, EU or a member state, NO, CA.'),
  origin: country.optional().describe('Country of origin, for traps and documents.'),
  description: z.string().max(2000).optional().describe('The goods in words.'),
  declared_value: z
    .strictObject({ amount: z.string().max(30), currency: z.union([currency, z.string().max(10)]) })
    .optional()
    .describe('Decimal string with its currency.'),
  as_of: asOf,
  known_at: knownAt,
  strict_status: z.boolean().default(false).describe('422 instead of 200 when the verdict is fail.'),
});

const findingSchema = z
  .object({
    rule: z.string(),
    status: z.enum(['pass', 'warn', 'fail', 'not_evaluated']),
    message: z.string(),
    details: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'Finding' });

export const validateAnswer = envelope(
  z
    .object({
      code: z.string(),
      formatted: z.string().nullable(),
      destination: z.string(),
      origin: z.string().nullable(),
      verdict: z.enum(['pass', 'warn', 'fail']),
      complete: z.boolean().describe('False when a rule could not be evaluated: a pass then covers less'),
      findings: z.array(findingSchema),
      matched: z
        .object({ code: z.string(), formatted: z.string(), declarable: z.boolean(), path: z.array(z.string()) })
        .nullable()
        .describe(
          "The line of the destination's tariff at the code, or the nearest one above it, with the lines above it",
        ),
    })
    .meta({ id: 'Validation' }),
);
