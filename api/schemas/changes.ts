import { z } from 'zod';
import { asOf, codeParameter, cursor, date, envelope, instant, jurisdiction, knownAt, limit } from './common.ts';
import { country } from './reference.ts';

const KINDS = ['new', 'ended', 'rate', 'description', 'unit', 'footnote', 'textual', 'structure', 'other'] as const;
const ENTITIES = ['goods_nomenclature', 'measure', 'reference'] as const;
const RELEASE_FORM = 'the id of a release, a whole number';

export const changesQuery = z.strictObject({
  since: knownAt.describe('Published at or after this instant.'),
  jurisdiction: jurisdiction.optional(),
  prefix: codeParameter.optional().describe('Codes that begin with these digits.'),
  kind: z.enum(KINDS, `one of ${KINDS.join(', ')}`).optional(),
  entity: z.enum(ENTITIES, `one of ${ENTITIES.join(', ')}`).optional(),
  origin: country
    .optional()
    .describe('Leaves out measures that cannot concern goods of this origin (ISO 3166-1 alpha-2); all else stays.'),
  source: z.string('the id of a source').max(100, 'the id of a source').optional(),
  release: z.coerce.number(RELEASE_FORM).int(RELEASE_FORM).min(1, RELEASE_FORM).optional(),
  as_of: asOf.describe('Taking effect on or before this date.'),
  known_at: knownAt.describe('Published by this instant.'),
  limit: limit(500, 100),
  cursor,
});

/** Spreadsheets want more at a time. */
export const changesCsvQuery = changesQuery.extend({ limit: limit(5000, 1000) });

const content = z.record(z.string(), z.unknown()).nullable();

export const changesAnswer = envelope(
  z.array(
    z
      .object({
        id: z.int(),
        release: z.int(),
        source: z.string(),
        label: z.string(),
        jurisdiction: z.string(),
        published_at: instant,
        effective_date: date,
        cause: z.enum(['publisher', 'parser', 'correction']),
        entity: z.enum(ENTITIES),
        op: z.enum(['add', 'modify', 'remove']),
        kinds: z.array(z.string()),
        key: z.string(),
        code: z.string().nullable(),
        formatted: z.string().nullable(),
        fields: z.array(z.string()),
        before: content,
        after: content,
      })
      .meta({ id: 'Change' }),
  ),
);
