import { BLANK, type DutyExpression } from './expression.ts';
import { parseHtsRate } from './parse-hts.ts';

/** How a rate cell of chapter 99 changes the duty of the line it is applied to. */
export type Chapter99Relation =
  /** Base duty plus `duty`. */
  | 'adds'
  /** "The duty provided in the applicable subheading": the heading exists to relieve or to report, it adds nothing. */
  | 'adds_nothing'
  /** "No change": the column keeps the base duty. */
  | 'no_change'
  /** Free: in lieu of the base duty. */
  | 'replaces'
  /** A bare rate. In 9902 it replaces; in 9903.02.20, 9903.82.10 or 9903.94.5x the TOTAL is that rate. The programme declares which. */
  | 'replaces_or_floor'
  /** Nothing printed for this column. */
  | 'blank'
  /** The text refers elsewhere or is not understood; see `duty.reason`. */
  | 'not_computable';

export interface Chapter99Rate {
  relation: Chapter99Relation;
  /** The part the heading itself states; null when it states none. */
  duty: DutyExpression | null;
  /** Subheadings the text names as the base ('subheadings 8716.39.00, …'); null for "the applicable subheading". */
  base: string | null;
}

/** A general, column 2 or single special rate of chapter 99 with its relation to the base duty. */
export function parseChapter99Rate(text: string): Chapter99Rate {
  const duty = parseHtsRate(text);
  if (duty.op === 'not_computable')
    return { relation: duty.reason === BLANK ? 'blank' : 'not_computable', duty, base: null };
  if (duty.op === 'base_duty') {
    return { relation: /^\s*no change/i.test(text) ? 'no_change' : 'adds_nothing', duty: null, base: duty.of ?? null };
  }
  const [first, ...added] = duty.op === 'sum' ? duty.terms : [];
  if (first?.op === 'base_duty') {
    const [only] = added;
    return {
      relation: 'adds',
      duty: added.length === 1 && only ? only : { op: 'sum', terms: added },
      base: first.of ?? null,
    };
  }
  return { relation: duty.op === 'free' ? 'replaces' : 'replaces_or_floor', duty, base: null };
}
