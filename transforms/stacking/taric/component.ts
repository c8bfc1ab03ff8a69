import type { DutyComponent } from '../component.ts';
import type { Assessment } from './assess.ts';
import type { Decided, TaricMeasure, TaricStackingInput } from './input.ts';
import { measureKind } from './measure-kind.ts';

type Verdict = Pick<DutyComponent, 'status'> & Partial<Pick<DutyComponent, 'reason' | 'needs' | 'suppressed_by'>>;

/** A measure as a component of the answer. Only an applied one carries numbers. */
export function decided(
  measure: TaricMeasure,
  input: TaricStackingInput,
  verdict: Verdict,
  assessment: Assessment | null = null,
): Decided {
  const applied = verdict.status === 'applied' && assessment !== null;
  return {
    exact: applied ? assessment.exact : null,
    component: {
      program: programOf(measure, input),
      family: measureKind(measure.measure_type)?.family ?? 'general',
      measure_type: measure.measure_type,
      heading: measure.additional_code ?? measure.quota_order_number,
      code: measure.code,
      effect: effectOf(measure),
      status: verdict.status,
      expression: measure.duty_expression,
      duty: assessment?.duty ?? measure.duty,
      rate: applied ? assessment.rate : null,
      amount: applied ? assessment.amount : null,
      reason: verdict.reason ?? null,
      suppressed_by: verdict.suppressed_by ?? null,
      needs: [...new Set(verdict.needs ?? [])],
      legal_base: measure.legal_base === null ? null : { citation: measure.legal_base, url: measure.legal_base_url },
      valid_from: measure.valid_from,
      valid_to: measure.valid_to,
      needs_review: false,
      source: measure.source,
    },
  };
}

/** An applied measure: what keeps it from a number stands in `needs`. */
export function appliedMeasure(
  measure: TaricMeasure,
  input: TaricStackingInput,
  assessment: Assessment,
  reason: string | null = null,
): Decided {
  return decided(
    measure,
    input,
    { status: 'applied', reason: reason ?? assessment.reason, needs: assessment.needs },
    assessment,
  );
}

export function suppressedBy(
  measure: TaricMeasure,
  input: TaricStackingInput,
  by: TaricMeasure,
  note: string,
): Decided {
  const heading = by.additional_code ?? by.quota_order_number;
  return decided(measure, input, {
    status: 'suppressed',
    reason: note,
    suppressed_by: { program: programOf(by, input), heading, note },
  });
}

/** 'eu.third-country', 'gb.antidumping' … */
export function programOf(
  measure: Pick<TaricMeasure, 'measure_type'>,
  input: Pick<TaricStackingInput, 'tariff'>,
): string {
  return `${input.tariff}.${measureKind(measure.measure_type)?.program ?? measure.measure_type}`;
}

function effectOf(measure: TaricMeasure): DutyComponent['effect'] {
  const kind = measureKind(measure.measure_type)?.kind;
  // A type that is not known can only be feared to come on top.
  if (kind === undefined || kind === 'additional') return 'additive';
  return kind === 'quota' || kind === 'preferential-quota' ? 'quota_in' : 'base';
}
