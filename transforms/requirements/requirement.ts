import type { PlainDate } from '../dates.ts';

/** Stated by a measure, an agency's list or an act; or concluded by us from a sector, a heading or a description. */
export type Authority = 'authoritative' | 'inferred';

export interface NamedDocument {
  /** Certificate or document code without hyphen ('C640', 'Y927'); the flag for a US agency. */
  code: string;
  /** As the release names it; null when it does not. */
  name: string | null;
}

/** Conditions under one condition code: any one of the alternatives or waivers is enough. */
export interface DocumentGroup {
  condition_code: string;
  alternatives: NamedDocument[];
  /** Declarations that the measure does not concern the goods (Y-codes): never documents to be obtained. */
  waivers: NamedDocument[];
  /** Prices or quantities that satisfy it without a document, as printed. */
  thresholds: string[];
  /** What follows when nothing of this is there. */
  otherwise: 'not_allowed' | 'measure_not_applicable' | 'another_duty' | 'allowed' | 'unstated';
}

export type RequirementKind = 'prohibition' | 'restriction' | 'licence' | 'document' | 'control' | 'claim';

/** A prohibition, licence, document or control on goods of a code and an origin. Groups of different condition codes must all be met. */
export interface Requirement {
  kind: RequirementKind;
  /** Regime by the words of its name: 'veterinary', 'cites', 'organic', 'forced-labour' …; 'other' when the name does not tell. */
  regime: string;
  title: string;
  direction: 'import' | 'export';
  /** True when goods do not enter without one of the alternatives or waivers of every group. */
  blocking: boolean;
  groups: DocumentGroup[];
  /** Measure type of a European tariff, flag of a US agency; null for declared regimes. */
  measure_type: string | null;
  code: string;
  area: string | null;
  authority: Authority;
  notes: string[];
  legal_base: { citation: string; url: string | null } | null;
  valid_from: PlainDate | null;
  /** Exclusive. */
  valid_to: PlainDate | null;
  /** Release that states it. */
  release: number;
}
