import type { DutyComponent, DutyTotal } from '../../transforms/stacking/component.ts';
import type { UnlistedCode } from '../unlisted-code.ts';
import type { CandidateOrder } from '../reference/order-candidates.ts';

/** A document, prohibition, control or risk that stands beside the duty. */
export interface RequirementNote {
  program: string;
  kind: 'prohibition' | 'document' | 'control' | 'risk';
  /** From a measure in force, or inferred from a sector or a description. */
  level: 'authoritative' | 'inferred';
  text: string;
  code: string;
  url: string | null;
  needs_review: boolean;
}

/** What GET and POST /duties answer. */
export interface DutyData {
  code: string;
  formatted: string;
  destination: string;
  origin: string;
  /** Null when that is not known: see `unlisted`. */
  declarable: boolean | null;
  /** Set when no line lists the code and it may exist all the same; the total is a lower bound at best then. */
  unlisted: UnlistedCode | null;
  description: string | null;
  total: DutyTotal;
  components: DutyComponent[];
  /** For a code that is not declarable: the declarable lines below it whose duty differs; empty when all agree. */
  differing_lines: {
    code: string;
    formatted: string;
    description: string;
    ad_valorem_rate: string | null;
    status: DutyTotal['status'];
  }[];
  candidate_orders: CandidateOrder[];
  requirements: RequirementNote[];
}
