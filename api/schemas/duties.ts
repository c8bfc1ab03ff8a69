import { z } from 'zod';
import { DUTY_CODE_FORM } from '../../answers/duty/question.ts';
import { ADDITIONAL_CODE_FORM, isAdditionalCodes } from '../../transforms/stacking/fact-form.ts';
import { asOf, codeParameter, date, envelope, knownAt } from './common.ts';
import { unlistedCode } from './unlisted-code.ts';
import { facts, money, quantities } from './landed-cost.ts';
import { candidateOrder } from './order-candidate.ts';
import { country, currency } from './reference.ts';

const code = codeParameter.describe(`A tariff code: ${DUTY_CODE_FORM}.`);
const destination = country.describe('US, GB, XI (Northern Ireland), EU or a member state.');
const origin = country.describe('Country of origin.');

const preference = z.string().max(10).optional().describe('Programme symbol or preference code claimed.');
const additionalCode = z
  .string()
  .max(60, ADDITIONAL_CODE_FORM)
  .refine(isAdditionalCodes, ADDITIONAL_CODE_FORM)
  .optional()
  .describe(`Additional codes of the goods: ${ADDITIONAL_CODE_FORM}.`);

/** GET takes the facts that fit into an address; everything else is declared with POST. */
export const dutyQuery = z.strictObject({
  code,
  destination: destination.default('US'),
  origin,
  as_of: asOf,
  known_at: knownAt,
  customs_value: money.optional().describe('Customs value, for amounts.'),
  currency: currency.default('USD').describe('Currency of the customs value.'),
  preference,
  additional_code: additionalCode,
});

export const dutyBody = z.strictObject({
  code,
  destination,
  origin,
  as_of: asOf,
  known_at: knownAt,
  customs_value: z.strictObject({ amount: money, currency }).optional(),
  quantities: quantities.optional(),
  transport_mode: z.string().max(20).optional(),
  facts: facts.optional(),
});
export type DutyBody = z.infer<typeof dutyBody>;

export const historyQuery = z.strictObject({
  code,
  destination: destination.default('US'),
  origin,
  from: asOf.describe('First date of law (default: 2025-01-01).'),
  to: asOf.describe('Last date of law (default: today).'),
  known_at: knownAt,
  preference,
  additional_code: additionalCode,
});

const total = z
  .object({
    status: z.enum(['complete', 'lower_bound', 'not_computable']),
    ad_valorem_rate: z.string().nullable().describe('Sum of the applied ad valorem parts, a fraction'),
    amount: z.string().nullable(),
    currency: z.string().nullable(),
    missing: z.array(z.string()).describe('Facts or quantities that would settle it'),
  })
  .meta({ id: 'DutyTotal' });

const essentials = {
  program: z.string(),
  heading: z.string().nullable(),
  code: z.string(),
  effect: z.string(),
  status: z.enum(['applied', 'suppressed', 'available', 'undetermined', 'excluded']),
  expression: z.string().nullable().describe('As printed'),
  rate: z.string().nullable(),
  amount: z.string().nullable(),
  reason: z.string().nullable(),
};

const component = z
  .object({
    ...essentials,
    family: z.string(),
    measure_type: z.string(),
    duty: z.record(z.string(), z.unknown()).nullable(),
    suppressed_by: z.object({ program: z.string(), heading: z.string().nullable(), note: z.string() }).nullable(),
    needs: z.array(z.string()),
    legal_base: z.object({ citation: z.string(), url: z.string().nullable() }).nullable(),
    valid_from: date.nullable(),
    valid_to: date.nullable(),
    needs_review: z.boolean(),
    source: z.object({ source_id: z.string(), release: z.int(), label: z.string() }).nullable(),
  })
  .meta({ id: 'DutyComponent' });

export const dutyAnswer = envelope(
  z
    .object({
      code: z.string(),
      formatted: z.string(),
      destination: z.string(),
      origin: z.string(),
      declarable: z.boolean().nullable(),
      unlisted: unlistedCode.nullable(),
      description: z.string().nullable(),
      total,
      components: z.array(component),
      differing_lines: z.array(
        z.object({
          code: z.string(),
          formatted: z.string(),
          description: z.string(),
          ad_valorem_rate: z.string().nullable(),
          status: z.string(),
        }),
      ),
      candidate_orders: z.array(candidateOrder),
      requirements: z.array(z.record(z.string(), z.unknown())),
    })
    .meta({ id: 'Duty' }),
);

const step = z.object({
  program: z.string(),
  heading: z.string().nullable(),
  rate: z.string().nullable(),
  citation: z.string().nullable(),
  url: z.string().nullable(),
});

export const historyAnswer = envelope(
  z
    .object({
      code: z.string(),
      formatted: z.string(),
      destination: z.string(),
      origin: z.string(),
      from: date,
      to: date,
      rows: z.array(
        z.object({
          from: date,
          to: date
            .nullable()
            .describe('Exclusive; null: nothing changes up to the last date asked for. What follows is not told'),
          total,
          components: z.array(z.object(essentials)),
          started: z.array(step),
          ended: z.array(step),
        }),
      ),
    })
    .meta({ id: 'DutyHistory' }),
);
