import type { Authority, Requirement } from '../requirements/requirement.ts';

/**
 * Risk of an import by what stands in its way: the rubric of docs/risk.md. Levels are ordered; a level is the highest of its reasons.
 */
export const RISK_LEVELS = {
  L0: 'none',
  L1: 'watch',
  L2: 'surcharge',
  L3: 'document',
  L4: 'licence',
  L5: 'conditional-block',
  L6: 'block',
} as const;
export type RiskLevel = keyof typeof RISK_LEVELS;

export interface RiskReason {
  level: RiskLevel;
  text: string;
  regime: string;
  code: string;
  authority: Authority;
  /** Release that states it; null for what follows from the absence of everything else. */
  release: number | null;
}

/** A duty or a procedure that may add cost: a programme, a candidate order, a quota. */
export interface Exposure {
  kind: 'surcharge' | 'quota';
  text: string;
  regime: string;
  code: string;
  authority: Authority;
  release: number | null;
}

export interface RiskAssessment {
  /** False when nothing that could be assessed is held: unknown is not none. */
  available: boolean;
  reason: string | null;
  level: RiskLevel | null;
  label: string | null;
  /** True when a part is not covered: the level may be higher. */
  at_least: boolean;
  reasons: RiskReason[];
  summary: string;
  recommended_action: string;
}

/** An inferred reason never lifts above this: a sector or a heading is a reason to look, not a block. */
const HIGHEST_INFERRED: RiskLevel = 'L3';

/** Restrictions that the origin is under as such: an exemption is the exception. */
const OF_ORIGIN: ReadonlySet<string> = new Set(['sanctions', 'embargo', 'forced-labour']);

const ORDER = Object.keys(RISK_LEVELS) as RiskLevel[];
const rank = (level: RiskLevel): number => ORDER.indexOf(level);

/** `gaps`: families or parts that are not covered; with none and no reasons the level is L0. */
export function assessRisk(
  requirements: readonly Requirement[],
  exposures: readonly Exposure[],
  gaps: readonly string[],
): RiskAssessment {
  const reasons = [...requirements.flatMap(reasonOf), ...exposures.map(exposureReason)]
    .map((reason) =>
      reason.authority === 'inferred' && rank(reason.level) > rank(HIGHEST_INFERRED)
        ? { ...reason, level: HIGHEST_INFERRED }
        : reason,
    )
    .sort(
      (a, b) => rank(b.level) - rank(a.level) || (a.authority < b.authority ? -1 : a.authority > b.authority ? 1 : 0),
    );
  const [top] = reasons;
  if (!top && gaps.length > 0) {
    return {
      available: false,
      reason: `nothing was found, but ${gaps.join(', ')} cannot be told: unknown is not none`,
      level: null,
      label: null,
      at_least: true,
      reasons: [],
      summary: 'No level can be given.',
      recommended_action: 'Ask the authority of the destination before shipping.',
    };
  }
  const level = top?.level ?? 'L0';
  return {
    available: true,
    reason: null,
    level,
    label: RISK_LEVELS[level],
    at_least: gaps.length > 0,
    reasons,
    summary: summaryOf(level, reasons, gaps),
    recommended_action: ACTIONS[level](top ?? null),
  };
}

function reasonOf(requirement: Requirement): RiskReason[] {
  const level = levelOf(requirement);
  if (level === null) return [];
  const { regime, code, authority, release, title } = requirement;
  return [{ level, text: title, regime, code, authority, release }];
}

function levelOf({ kind, regime, direction, blocking, groups }: Requirement): RiskLevel | null {
  // What leaves the destination again is another transaction.
  if (direction === 'export') return null;
  switch (kind) {
    case 'prohibition':
      return 'L6';
    case 'restriction':
      return OF_ORIGIN.has(regime) || groups.length === 0 ? 'L5' : 'L4';
    case 'licence':
      return 'L4';
    case 'document':
      return blocking ? 'L3' : 'L1';
    case 'control':
      return regime === 'surveillance' || groups.length > 0 ? 'L1' : 'L3';
    case 'claim':
      // A document that a lower duty is claimed with: no risk of the import.
      return null;
  }
}

function exposureReason({ kind, ...exposure }: Exposure): RiskReason {
  return { ...exposure, level: kind === 'surcharge' ? 'L2' : 'L1' };
}

function summaryOf(level: RiskLevel, reasons: readonly RiskReason[], gaps: readonly string[]): string {
  const highest = reasons.filter((reason) => reason.level === level);
  const names = [...new Set(highest.map(({ text }) => text))];
  const shown = names.slice(0, 3).join('; ') + (names.length > 3 ? ` and ${names.length - 3} more` : '');
  const found = level === 'L0' ? 'Nothing stands in the way in what is covered.' : `${RISK_LEVELS[level]}: ${shown}.`;
  return gaps.length === 0 ? found : `${found} Not covered: ${gaps.join(', ')}.`;
}

const ACTIONS: Readonly<Record<RiskLevel, (top: RiskReason | null) => string>> = {
  L0: () => 'Proceed; keep the ordinary documents.',
  L1: (top) => `Check ${top?.text ?? 'the quota'} on the day of entry.`,
  L2: (top) => `Calculate the additional duty and check the scope: ${top?.text ?? ''}.`,
  L3: (top) =>
    top?.authority === 'inferred'
      ? `Check whether the goods fall under it, and keep evidence: ${top.text}.`
      : `Obtain the document or declare why it is not needed: ${top?.text ?? ''}.`,
  L4: (top) => `Obtain the licence or the agency's release before shipping: ${top?.text ?? ''}.`,
  L5: (top) => `Do not ship before it is settled that an exemption applies: ${top?.text ?? ''}.`,
  L6: (top) => `Do not ship: ${top?.text ?? ''}.`,
};
