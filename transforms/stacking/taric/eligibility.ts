import { flag, textFact } from './declared.ts';
import type { TaricMeasure, TaricStackingInput } from './input.ts';
import type { MeasureKind } from './measure-kind.ts';
import type { Choice } from './options.ts';
import { claimCode, claims, preferenceClaim, type PreferenceClaim } from './preference-claim.ts';

/** Measures of one type, area and quota that could be the base. */
export interface BaseCandidate {
  kind: MeasureKind;
  choice: Choice;
  /** 2 the origin itself, 1 a group, 0 everyone; null when membership is not known. */
  specific: number | null;
  unknownArea: string | null;
  claimedBy: (claim: PreferenceClaim) => boolean;
}

export function baseCandidate(
  kind: MeasureKind,
  choice: Choice,
  area: { specific: number | null; unknownArea: string | null },
): BaseCandidate {
  const measures = choice.options.map(({ measure }) => measure);
  return { kind, choice, ...area, claimedBy: (claim) => measures.some((measure) => claims(claim, measure)) };
}

/**
 * claimed: asked for and due. unasked: due without a claim. available: would be due if asked for. open: asked for, and a fact that
 * decides is missing. excluded: asked for, and refused.
 */
export interface Eligibility {
  verdict: 'claimed' | 'unasked' | 'available' | 'open' | 'excluded';
  reason: string | null;
  needs: string[];
}

/** Whether something other than the third-country duty may be the base for the declared facts. */
export function eligibility(candidate: BaseCandidate, input: TaricStackingInput): Eligibility {
  const { question } = input;
  const { kind, choice, unknownArea } = candidate;
  const text = textFact(question, 'preference');
  const claim = text === null ? null : preferenceClaim(text);
  const inQuota = flag(question, 'in_quota');
  const quota = kind.kind === 'quota' || kind.kind === 'preferential-quota';
  const option = choice.chosen ?? choice.options[0];
  if (!option) return { verdict: 'excluded', reason: 'nothing is printed', needs: [] };
  const { measure, assessment } = option;
  // 300 with in_quota stands for 320: the preference is claimed, and the quota open to it asked for.
  const named =
    claim !== null &&
    (candidate.claimedBy(claim) ||
      (kind.kind === 'preferential-quota' && inQuota === true && claimsQuota(claim, measure)));
  const asked =
    named ||
    (text === null &&
      kind.endUse &&
      !quota &&
      kind.kind !== 'preference' &&
      assessment.state === 'applies' &&
      assessment.byDocument) ||
    // Being within the quota says nothing about the use of the goods.
    (text === null && kind.kind === 'quota' && inQuota === true && (!kind.endUse || assessment.byDocument));
  if (quota && inQuota === false) {
    return { verdict: 'excluded', reason: 'the goods are outside the quota', needs: [] };
  }
  if (!asked) return unclaimed(candidate, measure, option.assessment, { text, quota, inQuota });
  if (unknownArea !== null) {
    const reason = `whether ${unknownArea} includes ${question.origin} is not known`;
    return { verdict: 'open', reason, needs: [`members:${unknownArea}`] };
  }
  if (quota && inQuota !== true) {
    const reason = `quota ${measure.quota_order_number ?? ''} is claimed: the goods must be within it`;
    return { verdict: 'available', reason, needs: ['in_quota'] };
  }
  if (choice.chosen === null) {
    return { verdict: 'open', reason: 'the additional code of the goods decides', needs: ['additional_code'] };
  }
  if (assessment.state === 'applies') {
    return { verdict: 'claimed', reason: assessment.reason, needs: assessment.needs };
  }
  if (assessment.state === 'open') return { verdict: 'open', reason: assessment.reason, needs: assessment.needs };
  if (assessment.documentsOpen) {
    const reason = `claimed, and it takes ${assessment.documentsAsked}: nothing is said about documents`;
    return { verdict: 'open', reason, needs: ['certificates'] };
  }
  const reason = `claimed without ${assessment.documentsAsked || 'what its conditions ask for'}`;
  return { verdict: 'excluded', reason, needs: [] };
}

function unclaimed(
  { kind, unknownArea, choice }: BaseCandidate,
  measure: TaricMeasure,
  assessment: Choice['options'][number]['assessment'],
  given: { text: string | null; quota: boolean; inQuota: boolean | null },
): Eligibility {
  const free =
    kind.kind === 'suspension' &&
    !kind.endUse &&
    given.text === null &&
    unknownArea === null &&
    choice.chosen !== null &&
    assessment.state === 'applies' &&
    !assessment.documentsOpen &&
    !describesGoods(measure);
  if (free) return { verdict: 'unasked', reason: assessment.reason, needs: assessment.needs };
  const documents = assessment.documents.length === 0 ? '' : ` with ${assessment.documentsAsked}`;
  const area = unknownArea === null ? '' : `, if ${unknownArea} includes the origin`;
  const order = given.quota ? ` within quota ${measure.quota_order_number ?? ''}` : '';
  return {
    verdict: 'available',
    reason: `claim ${claimCode(measure)} (${measure.geographical_area})${order}${documents}${area}`,
    needs: [
      ...(given.text === null && !(kind.kind === 'quota' && !kind.endUse) ? ['preference'] : []),
      ...(given.quota && given.inQuota === null ? ['in_quota'] : []),
      ...(assessment.documents.length > 0 ? ['certificates'] : []),
      ...(unknownArea === null ? [] : [`members:${unknownArea}`]),
    ],
  };
}

function claimsQuota(claim: PreferenceClaim, measure: TaricMeasure): boolean {
  if (claim.text.endsWith('00') === false && claim.text.length === 3) return false;
  return (
    claims({ ...claim, types: ['143', '147'] }, measure) && (measure.measure_type === '147') === (claim.text[0] === '4')
  );
}

/** Footnotes DS… of the UK tariff describe the goods a suspension is for, narrower than the code. */
function describesGoods(measure: TaricMeasure): boolean {
  return measure.footnotes.some((footnote) => footnote.startsWith('DS'));
}
