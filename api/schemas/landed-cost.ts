import { z } from 'zod';
import { conflictingQuantities } from '../../transforms/duty/quantity-conflict.ts';
import { factFault } from '../../transforms/stacking/fact-form.ts';
import { FACTS } from '../../transforms/stacking/facts.ts';
import { asOf, codeParameter, date, envelope, knownAt } from './common.ts';
import { candidateOrder } from './order-candidate.ts';
import { country, currency } from './reference.ts';

const MONEY_FORM = 'a decimal amount of zero or more, at most two places ("1250.00")';
/** Text or number: a number is taken as it is written. At most two places: a charge is shared to the cent. */
export const money = z
  .union([z.string(), z.number()], MONEY_FORM)
  .transform(String)
  .pipe(z.string().regex(/^\d{1,15}(\.\d{1,2})?$/, MONEY_FORM));
const QUANTITY_FORM = 'a decimal number of zero or more ("900", "12.5")';
const quantity = z
  .union([z.string(), z.number()], QUANTITY_FORM)
  .transform(String)
  .pipe(z.string().regex(/^\d{1,15}(\.\d{1,6})?$/, QUANTITY_FORM));

const BY_NAME: ReadonlyMap<string, (typeof FACTS)[number]> = new Map(FACTS.map((fact) => [fact.name, fact]));
export const facts = z
  .record(z.string(), z.union([z.string(), z.boolean(), z.number(), z.array(z.string())]))
  .superRefine((given, context) => {
    for (const [name, value] of Object.entries(given)) {
      const fact = BY_NAME.get(name);
      const message = fact ? factFault(fact, value) : 'no fact of that name (GET /facts lists them)';
      if (message !== null) context.addIssue({ code: 'custom', path: [name], message });
    }
  });

export const quantities = z
  .array(z.strictObject({ unit: z.string().min(1).max(20), amount: quantity, qualifier: z.string().max(5).optional() }))
  .max(10)
  .superRefine((given, context) => {
    const [first, second] = conflictingQuantities(given) ?? [];
    if (first !== undefined && second !== undefined) {
      const message = `the same quantity as ${given[first]?.amount} ${given[first]?.unit}, which is declared too, or another unit or qualifier`;
      context.addIssue({ code: 'custom', path: [second, 'amount'], message });
    }
  });

const goods = {
  code: codeParameter,
  origin: country.describe('Country of origin.'),
  currency: currency.optional().describe('Default: the currency of the consignment.'),
  units: quantity.optional().describe('Units of sale, for the cost per unit.'),
  weight: quantity.optional().describe('Gross weight, for charges_by weight; one unit for all lines.'),
  quantities: quantities.optional(),
  facts: facts.optional(),
};
const line = z.strictObject({
  ...goods,
  value: money.describe('Price of the goods of the line, on the stated basis.'),
});

const LINES_FORM = 'lines, or code, origin and goods_value for a single one';

