import type { PlainDate } from '../dates.ts';

/** A coded line of one state of a tariff, with what tells it from its neighbours. */
export interface LineageLine {
  /** Significant digits. */
  code: string;
  declarable: boolean;
  /** Descriptions from the top down; the line's own stands last. */
  path: readonly string[];
  /** Keys of the lines of the path in their tariff: a line above that is only reworded keeps its key. */
  keys?: readonly string[];
  /** Printed beginning of the line, where the tariff prints one: a code that is given to other goods begins anew. */
  since?: PlainDate;
  units: readonly string[];
  /** General rate as printed on the line or inherited; null when there is none. */
  rate: string | null;
}

/** What a publisher says about two codes: 'transferred to', a row of a correlation table. */
export interface StatedTransfer {
  from: string;
  to: string;
  /** The statement is made about this side, and names every code of the other side. */
  complete: 'from' | 'to';
  /** As printed. */
  text: string;
  release: number | null;
}

export interface Evidence {
  /** 'stated': the publisher says so. The others are what we compared. */
  kind: 'stated' | 'listed' | 'description' | 'position' | 'rate' | 'units';
  text: string;
  release: number | null;
}

export type LineageKind = 'renumbered' | 'split' | 'merged';

/**
 * A code that ended and a code that began, and why one may be what became of the other. A split or a merger names candidates: which one
 * is right depends on the goods, and nobody may be moved from one to the other without asking.
 */
export interface LineageLink {
  from: string;
  to: string;
  kind: LineageKind;
  /** The code can still be declared, for the goods that are left to it: itself one of the parts of a split. */
  from_continues: boolean;
  /** The code could be declared before: goods were put into it. */
  to_existed: boolean;
  /**
   * '0.000' to '1.000'; 1 only for what the publisher states. How often links of this kind were right where we read both states by hand
   * (docs/lineage.md); what the goods are decides the single case.
   */
  score: string;
  authority: 'authoritative' | 'inferred';
  evidence: Evidence[];
}

export interface DatedLink extends LineageLink {
  /** First day on which the new code applies. */
  effective_date: PlainDate;
}
