/**
 * One component model for duty expressions of every jurisdiction. Rates are fractions as decimal strings ("0.165"),
 * amounts decimal strings in `currency` per `per` units of `unit` (codes of transforms/units.ts).
 */

export type DutyExpression =
  /** No duty. With `condition` (as printed, 'under bond') only when that is met. */
  | { op: 'free'; condition?: string }
  /** `rate` of the customs value, or of the part of it named by `basis` ('case', 'battery', 'non_us_content' …). */
  | { op: 'ad_valorem'; rate: string; basis?: string }
  /** `amount` `currency` per `per` × `unit` (+ `qualifier`), measured on `basis` where printed ('lead_content', 'drained_weight' …). */
  | { op: 'specific'; amount: string; currency: string; per: string; unit: string; qualifier?: string; basis?: string }
  | { op: 'sum'; terms: DutyExpression[] }
  | { op: 'difference'; from: DutyExpression; less: DutyExpression }
  /** The smaller (`MAX` in TARIC: a ceiling). */
  | { op: 'smaller_of'; terms: DutyExpression[] }
  /** The larger (`MIN` in TARIC: a floor). */
  | { op: 'larger_of'; terms: DutyExpression[] }
  /** `duty` once for every unit by which the declared fact stays under `below` (sugar: for each degree under 100 degrees). */
  | { op: 'per_step_below'; fact: string; below: string; duty: DutyExpression }
  /** Chapter 98 and 99: the duty of the subheading the goods classify in, or of the subheadings named in `of`. */
  | { op: 'base_duty'; of?: string }
  /** A rate by the time of year; `from` and `to` are 'MM-DD', both inclusive, and may wrap around the new year. */
  | { op: 'seasonal'; periods: { from: string; to: string; duty: DutyExpression }[] }
  /** EA (674), ADSZ (672), ADFM (673) by Meursing additional code; `reduced` for the R forms. */
  | { op: 'meursing'; table: 'EA' | 'ADSZ' | 'ADFM'; reduced: boolean }
  /** A supplementary unit, a statistical statement: no duty. */
  | { op: 'supplementary_unit'; unit: string; qualifier?: string }
  /** Understood, but no number follows from the text alone; `reason` is a stable code, `text` as printed. */
  | { op: 'not_computable'; reason: string; text: string };

/** A text the grammar does not know. Publishing one is an issue to review, unlike the other reasons. */
export const UNRECOGNISED = 'unrecognised';
/** An empty cell. */
export const BLANK = 'blank';
