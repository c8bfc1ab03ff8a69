import type { Requirement } from '../../transforms/requirements/requirement.ts';
import type { Exposure, RiskAssessment } from '../../transforms/risk/assess.ts';
import type { Moment } from '../moment.ts';

export interface RequirementsQuestion extends Moment {
  /** As asked: 4 to 10 digits, dots optional. */
  code: string;
  /** ISO alpha-2 of country or customs territory. */
  destination: string;
  origin: string;
}

/** A piece of the answer that stands or falls by itself. */
export interface AnswerPart {
  part: string;
  available: boolean;
  /** Why it is not, or not fully; null when it is. */
  reason: string | null;
}

/** A regime that the goods are or may be under, once, however many measures say so. */
export interface RegimeFlag {
  regime: string;
  title: string;
  authority: Requirement['authority'];
  direction: Requirement['direction'];
  obligations: string[];
  legal_base: Requirement['legal_base'];
}

/** What GET /requirements answers. */
export interface RequirementsData {
  code: string;
  formatted: string;
  destination: string;
  origin: string;
  declarable: boolean | null;
  /** False when nothing can be said: the lists are empty then, and that does not mean none. */
  available: boolean;
  reason: string | null;
  parts: AnswerPart[];
  requirements: Requirement[];
  regimes: RegimeFlag[];
  exposures: Exposure[];
  risk: RiskAssessment;
}

/** What a jurisdiction has to say, before the risk is assessed. */
export interface RequirementsFound {
  /** Null when that is not known: the nomenclature at hand does not list the code. */
  declarable: boolean | null;
  parts: AnswerPart[];
  requirements: Requirement[];
  exposures: Exposure[];
}
