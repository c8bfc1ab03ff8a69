import { z } from 'zod';

const notice = z.object({ document_number: z.string(), url: z.string(), date: z.string().nullable() });

/** `data` of topic 'order': an antidumping or countervailing duty order; subject = ISO origin, code null. Never a duty. */
export const orderData = z.object({
  case_number: z.string().regex(/^[ACE]-\d{3}-\d{3}$/),
  kind: z.enum(['AD', 'CVD', 'suspension']),
  /** 'unlisted': a rate or a scope names the case, no notice at hand lists it. */
  status: z.enum(['order', 'suspension_agreement', 'unlisted']),
  /** As printed; null when no notice names it. */
  country: z.string().nullable(),
  product: z.string().nullable(),
  review_period: z.object({ from: z.string(), to: z.string() }).nullable(),
  /** Tariff numbers of the scope, digits: for convenience only, the scope is prose. [] = not known, the order is unchecked. */
  scope_codes: z.array(z.string()),
  scope_notice: z
    .object({ document_number: z.string(), title: z.string().nullable(), date: z.string().nullable() })
    .nullable(),
  /** Cash deposit rates as published, fractions. Which one applies depends on exporter and producer. */
  rates: z.array(
    z.object({
      exporter: z.string(),
      producer: z.string().nullable(),
      rate: z.string().regex(/^\d+(\.\d+)?$/),
      all_others: z.boolean(),
      from: z.string(),
      /** Exclusive: the day the next rate begins. */
      to: z.string().nullable(),
      document_number: z.string(),
    }),
  ),
  notices: z.array(notice),
});
export type OrderData = z.infer<typeof orderData>;

/**
 * `data` of topic 'order-scope': one record per order and tariff number, code = that number, subject = ISO origin, so that
 * candidates for a code and an origin are one indexed lookup. The order itself is the 'order' record of the same case.
 */
export const orderScopeData = orderData.pick({
  case_number: true,
  kind: true,
  status: true,
  country: true,
  product: true,
  scope_notice: true,
});
export type OrderScopeData = z.infer<typeof orderScopeData>;
