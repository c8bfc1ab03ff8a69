import { z } from 'zod';
import type { PlainDate } from '../dates.ts';

/** `data` of topic 'threshold'; subject = destination ('US', 'EU', 'FR'). Its valid time is that of the rule. */
export const importThresholdData = z.object({
  threshold: z.enum([
    'de_minimis',
    'informal_entry',
    'formal_entry_required',
    'entry_type_86',
    'low_value_duty',
    'handling_fee',
    'national_parcel_fee',
  ]),
  /** 'granted': the rule gives what it is called. 'suspended', 'repealed': it takes it away from those it names. */
  status: z.enum(['granted', 'suspended', 'repealed']),
  /** Decimal string; null where the figure is not established. */
  amount: z
    .string()
    .regex(/^\d+(\.\d+)?$/)
    .nullable(),
  currency: z.enum(['USD', 'EUR']).nullable(),
  per: z.enum(['consignment', 'person_and_day', 'item', 'line_hs6']).nullable(),
  /** ISO codes of the origins it is limited to; null = all. */
  origins: z.array(z.string()).nullable(),
  modes: z.array(z.enum(['postal', 'non_postal'])).nullable(),
  /** 'foreign': importers of record abroad only. */
  importers: z.enum(['foreign']).nullable(),
  /** Goods it is limited to, by what else is due on them; null = all. */
  goods: z.array(z.enum(['antidumping', 'countervailing', 'quota'])).nullable(),
  citation: z.string(),
  verified: z.enum(['notice text', 'unverified']),
  needs_review: z.boolean(),
  note: z.string().nullable(),
});
export type ImportThresholdData = z.infer<typeof importThresholdData>;

/** A threshold with the time it applies, half-open. */
export interface DatedThreshold extends ImportThresholdData {
  valid_from: PlainDate;
  valid_to: PlainDate | null;
}
