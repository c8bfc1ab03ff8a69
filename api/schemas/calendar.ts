import { z } from 'zod';
import { asOf, codeParameter, cursor, date, envelope, jurisdiction, knownAt, limit } from './common.ts';

export const calendarQuery = z.strictObject({
  as_of: asOf.describe('What comes after this day (default: today, UTC).'),
  to: asOf.describe('The last day (default: 366 days later).'),
  known_at: knownAt,
  jurisdiction: jurisdiction.optional(),
  source: z.string('the id of a source').max(100, 'the id of a source').optional(),
  prefix: codeParameter.optional().describe('Codes that begin with these digits, and codes they begin with.'),
  limit: limit(500, 100),
  cursor,
});

export const calendarAnswer = envelope(
  z.array(
    z
      .object({
        day: date.describe('The first day of the new state.'),
        event: z.enum(['starts', 'ends', 'changes']),
        jurisdiction: z.string(),
        entity: z.enum(['goods_nomenclature', 'measure', 'reference']),
        what: z.string().describe('Measure type, topic, or lines.'),
        about: z.string().nullable().describe('Area of measures; programme, regime or list of reference records.'),
        title: z.string().nullable(),
        before: z.string().nullable(),
        after: z.string().nullable(),
        codes: z.array(z.string()).describe('The first of them.'),
        codes_count: z.int(),
        citations: z.array(z.string()),
        sources: z.array(z.string()),
        releases: z.array(z.int()),
      })
      .meta({ id: 'CalendarEvent' }),
  ),
);
