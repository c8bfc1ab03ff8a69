import { z } from 'zod';
import { isPlainDate } from '../dates.ts';

const plainDate = z.string().refine(isPlainDate, 'a calendar date YYYY-MM-DD');

/** What is left of a tariff quota in one of its periods; `subject` of the record is the order number, valid time is the period. */
export const quotaBalance = z.object({
  order_number: z.string().regex(/^\d{6}$/),
  origin: z.string().nullable(),
  /** Decimal strings in `unit`. */
  initial: z.string(),
  balance: z.string(),
  /** Requested and not yet allocated; null when the publisher does not say. */
  awaiting_allocation: z.string().nullable(),
  unit: z.string(),
  /** Critical: a security is due, since the quota may be exhausted when the request is allocated. */
  critical: z.boolean().nullable(),
  status: z.string().nullable(),
  last_allocation: plainDate.nullable(),
  exhausted_on: plainDate.nullable(),
  /** As of when the publisher states this. */
  as_of: plainDate,
  /** While one lasts, no allocation is made. Both days included. */
  blocked: z.array(z.object({ from: plainDate, to: plainDate })),
  codes: z.array(z.string()),
});
export type QuotaBalance = z.infer<typeof quotaBalance>;
