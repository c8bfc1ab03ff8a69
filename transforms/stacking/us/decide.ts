import { isValidAt } from '../../dates.ts';
import { Exact } from '../../exact.ts';
import type { HeadingRow, ProgrammeRow } from '../programme.ts';
import type { ChosenBase } from './base-duty.ts';
import { additionalShare, type ValueShare } from './chapter-98.ts';
import { decimalFact, evaluateCondition, type ConditionContext, type Finding } from './condition.ts';
import type { UsStackingInput } from './input.ts';

/** A relief the importer could claim for a heading that applies. */
export interface Offer {
  heading: string | null;
  reason: string;
  needs: string[];
}

/** A heading that concerns the goods, before other headings are looked at. */
export interface Decision {
  row: ProgrammeRow<HeadingRow>;
  status: 'applies' | 'undetermined' | 'excluded' | 'available';
  reason: string | null;
  needs: string[];
  code: string;
  offers: Offer[];
  /** Share of the customs value the rate is taken of, all parts multiplied. */
  value: ValueShare;
}

export interface DecisionContext {
  input: UsStackingInput;
  base: ChosenBase;
  facts: ConditionContext;
}

/** What one heading means for the goods by itself; null when it does not concern the goods or the origin at all. */
export function decideHeading(row: ProgrammeRow<HeadingRow>, context: DecisionContext): Decision | null {
  const { question } = context.input;
  const { countries, except, except_reason } = row.area;
  if (!isValidAt(row, question.as_of)) return null;
  if (countries !== null && !countries.includes(question.origin)) return null;
  const scope = evaluateCondition(row.scope, context.facts);
  if (scope.truth === 'no') return claimable(row, context);
  const decision = baseDecision(row, question.code, scope);
  if (except.includes(question.origin))
    return exclude(decision, except_reason ?? `products of ${question.origin} are excepted`);
  if (context.base.column === 2 && !row.columns.two)
    return exclude(decision, `adds nothing in column 2 (products of ${question.origin})`);
  if (context.base.column === 1 && !row.columns.one) return null;

  const exceptions = weighExceptions(row, context);
  if (exceptions.excluded !== null) return exclude(decision, exceptions.excluded);
  const chapter98 = additionalShare(row, question);
  if (chapter98.excluded !== null) return exclude(decision, chapter98.excluded);
  if (chapter98.open !== null)
    return { ...decision, status: 'undetermined', reason: chapter98.open, needs: ['chapter_98'] };
  const value = shareOfValue(row, context, chapter98);
  const needs = [...scope.needs, ...exceptions.unknown];
  if (scope.truth === 'unknown' || exceptions.unknown.length > 0) {
    const reason = exceptions.reason ?? openReason(scope);
    return {
      ...decision,
      status: 'undetermined',
      reason,
      needs: [...new Set(needs)],
      offers: exceptions.offers,
      value,
    };
  }
  if (value.missing.length > 0 && row.value === 'content')
    return {
      ...decision,
      status: 'undetermined',
      reason: value.reason,
      needs: value.missing,
      offers: exceptions.offers,
      value,
    };
  return { ...decision, reason: value.reason ?? row.presumption?.text ?? null, offers: exceptions.offers, value };
}

function baseDecision(row: ProgrammeRow<HeadingRow>, code: string, scope: Finding): Decision {
  return {
    row,
    status: 'applies',
    reason: null,
    needs: [],
    code: scope.code ?? code,
    offers: [],
    value: { share: null, value: null, missing: [], reason: null },
  };
}

const exclude = (decision: Decision, reason: string): Decision => ({ ...decision, status: 'excluded', reason });

/** Out of scope as declared, but in scope if something were declared (8471 as a vehicle part): listed as available. */
function claimable(row: ProgrammeRow<HeadingRow>, context: DecisionContext): Decision | null {
  if (row.presumption === null) return null;
  const hoped = evaluateCondition(row.scope, { ...context.facts, hopeful: true });
  if (hoped.truth !== 'yes' || hoped.needs.length === 0) return null;
  if (row.area.except.includes(context.input.question.origin)) return null;
  if (context.base.column === 2 && !row.columns.two) return null;
  const decision = baseDecision(row, context.input.question.code, hoped);
  return { ...decision, status: 'available', reason: row.presumption.text, needs: hoped.needs };
}

