import { z } from 'zod';
import { RISK_LEVELS, type RiskLevel } from '../../transforms/risk/assess.ts';
import { asOf, codeParameter, date, envelope, knownAt } from './common.ts';
import { country } from './reference.ts';

export const requirementsQuery = z.strictObject({
  code: codeParameter,
  destination: country.describe('Where the goods enter: US, GB, XI, EU or a member state.'),
  origin: country.describe('Country of origin.'),
  as_of: asOf,
  known_at: knownAt,
});

const authority = z
  .enum(['authoritative', 'inferred'])
  .describe('Stated by a measure, a list or an act; or concluded here');
const direction = z.enum(['import', 'export']);
const legalBase = z.object({ citation: z.string(), url: z.string().nullable() }).nullable();
const document = z.object({ code: z.string(), name: z.string().nullable() });

const requirement = z
  .object({
    kind: z.enum(['prohibition', 'restriction', 'licence', 'document', 'control', 'claim']),
    regime: z.string(),
    title: z.string(),
    direction,
    blocking: z.boolean().describe('Goods do not enter without one alternative or waiver of every group'),
    groups: z
      .array(
        z.object({
          condition_code: z.string(),
          alternatives: z.array(document),
          waivers: z
            .array(document)
            .describe('Declarations that it does not concern the goods: no documents to obtain'),
          thresholds: z.array(z.string()),
          otherwise: z.enum(['not_allowed', 'measure_not_applicable', 'another_duty', 'allowed', 'unstated']),
        }),
      )
      .describe('All groups are to be met; within a group one of its members is enough'),
    measure_type: z.string().nullable(),
    code: z.string(),
    area: z.string().nullable(),
    authority,
    notes: z.array(z.string()),
    legal_base: legalBase,
    valid_from: date.nullable(),
    valid_to: date.nullable(),
    release: z.int(),
  })
  .meta({ id: 'Requirement' });

const level = z.enum(Object.keys(RISK_LEVELS) as [RiskLevel, ...RiskLevel[]]);

export const requirementsAnswer = envelope(
  z
    .object({
      code: z.string(),
      formatted: z.string(),
      destination: z.string(),
      origin: z.string(),
      declarable: z.boolean().nullable(),
      available: z.boolean().describe('False: nothing can be said, and empty lists do not mean none'),
      reason: z.string().nullable(),
      parts: z.array(z.object({ part: z.string(), available: z.boolean(), reason: z.string().nullable() })),
      requirements: z.array(requirement),
      regimes: z.array(
        z.object({
          regime: z.string(),
          title: z.string(),
          authority,
          direction,
          obligations: z.array(z.string()),
          legal_base: legalBase,
        }),
      ),
      exposures: z.array(
        z.object({
          kind: z.enum(['surcharge', 'quota']),
          text: z.string(),
          regime: z.string(),
          code: z.string(),
          authority,
          release: z.int().nullable(),
        }),
      ),
      risk: z.object({
        available: z.boolean(),
        reason: z.string().nullable(),
        level: level.nullable(),
        label: z.string().nullable(),
        at_least: z.boolean().describe('A part is not covered: the level may be higher'),
        reasons: z.array(
          z.object({
            level,
            text: z.string(),
            regime: z.string(),
            code: z.string(),
            authority,
            release: z.int().nullable(),
          }),
        ),
        summary: z.string(),
        recommended_action: z.string(),
      }),
    })
    .meta({ id: 'Requirements' }),
);
