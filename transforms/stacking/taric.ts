import { isValidAt } from '../dates.ts';
import { UNREAD_CONDITION } from '../duty/condition-codes.ts';
import type { MeasureCondition } from '../records.ts';
import { needsReview } from '../taric/measure-effect.ts';
import type { CoverageStatement } from './component.ts';
import { additionalDuties } from './taric/additional-duties.ts';
import { coversOrigin, type AreaVerdict } from './taric/areas.ts';
import { chooseBase } from './taric/base-duty.ts';
import { decided, suppressedBy } from './taric/component.ts';
import { baseCandidate, type BaseCandidate } from './taric/eligibility.ts';
import {
  ADDING_FAMILIES,
  isCovered,
  type Decided,
  type TaricMeasure,
  type TaricStackingInput,
  type TaricStackingResult,
} from './taric/input.ts';
import { measureKind } from './taric/measure-kind.ts';
import { nearestMeasures } from './taric/nearest.ts';
import { chooseByAdditionalCode } from './taric/options.ts';
import { requirementOf } from './taric/requirements.ts';
import { totalDuty } from './total.ts';

/**
 * The duty of one line into the European Union, Northern Ireland or Great Britain: which of the measures on the line and above it
 * apply to the origin on the date, one base and every additional duty, each with its status. Measures of other origins are left out;
 * one that excludes the origin by name stays, as excluded.
 */
export function stackTaric(input: TaricStackingInput): TaricStackingResult {
  const { question, areas } = input;
  const valid = input.measures.filter(
    (measure) => question.code.startsWith(measure.code) && isValidAt(measure, question.as_of),
  );
  const covering: TaricMeasure[] = [];
  const unsure: { measure: TaricMeasure; unknown: string }[] = [];
  const excluded: TaricMeasure[] = [];
  const exclusions: Decided[] = [];
  const verdicts = new Map<TaricMeasure, AreaVerdict>();
  for (const measure of valid) {
    const verdict = coversOrigin(measure, question.origin, areas);
    verdicts.set(measure, verdict);
    if (verdict.covers === true) covering.push(measure);
    else if (verdict.covers === null) unsure.push({ measure, unknown: verdict.unknown });
    else if (verdict.excludedBy !== null && measureKind(measure.measure_type)) {
      const reason = `${verdict.excludedBy} is excluded from ${measure.geographical_area}`;
      excluded.push(measure);
      exclusions.push(decided(measure, input, { status: 'excluded', reason }));
    }
  }
  const { standing, displaced } = nearestMeasures([...covering, ...unsure.map(({ measure }) => measure)]);
  const duties = standing.filter((measure) => measureKind(measure.measure_type) !== null);
  const sure = (measure: TaricMeasure) => verdicts.get(measure)?.covers === true;

  const base = chooseBase(candidates(duties, verdicts, input), excluded, input);
  const parts = [
    ...base.decided,
    ...missingBase(base.decided, input),
    ...additionalDuties(
      duties.filter((measure) => kindOf(measure) === 'additional' && sure(measure)),
      input,
      base.quota,
    ),
    ...duties
      .filter((measure) => kindOf(measure) === 'additional' && !sure(measure))
      .map((measure) => unknownMembers(measure, verdicts, input)),
    ...standing.filter(mayBeDuty).map((measure) => unknownType(measure, input)),
    ...displaced
      .filter(({ measure }) => measureKind(measure.measure_type) !== null)
      .map(({ measure, by, note }) => suppressedBy(measure, input, by, note)),
    ...exclusions,
  ];
  const components = parts.map(({ component }) => component);
  const applied = components.filter(({ status }) => status === 'applied');
  const blocked = applied.filter(({ rate, amount }) => (question.customs_value === null ? rate : amount) === null);
  return {
    components,
    exact: parts.map(({ exact }) => exact),
    total: totalDuty({
      components,
      customsValue: question.customs_value,
      blocked: blocked.flatMap(({ needs }) => needs),
      lowerBound: ADDING_FAMILIES.some((family) => !isCovered(input, family)),
    }),
    coverage: ownCoverage(
      components.flatMap(({ needs }) => needs),
      input,
    ),
    requirements: standing.flatMap((measure) => {
      const verdict = verdicts.get(measure);
      return requirementOf(measure, input, verdict?.covers === null ? verdict.unknown : null) ?? [];
    }),
    issues: displaced.map(({ measure, by, note }) => `${measure.natural_key} gives way to ${by.natural_key}: ${note}`),
  };
}