export const landedCostBody = z
  .strictObject({
    destination: country.describe('US, GB, XI, a member state, or EU: the duty without VAT, which is that of a state.'),
    entry_date: asOf.describe('The law of this date (default: today, UTC). YYYY-MM-DD.'),
    as_of: asOf.describe('The same as entry_date.'),
    known_at: knownAt,
    currency: currency.default('USD').describe('Of every amount that names no other.'),
    basis: z
      .enum(['FOB', 'CFR', 'CIF'], 'FOB, CFR or CIF')
      .default('FOB')
      .describe('Whether prices include carriage (CFR), carriage and insurance (CIF) or neither.'),
    shipping: money.optional().describe('Carriage to the border, for the whole consignment.'),
    insurance: money.optional().describe('Insurance to the border.'),
    inland: money.optional().describe('Carriage from the border to the first destination.'),
    charges_by: z.enum(['value', 'weight'], 'value or weight').default('value'),
    transport_mode: z.enum(['ocean', 'air', 'truck', 'rail', 'mail'], 'ocean, air, truck, rail or mail').optional(),
    entry: z
      .enum(
        ['formal', 'informal_automated', 'informal_manual_not_cbp', 'informal_manual_cbp'],
        'formal, informal_automated, informal_manual_not_cbp or informal_manual_cbp',
      )
      .optional()
      .describe('How a US entry is made (default: by the limits of the date).'),
    manual: z.boolean().default(false).describe('A formal US entry filed on paper.'),
    foreign_importer: z.boolean().optional(),
    lines: z.array(line, LINES_FORM).min(1, LINES_FORM).max(100, 'at most 100 lines').optional(),
    ...{ code: goods.code.optional(), origin: goods.origin.optional(), goods_value: money.optional() },
    ...{ units: goods.units, weight: goods.weight, quantities: goods.quantities, facts: goods.facts },
  })
  .superRefine((body, context) => {
    const single = (['code', 'origin', 'goods_value'] as const).filter((name) => body[name] !== undefined);
    const others = (['units', 'weight', 'quantities', 'facts'] as const).filter((name) => body[name] !== undefined);
    if (body.lines !== undefined) {
      for (const name of [...single, ...others])
        context.addIssue({ code: 'custom', path: [name], message: 'belongs into a line when lines are given' });
    } else {
      for (const name of (['code', 'origin', 'goods_value'] as const).filter((each) => body[each] === undefined))
        context.addIssue({ code: 'custom', path: [name], message: LINES_FORM });
    }
    if (body.entry_date !== undefined && body.as_of !== undefined && body.entry_date !== body.as_of)
      context.addIssue({ code: 'custom', path: ['as_of'], message: 'the same as entry_date, or left out' });
  });
export type LandedCostBody = z.infer<typeof landedCostBody>;

const text = z.string().nullable();
const status = z.enum(['complete', 'lower_bound', 'not_computable']);
const missing = z.array(z.string());

const totals = z
  .object({
    ...{ price: text, shipping: text, insurance: text, inland: text, duty: text, fees: text, taxes: text, total: text },
    status,
    missing,
    per_unit: text,
  })
  .meta({ id: 'CostTotals' });

const charge = z
  .object({ name: z.string(), amount: text, base: text, rate: text, reason: text, citation: text })
  .meta({ id: 'LineCharge' });
/** Components, candidates and requirements are those of GET /duties. */
const part = z.record(z.string(), z.unknown());

export const landedCostAnswer = envelope(
  z
    .object({
      destination: z.string(),
      entry_date: date,
      currency: z.string(),
      valuation: z.object({ basis: z.enum(['FOB', 'CIF']), citation: z.string() }),
      lines: z.array(
        z.object({
          line: z.int(),
          code: z.string(),
          formatted: z.string(),
          origin: z.string(),
          description: text,
          customs_value: text,
          duty: z.object({
            status,
            ad_valorem_rate: text,
            amount: text,
            currency: text,
            missing,
            components: z.array(part),
          }),
          fees: z.array(charge),
          taxes: z.array(charge),
          totals,
          candidate_orders: z.array(candidateOrder),
          requirements: z.array(part),
        }),
      ),
      entry_fees: z.array(
        z.object({
          name: z.string(),
          amount: text,
          terms: z.object({ rate: text, minimum: text, maximum: text, flat: text }).nullable(),
          limit: z.enum(['minimum', 'maximum']).nullable(),
          reason: text,
          citation: text,
          verified: text,
        }),
      ),
      thresholds: z.array(
        z.object({
          threshold: z.string(),
          applies: z.boolean().nullable(),
          reason: z.string(),
          citations: z.array(z.string()),
        }),
      ),
      totals,
      allocation: z.array(z.string()),
      assumptions: z.array(z.string()),
      exchange_rates: z.array(
        z.object({
          base: z.string(),
          quote: z.string(),
          rate: z.string(),
          kind: z.string(),
          source: z.string(),
          valid_from: date,
          valid_to: date.nullable(),
        }),
      ),
    })
    .meta({ id: 'LandedCost' }),
);
