import type { ReferenceRow } from '../../db/reference.ts';
import { lowValueDuty, type LowValueVerdict } from '../../transforms/landed-cost/low-value.ts';
import { type DatedThreshold, importThresholdData } from '../../transforms/reference/import-threshold.ts';
import type { DutyData } from '../duty/duty-data.ts';
import type {
  EntryFee,
  LandedCostLineData,
  LandedCostQuestion,
  LineCharge,
  ThresholdFinding,
} from './landed-cost-data.ts';

/** The rules for small consignments as they bear on one. */
export interface EuropeanLowValue {
  verdict: LowValueVerdict;
  findings: ThresholdFinding[];
  entryFees: EntryFee[];
  /** Fees by line. */
  lines: LineCharge[][];
  cites: number[];
}

/** `rows`: thresholds of the Union and of the member state, of any date. `intrinsic`: value of the goods in euro. */
export function europeanLowValue(
  question: LandedCostQuestion,
  intrinsic: string | null,
  rows: readonly ReferenceRow[],
): EuropeanLowValue {
  const dated = rows.map((row) => ({
    row,
    rule: {
      ...importThresholdData.parse(row.data),
      valid_from: row.valid_from,
      valid_to: row.valid_to,
    } satisfies DatedThreshold,
  }));
  const union = dated.filter(({ row }) => row.subject === 'EU').map(({ rule }) => rule);
  const date = question.as_of;
  const verdict = lowValueDuty({ date, value: intrinsic, codes: question.lines.map(({ code }) => code) }, union);
  const small = verdict.charge === 'relief' || verdict.charge === 'flat';
  const fees = small
    ? dated.filter(
        ({ rule }) =>
          (rule.threshold === 'handling_fee' || rule.threshold === 'national_parcel_fee') &&
          rule.valid_from <= date &&
          (rule.valid_to === null || date < rule.valid_to),
      )
    : [];
  const lines: LineCharge[][] = question.lines.map(() => []);
  const entryFees: EntryFee[] = [];
  for (const { rule } of fees) {
    const charge: LineCharge = {
      name: rule.threshold,
      amount: rule.amount === null ? null : Number(rule.amount).toFixed(2),
      base: null,
      rate: null,
      reason: rule.note,
      citation: rule.citation,
    };
    // What is charged once stands on the first line, so that the lines add up.
    const once = rule.per === 'consignment';
    const seen = new Set<string>();
    lines.forEach((line, index) => {
      const heading = rule.per === 'line_hs6' ? (question.lines[index]?.code.slice(0, 6) ?? '') : String(index);
      if ((once && index > 0) || seen.has(heading)) return;
      seen.add(heading);
      line.push(charge);
    });
    if (once) {
      entryFees.push({
        name: rule.threshold,
        amount: charge.amount,
        terms: { rate: null, minimum: null, maximum: null, flat: rule.amount },
        limit: null,
        reason: rule.note,
        citation: rule.citation,
        verified: rule.verified,
      });
    }
  }
  const used = new Set([...verdict.rules, ...fees.map(({ rule }) => rule)].map(({ citation }) => citation));
  return {
    verdict,
    findings: [
      {
        threshold: verdict.charge === 'flat' ? 'low_value_duty' : 'de_minimis',
        applies: verdict.charge === 'unknown' ? null : small,
        reason: verdict.reason,
        citations: [...new Set(verdict.rules.map(({ citation }) => citation))],
      },
    ],
    entryFees,
    lines,
    cites: dated.filter(({ rule }) => used.has(rule.citation)).map(({ row }) => row.stated_by),
  };
}

/** The duty of a line: that of the tariff, or what stands in its place for a small consignment, with the tariff's shown as suppressed. */
export function chargedDuty(duty: DutyData, verdict: LowValueVerdict, currency: string): LandedCostLineData['duty'] {
  if (verdict.charge !== 'relief' && verdict.charge !== 'flat') return { ...duty.total, components: duty.components };
  const note = verdict.rules.map(({ citation }) => citation).join('; ');
  const amount = verdict.amount === null ? null : Number(verdict.amount).toFixed(2);
  return {
    status: 'complete',
    ad_valorem_rate: verdict.charge === 'relief' ? '0' : null,
    amount,
    currency,
    missing: [],
    components: duty.components.map((component) =>
      component.status === 'applied' || component.status === 'undetermined'
        ? {
            ...component,
            status: 'suppressed' as const,
            rate: null,
            amount: null,
            reason: `consignment of little value: ${verdict.reason}`,
            suppressed_by: { program: 'eu.low-value', heading: null, note },
            needs: [],
          }
        : component,
    ),
  };
}