const kindOf = (measure: TaricMeasure) => measureKind(measure.measure_type)?.kind ?? null;

/** An amount under a measure type that is neither known as a duty nor known to be none: left out it would be a silent zero. */
function mayBeDuty({ measure_type, duty, conditions }: TaricMeasure): boolean {
  if (measureKind(measure_type) !== null || !needsReview(measure_type)) return false;
  const printed = duty !== null && duty.op !== 'supplementary_unit';
  const mayPrint = ({ condition_code, action_code, duty_expression }: MeasureCondition) =>
    condition_code === UNREAD_CONDITION || (action_code === '01' && (duty_expression ?? '') !== '');
  return printed || conditions.some(mayPrint);
}

function unknownType(measure: TaricMeasure, input: TaricStackingInput): Decided {
  const { measure_type } = measure;
  const reason = `measure type ${measure_type} prints an amount, and what it is charged on top of or in place of is not known`;
  const part = decided(measure, input, { status: 'undetermined', reason, needs: [`measure_type:${measure_type}`] });
  return { ...part, component: { ...part.component, needs_review: true } };
}

function candidates(
  duties: readonly TaricMeasure[],
  verdicts: ReadonlyMap<TaricMeasure, AreaVerdict>,
  input: TaricStackingInput,
): BaseCandidate[] {
  const groups = new Map<string, TaricMeasure[]>();
  for (const measure of duties) {
    if (kindOf(measure) === 'additional') continue;
    const key = [
      measure.measure_type,
      measure.geographical_area,
      measure.quota_order_number ?? '',
      measure.reduction_indicator ?? '',
    ].join('|');
    groups.set(key, [...(groups.get(key) ?? []), measure]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    const kind = first ? measureKind(first.measure_type) : null;
    if (!first || !kind) return [];
    const verdict = verdicts.get(first);
    return [
      baseCandidate(kind, chooseByAdditionalCode(group, input, { others: false }), {
        specific: verdict?.covers === true ? verdict.specific : null,
        unknownArea: verdict?.covers === null ? verdict.unknown : null,
      }),
    ];
  });
}

/** A line without a base is not a line without duty. */
function missingBase(base: readonly Decided[], input: TaricStackingInput): Decided[] {
  const found = base.some(({ component }) => component.status === 'applied' || component.status === 'undetermined');
  if (found) return [];
  const endUse = base.some(({ component }) => component.measure_type === '105');
  const part: Decided['component'] = {
    program: `${input.tariff}.third-country`,
    family: 'general',
    measure_type: '103',
    heading: null,
    code: input.question.code,
    effect: 'base',
    status: 'undetermined',
    expression: null,
    duty: null,
    rate: null,
    amount: null,
    reason: endUse
      ? 'this line is for goods under an end-use authorisation; without it the line may not be declared'
      : 'no third-country duty is stated for this line or one above it',
    suppressed_by: null,
    needs: [endUse ? 'certificates' : 'schedule'],
    legal_base: null,
    valid_from: null,
    valid_to: null,
    needs_review: !endUse,
    source: null,
  };
  return [{ component: part, exact: null }];
}

function unknownMembers(
  measure: TaricMeasure,
  verdicts: ReadonlyMap<TaricMeasure, AreaVerdict>,
  input: TaricStackingInput,
): Decided {
  const verdict = verdicts.get(measure);
  const group = verdict?.covers === null ? verdict.unknown : measure.geographical_area;
  return decided(measure, input, {
    status: 'undetermined',
    reason: `whether ${group} includes ${input.question.origin} is not known`,
    needs: [`members:${group}`],
  });
}

function ownCoverage(needs: readonly string[], input: TaricStackingInput): CoverageStatement[] {
  const groups = [...new Set(needs.filter((need) => need.startsWith('members:')))].map((need) => need.slice(8));
  const statements: CoverageStatement[] = [];
  if (groups.length > 0) {
    const reason = `members of ${groups.join(', ')} are not known on ${input.question.as_of}`;
    statements.push({ family: 'country-groups', status: 'partial', reason, data_as_of: null });
  }
  if (input.meursing === null && needs.some((need) => need.startsWith('meursing:'))) {
    const reason = 'the Meursing tables are not loaded';
    statements.push({ family: 'meursing', status: 'not_covered', reason, data_as_of: null });
  }
  return statements;
}