interface Weighed {
  excluded: string | null;
  unknown: string[];
  reason: string | null;
  offers: Offer[];
}

function weighExceptions(row: ProgrammeRow<HeadingRow>, context: DecisionContext): Weighed {
  const weighed: Weighed = { excluded: null, unknown: [], reason: null, offers: [] };
  for (const exception of row.exceptions) {
    if (!isValidAt(exception, context.input.question.as_of)) continue;
    const finding = evaluateCondition(exception.when, context.facts);
    const heading = exception.heading === null ? '' : `${exception.heading}: `;
    if (finding.truth === 'yes')
      return { ...weighed, excluded: `${heading}${exception.reason}`, unknown: [], offers: [] };
    if (finding.truth === 'unknown') {
      weighed.unknown.push(...finding.needs);
      weighed.reason ??= `depends on whether ${exception.reason}`;
    } else if (exception.offer) {
      const hoped = evaluateCondition(exception.when, { ...context.facts, hopeful: true });
      if (hoped.truth === 'yes' && hoped.needs.length > 0)
        weighed.offers.push({ heading: exception.heading, reason: exception.reason, needs: hoped.needs });
    }
  }
  return weighed;
}

function openReason(scope: Finding): string {
  const lists = scope.needs.filter((need) => need.startsWith('list:')).map((need) => need.slice(5));
  if (lists.length > 0) return `product list not loaded: ${lists.join(', ')}`;
  if (scope.needs.includes('code'))
    return 'only part of the line asked for is covered; ask with the full statistical number';
  return `depends on ${scope.needs.join(', ')}`;
}

/** Multiplies the parts: chapter 98, metal content, U.S. content. */
function shareOfValue(row: ProgrammeRow<HeadingRow>, context: DecisionContext, chapter98: ValueShare): ValueShare {
  const parts: ValueShare[] = [chapter98];
  if (row.value === 'content') parts.push(contentShare(row, context));
  if (row.value === 'non_us_content') parts.push(usShare(context, null));
  if (row.us_content_relief) parts.push(usShare(context, '0.2'));
  const shares = parts.map((part) => part.share).filter((share) => share !== null);
  return {
    share: shares.length === 0 ? null : shares.reduce((product, share) => product.times(share), new Exact(1)).toFixed(),
    value: null,
    missing: [...new Set(parts.flatMap((part) => part.missing))],
    reason:
      parts
        .map((part) => part.reason)
        .filter((reason) => reason !== null)
        .join('; ') || null,
  };
}

/** The declared metal content as a share of value; presumed whole for articles of the metal's own chapter. */
export function contentShare(row: HeadingRow, context: DecisionContext): ValueShare {
  const { question } = context.input;
  const declared = decimalFact(question, 'metal_content_value');
  if (declared !== null) {
    const value = question.customs_value === null ? null : new Exact(question.customs_value.amount);
    if (value === null || value.isZero())
      return {
        share: null,
        value: null,
        missing: ['customs_value'],
        reason: 'the metal content is a part of the customs value',
      };
    const share = Exact.min(declared.div(value), 1);
    return { share: share.toFixed(), value: null, missing: [], reason: 'on the declared value of the metal content' };
  }
  const presumed =
    row.content_presumed !== null && evaluateCondition(row.content_presumed, context.facts).truth === 'yes';
  if (presumed)
    return {
      share: null,
      value: null,
      missing: [],
      reason: 'no metal content declared: the whole value is taken as content',
    };
  const reason = 'on the value of the metal content only, which is not declared';
  return { share: null, value: null, missing: ['metal_content_value'], reason };
}

function usShare(context: DecisionContext, threshold: string | null): ValueShare {
  const declared = decimalFact(context.input.question, 'us_content_share');
  if (declared === null || (threshold !== null && declared.lessThan(threshold)))
    return { share: null, value: null, missing: [], reason: null };
  const share = Exact.max(new Exact(1).minus(declared), 0).toFixed();
  return { share, value: null, missing: [], reason: `on the non-U.S. content (${share} of the value)` };
}
