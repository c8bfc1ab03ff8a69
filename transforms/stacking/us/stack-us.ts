import { isValidAt } from '../../dates.ts';
import { Exact } from '../../exact.ts';
import type { CoverageStatement, DutyComponent } from '../component.ts';
import type { CoverageRow, HeadingRow, PostalRow, ProgrammeRow } from '../programme.ts';
import { totalDuty } from '../total.ts';
import { chooseBase } from './base-duty.ts';
import { headingComponents } from './component.ts';
import { evaluateCondition, type ConditionContext } from './condition.ts';
import { decideHeading, type DecisionContext } from './decide.ts';
import type { RequirementHint, UsStackingInput, UsStackingResult } from './input.ts';
import { settle, type Settled } from './suppression.ts';

/**
 * The US duty on one line of goods at one date: base by column, then every heading of chapter 99 that concerns the goods, decided,
 * set against each other by the texts of the U.S. notes, and priced. Pure: the same input gives the same answer.
 *
 * Percentages are taken of the customs value (19 U.S.C. 1401a: without international freight and insurance) and not compounded.
 */
export function stackUs(input: UsStackingInput): UsStackingResult {
  const { question } = input;
  const base = chooseBase(input);
  const facts: ConditionContext = {
    question,
    footnotes: input.footnotes,
    hits: input.lists.hits,
    loaded: input.lists.loaded,
    baseFree: base.free,
    hopeful: false,
  };
  const context: DecisionContext = { input, base, facts };
  const decisions = input.programmes
    .filter((row): row is ProgrammeRow<HeadingRow> => row.kind === 'heading')
    .map((row) => decideHeading(row, context))
    .filter((decision) => decision !== null);
  const reported = settle(decisions, context).filter((settled) => !settled.quiet);
  const priced = reported.map((settled) => headingComponents(settled, base, input));
  const inLieu = reported.find(
    (settled) => settled.status === 'applied' && settled.row.rate.kind === 'in_lieu_of_column_2',
  );
  const baseComponents = inLieu ? base.components.map((component) => replaced(component, inLieu)) : base.components;
  const all: DutyComponent[] = [...baseComponents, ...priced.flatMap((part) => part.components)];
  const postal = postalRegime(input);
  const marked = reviewed(input, facts, all);
  const components = postal ? marked.map((component) => outsidePost(component, postal)) : marked;
  const coverage = coverageNotes(input, facts, components);
  const total = totalDuty({
    components,
    customsValue: question.customs_value,
    blocked: [...new Set([...(inLieu || postal ? [] : base.blocked), ...priced.flatMap((part) => part.blocked)])],
    lowerBound: coverage.some((note) => note.lowerBound),
  });
  return {
    components,
    total,
    coverage: coverage.map((note) => note.statement),
    requirements: bans(components),
  };
}

/** Note 30: the rate of 9903.90.08/.09 stands in lieu of the column 2 rate. */
function replaced(component: DutyComponent, inLieu: Settled): DutyComponent {
  if (component.effect !== 'base' || (component.status !== 'applied' && component.status !== 'undetermined'))
    return component;
  const { program, heading, note } = inLieu.row;
  return {
    ...component,
    status: 'suppressed',
    rate: null,
    amount: null,
    needs: [],
    reason: `replaced by ${heading ?? program}`,
    suppressed_by: { program, heading, note: `U.S. note ${note ?? '30'}` },
  };
}

/** The postal regime that governs the shipment, if it is a postal item of a declared value within its limit. */
function postalRegime(input: UsStackingInput): ProgrammeRow<PostalRow> | null {
  const { facts, customs_value, as_of } = input.question;
  if ((facts['postal'] !== true && facts['postal'] !== 'true') || customs_value?.currency !== 'USD') return null;
  const row = input.programmes.find(
    (candidate): candidate is ProgrammeRow<PostalRow> => candidate.kind === 'postal' && isValidAt(candidate, as_of),
  );
  return row && new Exact(customs_value.amount).lessThanOrEqualTo(row.value_at_most) ? row : null;
}

function outsidePost(component: DutyComponent, regime: ProgrammeRow<PostalRow>): DutyComponent {
  if (regime.families.includes(component.family) || component.effect === 'prohibition') return component;
  if (component.status === 'suppressed' || component.status === 'excluded') return component;
  const reason = `${regime.title}: not collected on postal items of up to ${regime.value_at_most} USD`;
  return { ...component, status: 'excluded', rate: null, amount: null, needs: [], reason };
}

/** Components of a program of which a coverage row says that the law at hand ends before the date. */
function reviewed(
  input: UsStackingInput,
  facts: ConditionContext,
  components: readonly DutyComponent[],
): DutyComponent[] {
  const open = new Set(
    applicableCoverage(input, facts)
      .filter((row) => row.marks)
      .map((row) => row.program),
  );
  return components.map((component) =>
    open.has(component.program) ? { ...component, needs_review: true } : component,
  );
}

function applicableCoverage(input: UsStackingInput, facts: ConditionContext): ProgrammeRow<CoverageRow>[] {
  const { question, programmes } = input;
  return programmes.filter(
    (row): row is ProgrammeRow<CoverageRow> =>
      row.kind === 'coverage' &&
      isValidAt(row, question.as_of) &&
      (row.origins === null || row.origins.includes(question.origin)) &&
      evaluateCondition(row.scope, facts).truth !== 'no',
  );
}

interface CoverageNote {
  statement: CoverageStatement;
  lowerBound: boolean;
}

/** Lists that are missing, and what the law at hand is known not to settle for these goods. */
function coverageNotes(
  input: UsStackingInput,
  facts: ConditionContext,
  components: readonly DutyComponent[],
): CoverageNote[] {
  const notes: CoverageNote[] = applicableCoverage(input, facts).map((row) => ({
    statement: partial(row.family, row.review ?? row.title),
    lowerBound: row.lower_bound,
  }));
  const missing = new Map<string, Set<string>>();
  for (const component of components) {
    for (const need of component.needs) {
      if (!need.startsWith('list:')) continue;
      missing.set(component.family, (missing.get(component.family) ?? new Set()).add(need.slice(5)));
    }
  }
  for (const [family, lists] of missing)
    notes.push({
      statement: partial(family, `product lists not loaded: ${[...lists].sort().join(', ')}`),
      lowerBound: false,
    });
  if (!input.programmes.some((row) => row.kind === 'column-2'))
    notes.push({
      statement: partial('column-2', 'no rule on column 2 countries is loaded for this date'),
      lowerBound: true,
    });
  return notes;
}

const partial = (family: string, reason: string): CoverageStatement => ({
  family,
  status: 'partial',
  reason,
  data_as_of: null,
});

function bans(components: readonly DutyComponent[]): RequirementHint[] {
  return components
    .filter((component) => component.effect === 'prohibition' && component.status === 'applied')
    .map((component) => ({
      program: component.program,
      kind: 'prohibition',
      level: 'authoritative',
      text: component.reason ?? component.expression ?? 'import prohibited',
      code: component.code,
      url: component.legal_base?.url ?? null,
      needs_review: component.needs_review,
    }));
}
