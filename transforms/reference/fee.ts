import { Decimal } from 'decimal.js';
import { z } from 'zod';

const money = z.string().regex(/^\d+(\.\d+)?$/);

/** `data` of topic 'fee'; subject = fee name. Amounts are per entry, in `currency`. */
export const feeData = z.object({
  fee: z.enum([
    'mpf_formal',
    'mpf_informal_automated',
    'mpf_informal_manual_not_cbp',
    'mpf_informal_manual_cbp',
    'mpf_manual_surcharge',
    'hmf',
  ]),
  /** Fraction of the customs value; null for a flat amount. */
  rate: z
    .string()
    .regex(/^0(\.\d+)?$/)
    .nullable(),
  minimum: money.nullable(),
  maximum: money.nullable(),
  flat: money.nullable(),
  currency: z.literal('USD'),
  /** Modes of transport that it is charged for; null = all. */
  modes: z.array(z.enum(['ocean'])).nullable(),
  /** 'notice text': the figure was read in the notice; 'computed': statutory base × inflation factor; 'unverified': neither. */
  verified: z.enum(['notice text', 'computed', 'unverified']),
  citation: z.string(),
});
export type FeeData = z.infer<typeof feeData>;

/** `data` of topic 'fee-exemption'; subject = fee name. Any one of the three ways exempts. */
export const feeExemptionData = z.object({
  fee: z.enum(['mpf', 'hmf']),
  /** Programme symbols: exempt when the preference is claimed for originating goods. */
  programmes: z.array(z.string()),
  /** Groups of origins (members are data of other sources): 'cbera', 'ldbdc', 'us_insular_possession'. */
  origin_groups: z.array(z.string()),
  verified: feeData.shape.verified,
  citation: z.string(),
  note: z.string().nullable(),
});
export type FeeExemptionData = z.infer<typeof feeExemptionData>;

/** 19 U.S.C. 58c(a)(9), (10), (b)(8): the amounts before the yearly adjustment, in USD. */
const STATUTORY: Readonly<
  Record<Exclude<FeeData['fee'], 'hmf'>, { minimum?: string; maximum?: string; flat?: string }>
> = {
  mpf_formal: { minimum: '25', maximum: '485' },
  mpf_informal_automated: { flat: '2' },
  mpf_informal_manual_not_cbp: { flat: '6' },
  mpf_informal_manual_cbp: { flat: '9' },
  mpf_manual_surcharge: { flat: '3' },
};

/** Inflation factors by start of fiscal year, as the yearly notices state them (19 CFR 24.22(k)). */
const FACTOR: Readonly<Record<string, string>> = { '2025-10-01': '1.3433', '2026-10-01': '1.38322' };

/** What the statute and the year's factor say, where the printed amounts differ: ['minimum 33.85, by statute 33.58']. */
export function offStatute(data: FeeData, validFrom: string): string[] {
  const factor = FACTOR[validFrom];
  if (factor === undefined || data.fee === 'hmf') return [];
  const bases = STATUTORY[data.fee];
  return (['minimum', 'maximum', 'flat'] as const).flatMap((part) => {
    const base = bases[part];
    const printed = data[part];
    if (base === undefined || printed === null) return [];
    const expected = new Decimal(base).mul(factor).toDecimalPlaces(2, Decimal.ROUND_HALF_UP);
    return expected.eq(printed) ? [] : [`${part} ${printed}, by statute ${expected.toFixed(2)}`];
  });
}
