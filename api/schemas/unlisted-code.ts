import { z } from 'zod';
import { date } from './common.ts';

/** Null, and `declarable` not null, for every code that a line lists. */
export const unlistedCode = z
  .object({
    issue: z.literal('code-not-in-nomenclature'),
    message: z.string(),
    nomenclature_as_of: date,
    named_by_measures: z.boolean(),
    inherits_from: z.object({ code: z.string(), formatted: z.string() }),
  })
  .meta({ id: 'UnlistedCode' });
