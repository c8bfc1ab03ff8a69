import { z } from 'zod';
import { FEE_JURISDICTIONS } from '../../answers/reference/fees.ts';
import { RATE_KINDS } from '../../answers/reference/published-rates.ts';
import { QUOTA_STATES } from '../../answers/reference/quotas.ts';
import { orderData } from '../../transforms/reference/order.ts';
import { feeData, feeExemptionData } from '../../transforms/reference/fee.ts';
import { importThresholdData } from '../../transforms/reference/import-threshold.ts';
import { pgaFlagData } from '../../transforms/reference/pga-flag.ts';
import { countryOfName, isCountry } from '../../transforms/areas.ts';
import { isCurrency } from '../../transforms/currencies.ts';
import { asOf, codeParameter, date, envelope, knownAt } from './common.ts';
import { orderCandidate } from './order-candidate.ts';

/** What customs and tax forms write although ISO 3166-1 does not assign it. */
const HABITS: Readonly<Record<string, string>> = {
  UK: 'the United Kingdom is GB, Northern Ireland XI',
  EL: 'Greece is GR',
  AN: 'the Netherlands Antilles are CW, SX and BQ',
};
function meant(form: string, code: string): string {
  const habit = HABITS[code];
  return habit === undefined ? form : `${form}; ${habit}`;
}

const COUNTRY_FORM = 'ISO 3166-1 alpha-2, capitals (CN)';
export const country = z
  .string(COUNTRY_FORM)
  .regex(/^[A-Z]{2}$/, { error: COUNTRY_FORM, abort: true })
  // A country that does not exist would be outside of every group, and so pay no additional duty at all.
  .refine(isCountry, {
    error: ({ input }) => meant('an assigned ISO 3166-1 alpha-2 code (CN)', String(input)),
  });
const CURRENCY_FORM = 'ISO 4217, capitals (EUR)';
export const currency = z
  .string(CURRENCY_FORM)
  .regex(/^[A-Z]{3}$/, { error: CURRENCY_FORM, abort: true })
  .refine(isCurrency, 'an ISO 4217 code of a currency (EUR)');

const dates = { as_of: asOf, known_at: knownAt };
const absence = z.enum(['none', 'unknown']).describe('What an empty list says');
const periods = z.array(z.object({ from: date, to: date }));

export const ordersQuery = z.strictObject({
  code: codeParameter,
  origin: country.describe('Country of origin.'),
  ...dates,
});
export const ordersAnswerSchema = envelope(
  z
    .object({
      code: z.string(),
      formatted: z.string(),
      origin: z.string(),
      candidates: z.array(orderCandidate),
      unchecked_orders_for_country: z.int().describe('Orders of this origin whose tariff numbers are not known'),
      unchecked: z.array(
        z.object({ case_number: z.string(), kind: orderData.shape.kind, product: z.string().nullable() }),
      ),
      confidence: z.literal('possible'),
      absence_means: absence,
      duty: z.null(),
      entry: z.object({ type: z.literal('03'), text: z.string() }).nullable(),
    })
    .meta({ id: 'Orders' }),
);

export const pgaFlagsQuery = z.strictObject({ code: codeParameter, ...dates });
const flag = {
  agency: z.string(),
  flag: z.string().nullable(),
  program: z.string(),
  requirement: pgaFlagData.shape.requirement,
  authority: pgaFlagData.shape.authority,
  flag_source: pgaFlagData.shape.flag_source,
  definition: z.string().nullable(),
  disclaim: z.array(z.string()).nullable(),
  stale: z.boolean().nullable().describe('No line of the schedule of that date has the number'),
  source: z.string(),
  release: z.int(),
};
export const pgaFlagsAnswerSchema = envelope(
  z
    .object({
      code: z.string(),
      formatted: z.string(),
      in_schedule: z.boolean().nullable(),
      flags: z.array(
        z.object({
          ...flag,
          code: z.string(),
          formatted: z.string(),
          description: z.string().nullable(),
          notes: z.array(z.string()),
        }),
      ),
      flags_below: z.array(z.object({ ...flag, codes: z.array(z.string()) })),
      unlisted_agencies: z.array(z.string()),
      absence_means: z.literal('unknown'),
      absence_reason: z.string(),
    })
    .meta({ id: 'PgaFlags' }),
);

