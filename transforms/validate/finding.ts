import type { DatedLink } from '../lineage/line.ts';
import type { Retrieval } from '../classify/tariff-index.ts';
import type { Requirement } from '../requirements/requirement.ts';
import type { Exposure } from '../risk/assess.ts';

export type FindingStatus = 'pass' | 'warn' | 'fail' | 'not_evaluated';

/** What one rule says. `not_evaluated`: what it needs is not held or was not given, with the reason in the message. */
export interface Finding {
  rule: string;
  status: FindingStatus;
  message: string;
  /** What it is based on or proposes, by name; plain JSON. */
  details: Readonly<Record<string, unknown>>;
}

/** A line of the destination's tariff as the rules see it. */
export interface KnownLine {
  code: string;
  declarable: boolean;
  path: readonly string[];
}

/** All that the rules look at. Members are null where the ledger does not hold what they are made of. */
export interface ValidationInput {
  /** As given. */
  text: string;
  /** Digits of it; null when it is no code. */
  digits: string | null;
  /** A digit of the member state beyond the ten of TARIC, not among `digits`; null when there is none. */
  national: string | null;
  /** The code with a zero before it, where that is one of the tariff and the digits as given are odd in number. */
  leading_zero: string | null;
  destination: string;
  origin: string | null;
  as_of: string;
  description: string | null;
  declared_value: { amount: string; currency: string } | null;
  /** Whether the six digits are in the Harmonized System in force; null: the list is not loaded, or the code is shorter. */
  hs6_active: boolean | null;
  tariff: {
    /** The line at the code, or null. */
    line: KnownLine | null;
    /** Declarable lines below it. */
    below: number;
    /** Digits that a declaration needs there. */
    digits: number;
    /** When the code could be declared, if ever. */
    span: { from: string; to: string | null } | null;
    /** Why the code may exist although no line lists it; null when it is listed or does not exist. */
    unlisted: {
      message: string;
      nomenclature_as_of: string;
      inherits_from: { code: string; formatted: string };
    } | null;
    replaced_by: readonly DatedLink[];
    /** Where nothing took over: codes that can be declared below the part of the code that exists. */
    nearest: readonly string[];
    /** Why the lines held may not be those of the date; null when they are. */
    behind: string | null;
  } | null;
  /** The description against the tariff's words; null without description or tariff. */
  retrieval: Retrieval | null;
  requirements: {
    available: boolean;
    reason: string | null;
    list: readonly Requirement[];
    exposures: readonly Exposure[];
    /** What keeps 'nothing found' from meaning 'none', in words. */
    open: { traps: readonly string[]; documents: readonly string[] };
  } | null;
}

export type Rule = (input: ValidationInput) => Finding;

export function finding(
  rule: string,
  status: FindingStatus,
  message: string,
  details: Readonly<Record<string, unknown>> = {},
): Finding {
  return { rule, status, message, details };
}
