import { Exact } from '../../exact.ts';
import type { DutyQuestion } from '../component.ts';
import type { HeadingRow } from '../programme.ts';
import { decimalFact } from './condition.ts';

/** The part of the customs value a duty is taken of. */
export interface ValueShare {
  /** Of the customs value, as a fraction; null: the whole. */
  share: string | null;
  /** In the currency of the customs value; null when not computed. */
  value: string | null;
  /** Facts without which the part is not known: the rate is then nominal and no amount follows. */
  missing: string[];
  reason: string | null;
}

const WHOLE: ValueShare = { share: null, value: null, missing: [], reason: null };
const PROCESSING = ['9802.00.40', '9802.00.50', '9802.00.60'];
const ASSEMBLED = '9802.00.80';

/** The chapter 98 provision claimed: '9802.00.80', 'unspecified' for a bare true, null when none is. */
function chapter98Claim(question: DutyQuestion): string | null {
  const claim = question.facts['chapter_98'];
  if (claim === true || claim === 'true') return 'unspecified';
  return typeof claim === 'string' && /^98\d\d/.test(claim) ? claim : null;
}

/** What chapter 98 does to the base duty: 9802.00.40–.60 on processing, 9802.00.80 less U.S. components, others in lieu. */
export function baseShare(question: DutyQuestion): ValueShare & { inLieuOf: string | null } {
  const claim = chapter98Claim(question);
  if (claim === null) return { ...WHOLE, inLieuOf: null };
  if (claim === 'unspecified') {
    return {
      ...WHOLE,
      reason: 'entered under a provision of chapter 98 that is not named: the rate of the line itself is shown',
      inLieuOf: null,
    };
  }
  const part = partOfValue(claim, question);
  return part ? { ...part, inLieuOf: null } : { ...WHOLE, inLieuOf: claim };
}

/** What chapter 98 does to an additional duty: excluded (why), open (a provision has to be named), or the share it is taken of. */
export interface AdditionalShare extends ValueShare {
  excluded: string | null;
  open: string | null;
}

export function additionalShare(row: Pick<HeadingRow, 'chapter_98' | 'note'>, question: DutyQuestion): AdditionalShare {
  const claim = chapter98Claim(question);
  const whole = { ...WHOLE, excluded: null, open: null };
  if (claim === null) return whole;
  if (row.chapter_98 === 'terms') return underTerms(claim, question);
  const part = partOfValue(claim, question);
  if (part) return { ...whole, ...part };
  if (row.chapter_98 === 'exempt_not_xxiii' && claim.startsWith('9823')) return whole;
  const note = row.note === null ? '' : ` (U.S. note ${row.note})`;
  return { ...whole, excluded: `entry properly claimed under chapter 98${note}` };
}

/**
 * Notes 16(b), 19, 33, 36-39: "eligible for and subject to the terms of such provision", but 9802.00.60 on the full value. The other
 * provisions of chapter 98 that a duty could follow are free.
 */
function underTerms(claim: string, question: DutyQuestion): AdditionalShare {
  const whole = { ...WHOLE, excluded: null, open: null };
  if (claim.startsWith('9802.00.60'))
    return { ...whole, reason: 'entries under 9802.00.60 bear this duty on the full value' };
  if (claim === 'unspecified')
    return { ...whole, open: 'depends on the terms of the chapter 98 provision, which is not named' };
  const part = partOfValue(claim, question);
  if (part) return { ...whole, ...part };
  return { ...whole, excluded: `entered under ${claim}, whose terms the duty follows` };
}

function partOfValue(claim: string, question: DutyQuestion): ValueShare | null {
  const processing = PROCESSING.some((provision) => claim.startsWith(provision));
  if (!processing && !claim.startsWith(ASSEMBLED)) return null;
  const fact = processing ? 'processing_value' : 'us_components_value';
  const declared = decimalFact(question, fact);
  const value = question.customs_value === null ? null : new Exact(question.customs_value.amount);
  const reason = processing
    ? `on the value of repairs, alterations or processing (${claim})`
    : `on the value less U.S. components (${claim})`;
  if (declared === null || value === null || value.isZero()) {
    const missing = [...(declared === null ? [fact] : []), ...(value === null ? ['customs_value'] : [])];
    return { share: null, value: null, missing, reason };
  }
  const part = processing ? Exact.min(declared, value) : Exact.max(value.minus(declared), 0);
  return { share: part.div(value).toFixed(), value: part.toFixed(), missing: [], reason };
}
