import { z } from 'zod';
import { orderData } from '../../transforms/reference/order.ts';
import { date } from './common.ts';

/** An antidumping or countervailing order that may cover the goods; the same in /orders, /duties and /landed-cost. */
export const orderCandidate = z.object({
  case_number: z.string(),
  kind: orderData.shape.kind,
  status: orderData.shape.status,
  country: z.string().nullable(),
  product: z.string().nullable(),
  matched_codes: z.array(z.string()).describe('Tariff numbers of the scope that meet the code; the text decides'),
  match: z
    .enum(['above', 'below'])
    .describe('above: a number of the scope is the code or a prefix of it; below: only longer numbers than the code'),
  confidence: z.literal('possible'),
  scope_notice: z
    .object({ document_number: z.string(), title: z.string().nullable(), date: date.nullable(), url: z.string() })
    .nullable(),
  notices: z.array(z.object({ document_number: z.string(), url: z.string(), date: date.nullable() })),
  rates: z.array(
    z.object({
      exporter: z.string(),
      producer: z.string().nullable(),
      rate: z.string().describe('Fraction'),
      all_others: z.boolean(),
      from: date,
      document_number: z.string(),
    }),
  ),
  all_others_rate: z.string().nullable(),
  archived: z.boolean(),
  release: z.int(),
});

/** Beside a duty: GET /orders has the rates of single exporters and the notices. */
export const candidateOrder = orderCandidate.omit({ rates: true, notices: true }).meta({ id: 'CandidateOrder' });
