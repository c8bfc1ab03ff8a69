import { Decimal } from 'decimal.js';
import type { ReferenceRow } from '../../db/reference.ts';
import { isValidAt } from '../../transforms/dates.ts';
import { lowValueDuty, type LowValueVerdict } from '../../transforms/landed-cost/low-value.ts';
import { type DatedThreshold, importThresholdData } from '../../transforms/reference/import-threshold.ts';
import type { CoverageStatement, DutyComponent } from '../../transforms/stacking/component.ts';
import { ADDING_FAMILIES } from '../../transforms/stacking/taric/input.ts';
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
  /** A fee is from a source that was not verified. */
  unverified: boolean;
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
          (rule.threshold === 'handling_fee' || rule.threshold === 'national_parcel_fee') && isValidAt(rule, date),
      )
    : [];
  const lines: LineCharge[][] = question.lines.map(() => []);
  const entryFees: EntryFee[] = [];
  for (const { rule } of fees) {
    const charge: LineCharge = {
      name: rule.threshold,
      amount: rule.amount === null ? null : new Decimal(rule.amount).toFixed(2),
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
    unverified: fees.some(({ rule }) => rule.needs_review),
    cites: dated.filter(({ rule }) => used.has(rule.citation)).map(({ row }) => row.stated_by),
  };
}

/** Named among what is missing: nothing at hand says whether the rules for small consignments reach duties beside the customs duty. */
export const RELIEF_OF_ADDITIONAL = 'relief:additional-duties';

/**
 * The duty of a line: that of the tariff, or what stands in its place for a small consignment, with the tariff's shown as suppressed.
 * The relief of Regulation (EC) No 1186/2009 is one from customs duty. Whether it, or the flat duty, also does away with anti-dumping,
 * countervailing and additional duties is settled by nothing at hand: such a duty stays open, and so does the total while not all
 * of them are covered (`coverage` of the duty answer).
 */
export function chargedDuty(
  duty: DutyData,
  verdict: LowValueVerdict,
  currency: string,
  coverage: readonly CoverageStatement[],
): LandedCostLineData['duty'] {
  if (verdict.charge !== 'relief' && verdict.charge !== 'flat') return { ...duty.total, components: duty.components };
  const note = verdict.rules.map(({ citation }) => citation).join('; ');
  const amount = verdict.amount === null ? null : new Decimal(verdict.amount).toFixed(2);
  const components = duty.components.map((component): DutyComponent => {
    if (component.status !== 'applied' && component.status !== 'undetermined') return component;
    if (component.effect === 'additive') {
      const reason = `whether a consignment of little value owes it is not settled by what is held (${verdict.reason})`;
      const needs = [...new Set([...component.needs, RELIEF_OF_ADDITIONAL])];
      return { ...component, status: 'undetermined', rate: null, amount: null, reason, needs, needs_review: true };
    }
    return {
      ...component,
      status: 'suppressed',
      rate: null,
      amount: null,
      reason: `consignment of little value: ${verdict.reason}`,
      suppressed_by: { program: 'eu.low-value', heading: null, note },
      needs: [],
    };
  });
  const open = components.filter(({ status }) => status === 'undetermined');
  const held = (family: string) => coverage.some((each) => each.family === family && each.status === 'covered');
  // A code whose lines are not known may have duties below it that are not listed.
  const unlisted = duty.total.missing.filter((name) => name === 'code' || name === 'nomenclature');
  const bounded = open.length > 0 || unlisted.length > 0 || !ADDING_FAMILIES.every(held);
  return {
    status: bounded ? 'lower_bound' : 'complete',
    ad_valorem_rate: verdict.charge === 'relief' ? '0' : null,
    amount,
    currency,
    missing: [...new Set([...unlisted, ...open.flatMap(({ needs }) => needs)])],
    components,
  };
}
