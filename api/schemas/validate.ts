import { z } from 'zod';
import { asOf, envelope, knownAt } from './common.ts';
import { country } from './reference.ts';

const TYPED_FORM = 'the code as text, 64 characters at most ("6109.10.00")';
const WORDS_FORM = 'text, 2000 characters at most';
const VALUE_FORM = 'an object {"amount": "1250.00", "currency": "EUR"}';
const AMOUNT_FORM = 'a decimal amount ("1250.00")';
const CURRENCY_FORM = 'ISO 4217, capitals (EUR)';
const STRICT = '422 instead of 200 when the verdict is fail.';

/** Lenient where the answer is about the input: a text that is no code is judged, not refused. */
export const validateBody = z.strictObject({
  code: z.string(TYPED_FORM).max(64, TYPED_FORM).describe('The code to judge, as it was typed.'),
  destination: country.describe('Where the goods enter: US, GB, XI, EU or a member state, NO, CA.'),
  origin: country.optional().describe('Country of origin, for traps and documents.'),
  description: z.string(WORDS_FORM).max(2000, WORDS_FORM).optional().describe('The goods in words.'),
  declared_value: z
    .strictObject(
      {
        amount: z.union([z.string().max(30, AMOUNT_FORM), z.number()], AMOUNT_FORM).transform(String),
        currency: z.string(CURRENCY_FORM).max(10),
      },
      VALUE_FORM,
    )
    .optional()
    .describe('Decimal string with its currency.'),
  as_of: asOf,
  known_at: knownAt,
  strict_status: z.boolean('true or false').default(false).describe(STRICT),
});

/** The one member that says how to answer and not what: it may stand in the address too. */
export const validateQuery = z.strictObject({
  strict_status: z.enum(['true', 'false'], 'true or false').optional().describe(STRICT),
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
