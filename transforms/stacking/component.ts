import type { DutyExpression } from '../duty/expression.ts';
import type { Instant, PlainDate } from '../dates.ts';
import type { MeasureEffect } from '../records.ts';

/**
 * One decided measure of a duty answer. Every measure that could have mattered stays in the answer, with its status and reason;
 * the shape is the one of GET /duties (design: api contract v1) and the same for every destination.
 */
export interface DutyComponent {
  /** 'us.mfn', 'us.section-301.china', 'eu.third-country', 'gb.antidumping' … */
  program: string;
  /** Family used by the coverage statement: 'general', 'section-301', 'section-232', 'preference', 'antidumping' … */
  family: string;
  measure_type: string;
  /** Chapter 99 heading ('9903.88.15'), additional code or quota order number's heading; null where there is none. */
  heading: string | null;
  /** The code the measure is attached to: a prefix of (or equal to) the code asked for. */
  code: string;
  effect: MeasureEffect;
  /**
   * applied: counts in the total. suppressed: would apply, but another measure excludes it (suppressed_by). available: would apply
   * if the facts in `needs` were declared. undetermined: applies or not depending on facts in `needs` that were not given: the
   * total is at best a lower bound. excluded: origin, list or exception takes the goods out (reason).
   */
  status: 'applied' | 'suppressed' | 'available' | 'undetermined' | 'excluded';
  /** As printed. */
  expression: string | null;
  duty: DutyExpression | null;
  /** Ad valorem fraction that this component adds to the total ("0.075"); null when there is none or it cannot be known. */
  rate: string | null;
  /** Money this component adds, rounded half-up to the cent; null without customs value or quantities. */
  amount: string | null;
  /** Why it has this status, in one sentence; null for plainly applied ones. */
  reason: string | null;
  suppressed_by: { program: string; heading: string | null; note: string } | null;
  /** Names of facts (GET /facts) or quantities ('quantity:KGM') that would settle or activate it. */
  needs: string[];
  legal_base: { citation: string; url: string | null } | null;
  valid_from: PlainDate | null;
  /** Exclusive. */
  valid_to: PlainDate | null;
  /** The published law at hand does not settle this (e.g. what happened after 2026-11-09). */
  needs_review: boolean;
  /** Release that the measure comes from. */
  source: { source_id: string; release: number; label: string } | null;
}

/** What is asked: one line of goods, one destination, one origin, one date of law. */
export interface DutyQuestion {
  /** Digits of the code as asked. */
  code: string;
  /** ISO alpha-2. */
  destination: string;
  origin: string;
  /** The entry date: the law applied. */
  as_of: PlainDate;
  /** What had been published by then; null = now. */
  known_at: Instant | null;
  customs_value: { amount: string; currency: string } | null;
  quantities: { unit: string; amount: string; qualifier?: string }[];
  transport_mode: string | null;
  /** Declared facts by name, values as JSON scalars: preference, chapter_98, metal_weight_share … */
  facts: Readonly<Record<string, string | boolean | number | string[]>>;
}

export type TotalStatus = 'complete' | 'lower_bound' | 'not_computable';

export interface DutyTotal {
  status: TotalStatus;
  /** Sum of the applied ad valorem parts; null when a specific part cannot be turned into one. */
  ad_valorem_rate: string | null;
  amount: string | null;
  currency: string | null;
  missing: string[];
}

export type CoverageStatus = 'covered' | 'partial' | 'not_covered';

/** What the answer may be relied on for, by family, with dates where it is partial. */
export interface CoverageStatement {
  family: string;
  status: CoverageStatus;
  reason: string | null;
  data_as_of: PlainDate | null;
}
