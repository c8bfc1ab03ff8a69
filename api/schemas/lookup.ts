import { z } from 'zod';
import type { ChildLine } from '../../answers/lookup-lines.ts';
import { asOf, codeParameter, date, envelope, jurisdiction, knownAt } from './common.ts';
import { unlistedCode } from './unlisted-code.ts';

export const lookupQuery = z.strictObject({
  code: codeParameter,
  jurisdiction: jurisdiction.default('US'),
  as_of: asOf,
  known_at: knownAt,
});

const line = z.object({
  code: z.string().nullable(),
  formatted: z.string().nullable(),
  description: z.string(),
  declarable: z.boolean(),
  depth: z.int(),
});

const lineSummary = line.meta({ id: 'Line' });

const childLine = z
  .object({
    ...line.shape,
    has_children: z.boolean(),
    get children(): z.ZodType<ChildLine[]> {
      return z.array(childLine);
    },
  })
  .meta({ id: 'ChildLine' });

const rate = z
  .object({
    column: z.enum(['general', 'special', 'column-2', 'third-country']),
    measure_type: z.string(),
    programmes: z.array(z.string()),
    expression: z.string().nullable().describe('As printed'),
    duty: z.record(z.string(), z.unknown()).nullable().describe('Parsed into components'),
    ad_valorem_rate: z.string().nullable().describe('Fraction, when it is the whole duty'),
    code: z.string(),
    formatted: z.string(),
    inherited_from: z.string().nullable().describe('Null when the line prints the rate itself'),
    implied: z.string().nullable(),
    additional_code: z.string().nullable(),
    valid_from: date,
    valid_to: date.nullable(),
    release: z.int(),
  })
  .meta({ id: 'Rate' });

const footnote = z
  .object({
    code: z.string().nullable(),
    columns: z.array(z.string()),
    marker: z.string().nullable(),
    text: z.string(),
    refs: z.array(z.object({ code: z.string(), formatted: z.string() })),
  })
  .meta({ id: 'Footnote' });

const lineageLink = z
  .object({
    from: z.string(),
    to: z.string(),
    kind: z.enum(['renumbered', 'split', 'merged']),
    from_continues: z.boolean().describe('The old code can still be declared for what is left to it: one of the parts'),
    to_existed: z.boolean().describe('The new code could be declared before: goods were put into it'),
    score: z
      .string()
      .describe(
        '0.000 to 1.000; 1 only for what the publisher states. Else how often links of this kind were right where both states were read by hand',
      ),
    authority: z.enum(['authoritative', 'inferred']),
    evidence: z.array(
      z.object({
        kind: z.enum(['stated', 'listed', 'description', 'position', 'rate', 'units']),
        text: z.string(),
        release: z.int().nullable(),
      }),
    ),
    effective_date: date,
  })
  .meta({ id: 'LineageLink' });

const lookupData = z
  .object({
    code: z.string(),
    formatted: z.string(),
    jurisdiction: z.string(),
    item_id: z.string().nullable(),
    printed: z
      .boolean()
      .describe('False for a prefix with lines below it that is no line itself, and for a code in unlisted'),
    declarable: z.boolean().nullable(),
    unlisted: unlistedCode.nullable(),
    description: z.string().nullable(),
    section: z.object({ number: z.int(), numeral: z.string(), title: z.string() }).nullable(),
    chapter: z.object({ code: z.string(), title: z.string().nullable() }),
    ancestors: z.array(lineSummary).describe('Top first; lines without a code included'),
    children: z.array(childLine),
    rates: z.array(rate),
    units: z.array(z.string()),
    footnotes: z.array(footnote),
    attributes: z.record(z.string(), z.unknown()),
    valid_from: date.nullable(),
    valid_to: date.nullable(),
    release: z.int().nullable(),
    replaced_by: z
      .array(lineageLink)
      .nullable()
      .describe('Codes that took over goods of this one; several: the goods decide'),
    replaces: z.array(lineageLink).nullable(),
  })
  .meta({ id: 'Lookup' });

export const lookupAnswer = envelope(lookupData);
