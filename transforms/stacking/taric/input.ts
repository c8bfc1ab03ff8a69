import type { PlainDate } from '../../dates.ts';
import type { DutyExpression } from '../../duty/expression.ts';
import type { MeursingRow } from '../../duty/meursing.ts';
import type { MeasureCondition } from '../../records.ts';
import type { CoverageStatement, DutyComponent, DutyQuestion, DutyTotal } from '../component.ts';
import type { Areas } from './areas.ts';

/** A measure of the European or British tariff on the code asked for or on a line above it. */
export interface TaricMeasure {
  natural_key: string;
  /** Significant digits of the line that carries it: a prefix of the code asked for. */
  code: string;
  measure_type: string;
  geographical_area: string;
  excluded_areas: readonly string[];
  additional_code: string | null;
  quota_order_number: string | null;
  reduction_indicator: string | null;
  duty_expression: string | null;
  duty: DutyExpression | null;
  conditions: readonly MeasureCondition[];
  footnotes: readonly string[];
  legal_base: string | null;
  legal_base_url: string | null;
  valid_from: PlainDate;
  /** Exclusive. */
  valid_to: PlainDate | null;
  source: DutyComponent['source'];
}

export interface TaricStackingInput {
  question: DutyQuestion;
  /** Whose tariff: prefix of the programmes, and the currency when no customs value is given. */
  tariff: 'eu' | 'gb';
  measures: readonly TaricMeasure[];
  /** Membership of groups on the date. */
  areas: Areas;
  /** Names of measure types as the publisher prints them. */
  typeNames: ReadonlyMap<string, string>;
  /** What the loaded releases cover, by family: an uncovered family is never taken to be empty. */
  coverage: readonly CoverageStatement[];
  /** Null: the tables are not loaded. */
  meursing: readonly MeursingRow[] | null;
  /** Units of `to` for one of `from`; null when there is no rate. */
  exchange?: (from: string, to: string) => string | null;
}

/** A document, control or prohibition that stands beside the duty. */
export interface TaricRequirement {
  program: string;
  kind: 'prohibition' | 'document' | 'control';
  level: 'authoritative';
  text: string;
  code: string;
  url: string | null;
  needs_review: boolean;
}

export interface TaricStackingResult {
  /** In reporting order: base first, then additional duties. */
  components: DutyComponent[];
  /** Unrounded amounts, in the order of `components`; null where `amount` is. */
  exact: (string | null)[];
  total: DutyTotal;
  /** What this answer has to say beyond the scope of the loaded releases. */
  coverage: CoverageStatement[];
  requirements: TaricRequirement[];
  /** Faults of the data that the answer had to decide on (rule ME32). */
  issues: string[];
}

/** A decided measure with its unrounded amount. */
export interface Decided {
  component: DutyComponent;
  exact: string | null;
}

/** Currency of the amounts when the question names none. */
export function homeCurrency(tariff: TaricStackingInput['tariff']): string {
  return tariff === 'eu' ? 'EUR' : 'GBP';
}

/** Families whose duties come on top of the base: while one is not covered, a total is a lower bound at best. */
export const ADDING_FAMILIES: readonly string[] = ['antidumping', 'countervailing', 'additional-duties'];

/** True when a release says that it covers the family, if only in part. */
export function isCovered(input: Pick<TaricStackingInput, 'coverage'>, family: string): boolean {
  return input.coverage.some((statement) => statement.family === family && statement.status === 'covered');
}
