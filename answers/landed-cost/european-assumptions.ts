import { Decimal } from 'decimal.js';
import type { LowValueVerdict } from '../../transforms/landed-cost/low-value.ts';
import type { LandedCostQuestion } from './landed-cost-data.ts';

/** What the assumptions of a consignment depend on beside the question. */
export interface AssumedOf {
  /** Price of all goods in the answer's currency; null: not known. */
  intrinsic: string | null;
  /** The Union's rules for small consignments; null outside it. */
  verdict: LowValueVerdict | null;
  /** The fees taken are from sources that were not verified. */
  unverifiedFees: boolean;
  /** Lines, from 1, whose VAT may be too high, and those under the carbon border adjustment mechanism. */
  overtaxed: readonly number[];
  carbon: readonly number[];
}

/** Reliefs of the United Kingdom are held by no source at hand; the limit is only used to say where one may matter. */
export const UK_LIMIT = '135';
export const UK_RELIEFS = 'Reliefs for consignments of little value into the United Kingdom are not held';

/** Whether a consignment into the United Kingdom is so small that a relief may be due; an unknown value may be. */
export function mayBeRelieved(intrinsic: string | null): boolean {
  return intrinsic === null || new Decimal(intrinsic).lte(UK_LIMIT);
}

/** What is taken as given for a consignment into the Union, Great Britain or Northern Ireland, one sentence each. */
export function europeanAssumptions(question: LandedCostQuestion, of: AssumedOf): string[] {
  return [
    'An ordinary import for free circulation: reliefs by purpose (returned goods, samples, gifts, removals) and customs procedures are not held, and none is taken.',
    ...of.overtaxed.map(
      (line) => `Line ${line}: VAT at the standard rate; goods with a zero or reduced rate cost less than this total.`,
    ),
    ...of.carbon.map(
      (line) =>
        `Line ${line}: the carbon border adjustment mechanism covers goods of this code; the cost of its certificates is no part of the total.`,
    ),
    ...(of.verdict === null ? ukReliefs(question, of.intrinsic) : unionReliefs(question, of, of.verdict)),
  ];
}

/** Relief from duty is decided by the threshold data; that from VAT, in force until the day of its end, is not held. */
const END_OF_VAT_RELIEF = '2021-07-01';
const VAT_RELIEF_LIMIT = '22';

function unionReliefs(question: LandedCostQuestion, of: AssumedOf, verdict: LowValueVerdict): string[] {
  const small = verdict.charge === 'relief' || verdict.charge === 'flat';
  const tiny = of.intrinsic !== null && new Decimal(of.intrinsic).lte(VAT_RELIEF_LIMIT);
  const others = question.lines.some(({ code }) => !verdict.keptOut.includes(code));
  return [
    ...(verdict.charge === 'flat'
      ? [
          'The flat duty is taken once per line, in place of the whole duty of the tariff, for free and preferential goods too: the act was not compared with its text.',
        ]
      : []),
    ...(verdict.keptOut.length > 0
      ? [
          `${verdict.keptOut.join(', ')} kept out of the rules for small consignments: the tariff is taken${others ? ' for the other lines too, which may be under those rules' : ''}, and no fee on small consignments.`,
        ]
      : []),
    ...(tiny && question.as_of < END_OF_VAT_RELIEF
      ? [
          `Until ${END_OF_VAT_RELIEF} member states could free consignments of up to ${VAT_RELIEF_LIMIT} EUR from VAT: that relief is not held, and none is taken.`,
        ]
      : []),
    ...(small && question.as_of >= END_OF_VAT_RELIEF
      ? ['VAT is taken at import; a seller registered in the import one-stop shop has charged it at the sale instead.']
      : []),
    ...(of.unverifiedFees ? ['A fee on small consignments comes from a source that was not verified.'] : []),
  ];
}

function ukReliefs(question: LandedCostQuestion, intrinsic: string | null): string[] {
  if (!mayBeRelieved(intrinsic)) return [`${UK_RELIEFS}: none is taken.`];
  return [
    `${UK_RELIEFS}: none is taken. On a consignment of up to ${UK_LIMIT} GBP customs duty may not be due, and VAT may be the seller's to charge at the sale.`,
    ...(question.destination === 'XI'
      ? ["Whether the Union's rules for small consignments hold for goods at risk is not held either."]
      : []),
  ];
}
