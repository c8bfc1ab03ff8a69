import type { DutyExpression } from '../../duty/expression.ts';
import type { CoverageStatement, DutyComponent, DutyQuestion, DutyTotal } from '../component.ts';
import type { ProgrammeRow } from '../programme.ts';

type Source = DutyComponent['source'];

/** One cell of the schedule with the line it is printed on (rates are inherited per column). */
export interface BaseCell {
  /** Digits of the line that prints it. */
  code: string;
  expression: string | null;
  duty: DutyExpression | null;
  /** Symbols of a special cell ('A*', 'S+'); empty for general and column 2. */
  programmes: readonly string[];
  legal_base: { citation: string; url: string | null } | null;
  valid_from: string | null;
  valid_to: string | null;
  source: Source;
}

/** What the schedule prints for the line in force at the date. A null column: nothing is printed on the line or any ancestor. */
export interface BaseLine {
  code: string;
  general: BaseCell | null;
  special: readonly BaseCell[];
  column2: BaseCell | null;
}

/** A footnote reference of the line or an ancestor. */
export interface FootnoteRef {
  /** 8 digits: '99038815'. */
  heading: string;
  /** Columns it stands on: 'general', 'other', 'desc' … */
  columns: readonly string[];
  /** Digits of the line that carries it. */
  code: string;
}

/** An entry of a product list that is a prefix of the code asked for. */
export interface ListHit {
  list: string;
  code: string;
  data: Readonly<Record<string, unknown>>;
}

export interface UsStackingInput {
  question: DutyQuestion;
  base: BaseLine;
  footnotes: readonly FootnoteRef[];
  /** Rows of us.programmes valid at `as_of` and known at `known_at`. */
  programmes: readonly ProgrammeRow[];
  lists: {
    hits: readonly ListHit[];
    /** Ids of the lists the ledger holds for `as_of`: a list that is not here leaves its programme undetermined. */
    loaded: ReadonlySet<string>;
  };
  /** Units of `to` for one of `from`; absent: no rates. */
  exchange?: (from: string, to: string) => string | null;
}

/** A ban to show among the requirements; never a duty. */
export interface RequirementHint {
  program: string;
  kind: 'prohibition';
  level: 'inferred' | 'authoritative';
  text: string;
  code: string;
  url: string | null;
  needs_review: boolean;
}

export interface UsStackingResult {
  /** In reporting order: base first, then by programme. */
  components: DutyComponent[];
  total: DutyTotal;
  /** Only what this answer has to say beyond the scope of the loaded releases. */
  coverage: CoverageStatement[];
  requirements: RequirementHint[];
}
