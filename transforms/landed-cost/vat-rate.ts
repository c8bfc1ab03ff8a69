import { Decimal } from 'decimal.js';
/** A rate other than the standard one that the law names for a code. */
export interface VatCandidate {
  /** Fraction; null where no rate applies at all. */
  rate: string | null;
  code: string;
  label: string;
}

export interface VatRateChoice {
  /** Fraction; null: none is held for the state and date. */
  rate: string | null;
  /** Candidates that were not taken, and how the rate was chosen. */
  reason: string | null;
  /** The rate was declared, and is one that is named for the code or the standard rate. */
  declared: boolean;
}

/**
 * The VAT rate of an import: that of a tariff measure on the code where one is held, else the standard rate of the state. A reduced
 * rate is taken only when it is declared (`claimed`) and the code is a candidate for it: most candidates are narrowed by a comment.
 */
export function chooseVatRate(given: {
  standard: string | null;
  measure: string | null;
  candidates: readonly VatCandidate[];
  claimed: string | null;
}): VatRateChoice {
  const { standard, measure, candidates, claimed } = given;
  const asked =
    claimed === null ? undefined : candidates.find(({ rate }) => rate !== null && new Decimal(rate).eq(claimed));
  if (asked) return { rate: asked.rate, reason: `declared: ${asked.label} (${asked.code})`, declared: true };
  const rate = measure ?? standard;
  if (claimed !== null && rate !== null && new Decimal(rate).eq(claimed)) {
    return { rate, reason: `declared: the ${measure === null ? 'standard' : 'measure’s'} rate`, declared: true };
  }
  const listed = [...new Set(candidates.map(({ rate: each, code, label }) => `${percent(each)} ${label} (${code})`))];
  const parts = [
    ...(claimed === null ? [] : [`the declared rate ${percent(claimed)} is none that is named for this code`]),
    ...(rate === null ? ['no standard rate is held for the state and date'] : []),
    ...(listed.length === 0
      ? []
      : [
          `the ${measure === null ? 'standard' : 'measure’s'} rate; candidates, not applied: ${listed.slice(0, 5).join('; ')}${listed.length > 5 ? ` and ${listed.length - 5} more` : ''}`,
        ]),
  ];
  return { rate, reason: parts.length === 0 ? null : parts.join('; '), declared: false };
}

function percent(rate: string | null): string {
  return rate === null ? 'no rate' : `${new Decimal(rate).mul(100).toString()} %`;
}
