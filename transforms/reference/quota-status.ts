import { z } from 'zod';

/** `data` of topic 'quota'; subject = the publisher's quota id. Valid time = the quota period. */
export const quotaStatusData = z.object({
  quota_id: z.string(),
  name: z.string(),
  /** As printed; 'OTHR' = all countries without a line of their own. */
  country: z.string(),
  /** YYYYPP as printed: the tranche within the year, not a month. */
  period: z.string().regex(/^\d{6}$/),
  limit: z.string(),
  unit: z.string(),
  /** Null: nothing reported ('-'). */
  entered: z.string().nullable(),
  /** Fraction of the limit, as printed. */
  share: z.string(),
  status: z.enum(['open', 'filled', 'excluded']),
  filled_on: z.string().nullable(),
});
export type QuotaStatusData = z.infer<typeof quotaStatusData>;