const COUNTRY_OR_NAME = 'ISO 3166-1 alpha-2 (CN), or an English country name';
export const quotasQuery = z.strictObject({
  code: codeParameter.optional(),
  country: z
    .string(COUNTRY_OR_NAME)
    .min(2, COUNTRY_OR_NAME)
    .max(60, COUNTRY_OR_NAME)
    .superRefine((text, context) => {
      // One that does not exist would be given the quotas of all other countries.
      const code = text.toUpperCase();
      const known = text.length === 2 ? isCountry(code) : countryOfName(text) !== null;
      if (!known) context.addIssue({ code: 'custom', message: meant(COUNTRY_OR_NAME, code) });
    })
    .optional()
    .describe(COUNTRY_OR_NAME),
  status: z.enum(QUOTA_STATES, `one of ${QUOTA_STATES.join(', ')}`).optional(),
  jurisdiction: z.enum(['US', 'EU', 'GB'], 'one of US, EU, GB').optional(),
  ...dates,
});
export const quotasAnswerSchema = envelope(
  z
    .object({
      quotas: z.array(
        z.object({
          jurisdiction: z.string(),
          quota: z.string(),
          name: z.string().nullable(),
          country: z.string().nullable(),
          period: z.object({ from: date, to: date.nullable(), label: z.string().nullable() }),
          status: z.enum(QUOTA_STATES),
          limit: z.string(),
          entered: z.string().nullable(),
          balance: z.string().nullable(),
          share: z.string().nullable(),
          unit: z.string(),
          filled_on: date.nullable(),
          codes: z.array(z.string()),
          blocked: periods,
          stated_as_of: date.nullable(),
          source: z.string(),
          release: z.int(),
        }),
      ),
      absence_means: absence,
      not_by_code: z.array(z.string()),
    })
    .meta({ id: 'Quotas' }),
);

export const feesQuery = z.strictObject({
  jurisdiction: z
    .enum(FEE_JURISDICTIONS as [string, ...string[]], `one of ${FEE_JURISDICTIONS.join(', ')}`)
    .default('US'),
  ...dates,
});
const stated = { valid_from: date, valid_to: date.nullable(), source: z.string(), release: z.int() };
export const feesAnswerSchema = envelope(
  z
    .object({
      jurisdiction: z.string(),
      fees: z.array(z.object({ ...feeData.shape, ...stated })),
      exemptions: z.array(z.object({ ...feeExemptionData.shape, ...stated })),
      thresholds: z.array(z.object({ ...importThresholdData.shape, ...stated, subject: z.string() })),
      absence_means: absence,
    })
    .meta({ id: 'Fees' }),
);

export const exchangeRatesQuery = z.strictObject({
  from: currency,
  to: currency,
  date: asOf.describe('The date whose rate is asked for (default: today, UTC). YYYY-MM-DD.'),
  as_of: asOf.describe('The same as date.'),
  kind: z
    .enum(RATE_KINDS, `one of ${RATE_KINDS.join(', ')}`)
    .optional()
    .describe('Default: every kind published for the date.'),
  known_at: knownAt,
});
export const exchangeRatesAnswerSchema = envelope(
  z
    .object({
      from: z.string(),
      to: z.string(),
      date,
      rates: z.array(
        z.object({
          kind: z.enum(RATE_KINDS),
          rate: z.string(),
          used: z.array(
            z.object({
              base: z.string(),
              quote: z.string(),
              rate: z.string(),
              source: z.string(),
              valid_from: date,
              valid_to: date.nullable(),
              release: z.int(),
            }),
          ),
        }),
      ),
    })
    .meta({ id: 'ExchangeRates' }),
);

export const factsAnswerSchema = envelope(
  z.array(
    z
      .object({
        name: z.string(),
        type: z.enum(['boolean', 'string', 'date', 'decimal', 'string[]']),
        values: z.array(z.string()).nullable(),
        description: z.string(),
        unit: z.enum(['share', 'money']).nullable(),
        destinations: z.array(z.enum(['US', 'EU', 'GB'])),
        asked_by: z.array(z.string()),
        undeclared: z.string(),
      })
      .meta({ id: 'Fact' }),
  ),
);
