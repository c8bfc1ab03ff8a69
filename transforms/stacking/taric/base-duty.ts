import { Exact } from '../../exact.ts';
import { appliedMeasure, decided, programOf, suppressedBy } from './component.ts';
import { textFact } from './declared.ts';
import { isCovered, type Decided, type TaricMeasure, type TaricStackingInput } from './input.ts';
import { eligibility, type BaseCandidate } from './eligibility.ts';
import { measureKind } from './measure-kind.ts';
import { claims, preferenceClaim } from './preference-claim.ts';
import type { Option } from './options.ts';

/** The base duty chosen and everything else that could have been it. */
export interface ChosenBase {
  decided: Decided[];
  /** The quota measure the goods enter under. */
  quota: TaricMeasure | null;
}

/**
 * One base: the third-country duty (of an origin before that of everyone) unless a claimed preference, a quota, an end use under its
 * authorisation or a suspension takes its place. A suspension without conditions lowers the duty for everybody without a claim
 * (Article 1 of Regulation (EU) 2021/2278 suspends the duties themselves); it does not raise it. Nothing else is given unasked.
 */
export function chooseBase(
  candidates: readonly BaseCandidate[],
  excluded: readonly TaricMeasure[],
  input: TaricStackingInput,
): ChosenBase {
  const third = thirdCountry(candidates);
  const others = candidates.filter(({ kind }) => kind.kind !== 'third-country');
  const eligible = others.map((candidate) => ({ candidate, ...eligibility(candidate, input) }));
  const refusal = unmatchedClaim(candidates, excluded, input);
  const open = eligible.filter(({ verdict }) => verdict === 'open');
  const wanted = eligible.filter(({ verdict }) => verdict === 'claimed').map(({ candidate }) => candidate);
  const general = third[0]?.choice.chosen ?? null;

  const claimed = lowest(wanted.flatMap(({ choice }) => choice.chosen ?? []));
  const unasked = lowest(
    eligible.filter(({ verdict }) => verdict === 'unasked').flatMap(({ candidate }) => candidate.choice.chosen ?? []),
  );
  const undecided = open.length > 0 || refusal?.component.status === 'undetermined';
  const base = claimed ?? (undecided ? null : unasked !== null && !isHigher(unasked, general) ? unasked : null);
  const decidedOthers = eligible.map(({ candidate, verdict, reason, needs }): Decided[] =>
    candidate.choice.options.flatMap((option) => {
      const { measure } = option;
      if (option === base) return [appliedMeasure(measure, input, option.assessment, reason)];
      // Beside a claim that is met, another one that needs more is an offer: the duty does not wait for it.
      if (verdict === 'open') {
        return [decided(measure, input, { status: base === null ? 'undetermined' : 'available', reason, needs })];
      }
      if (verdict === 'excluded') return [decided(measure, input, { status: 'excluded', reason })];
      if (base !== null && verdict !== 'available') {
        return [
          suppressedBy(measure, input, base.measure, `one base duty counts: that of ${nameOf(base.measure, input)}`),
        ];
      }
      if (verdict === 'claimed' || verdict === 'unasked') {
        return [decided(measure, input, { status: 'excluded', reason: 'it would raise the duty' })];
      }
      return [decided(measure, input, { status: 'available', reason, needs })];
    }),
  );
  const thirdParts = third.flatMap((candidate, index) =>
    thirdCountryParts(candidate, { index, base, undecided, specific: third[0] ?? candidate }, input),
  );
  const parts = [...thirdParts, ...decidedOthers.flat(), ...(refusal ? [refusal] : [])];
  // Base first: what is applied, then what was displaced.
  const rank = ({ component }: Decided) => ['applied', 'undetermined'].indexOf(component.status);
  const ordered = [...parts].sort((a, b) => ((rank(a) + 3) % 3) - ((rank(b) + 3) % 3));
  const quota = base?.measure.quota_order_number != null && isQuota(base.measure) ? base.measure : null;
  return { decided: ordered, quota };
}

const QUOTA_TYPES = new Set(['122', '123', '143', '146', '147']);
const isQuota = (measure: TaricMeasure): boolean => QUOTA_TYPES.has(measure.measure_type);

/** Third-country duties, the one for the origin itself first, then of a group, then of everyone. */
function thirdCountry(candidates: readonly BaseCandidate[]): BaseCandidate[] {
  return candidates
    .filter(({ kind }) => kind.kind === 'third-country')
    .sort((a, b) => (b.specific ?? 3) - (a.specific ?? 3));
}

function thirdCountryParts(
  candidate: BaseCandidate,
  context: { index: number; base: Option | null; undecided: boolean; specific: BaseCandidate },
  input: TaricStackingInput,
): Decided[] {
  const { choice, unknownArea } = candidate;
  const { index, base, undecided, specific } = context;
  if (base !== null) {
    const note = `one base duty counts: that of ${nameOf(base.measure, input)}`;
    return choice.options.map(({ measure }) => suppressedBy(measure, input, base.measure, note));
  }
  if (unknownArea !== null) {
    const reason = `whether ${unknownArea} includes ${input.question.origin} is not known`;
    return choice.options.map(({ measure }) =>
      decided(measure, input, { status: 'undetermined', reason, needs: [`members:${unknownArea}`] }),
    );
  }
  const above = specific.choice.options[0]?.measure;
  if (index > 0 && above && specific.unknownArea === null) {
    const note = `a duty for ${above.geographical_area} takes the place of the one for all origins`;
    return choice.options.map(({ measure }) => suppressedBy(measure, input, above, note));
  }
  const { chosen, options } = choice;
  if (chosen === null) {
    const reason = 'the duty depends on the additional code of the goods';
    return options.map(({ measure }) =>
      decided(measure, input, { status: 'undetermined', reason, needs: ['additional_code'] }),
    );
  }
  const rest = options
    .filter((option) => option !== chosen)
    .map(({ measure }) =>
      decided(measure, input, {
        status: 'excluded',
        reason: `additional code ${chosen.measure.additional_code ?? ''} is for these goods`,
      }),
    );
  const { measure, assessment } = chosen;
  if (undecided) {
    const reason = 'applies when the claim fails';
    return [decided(measure, input, { status: 'available', reason, needs: ['preference'] }), ...rest];
  }
  if (assessment.state !== 'applies' || assessment.documentsOpen) {
    const reason = assessment.reason ?? `the duty depends on a document: ${assessment.documentsAsked}`;
    const needs = assessment.documentsOpen ? ['certificates', ...assessment.needs] : assessment.needs;
    return [decided(measure, input, { status: 'undetermined', reason, needs }), ...rest];
  }
  return [appliedMeasure(measure, input, assessment), ...rest];
}

/** A declared preference that no measure on the line answers: refused, or open where preferences are not covered. */
function unmatchedClaim(
  candidates: readonly BaseCandidate[],
  excluded: readonly TaricMeasure[],
  input: TaricStackingInput,
): Decided | null {
  const text = textFact(input.question, 'preference');
  if (text === null) return null;
  const claim = preferenceClaim(text);
  if (claim !== null && (claim.types.includes('103') || candidates.some((candidate) => candidate.claimedBy(claim)))) {
    return null;
  }
  const types = claim?.types ?? ['142'];
  const family = measureKind(types[0] ?? '142')?.family ?? 'preference';
  // An exclusion by name settles the claim, whatever else is not held.
  const refused = claim !== null && excluded.some((measure) => claims(claim, measure));
  const covered = claim === null || refused || isCovered(input, family);
  const reason =
    claim === null
      ? `${text} is no preference code, area or measure type`
      : refused
        ? `${input.question.origin} is excluded from what ${text} claims`
        : covered
          ? `no measure for ${input.question.origin} on this line answers the claim ${text}`
          : `the loaded releases do not cover every ${family}: whether ${text} can be claimed is not known`;
  const [type = '142'] = types;
  const measure: TaricMeasure = {
    natural_key: '',
    code: input.question.code,
    measure_type: type,
    geographical_area: input.question.origin,
    excluded_areas: [],
    additional_code: null,
    quota_order_number: null,
    reduction_indicator: null,
    duty_expression: null,
    duty: null,
    conditions: [],
    footnotes: [],
    legal_base: null,
    legal_base_url: null,
    valid_from: input.question.as_of,
    valid_to: null,
    source: null,
  };
  const part = decided(
    measure,
    input,
    covered ? { status: 'excluded', reason } : { status: 'undetermined', reason, needs: [`coverage:${family}`] },
  );
  return { ...part, component: { ...part.component, effect: 'base', valid_from: null } };
}

const nameOf = (measure: TaricMeasure, input: TaricStackingInput): string =>
  `${programOf(measure, input)} ${measure.quota_order_number ?? measure.geographical_area}`;

/** The option that asks for least; one whose amount is not known only stands alone. */
function lowest(options: readonly Option[]): Option | null {
  const [first = null, ...rest] = options;
  return rest.reduce((held, option) => (isHigher(held, option) ? option : held), first);
}

/** True only where both numbers are known and the first is greater. */
function isHigher(one: Option | null, other: Option | null): boolean {
  const pair = (key: 'rate' | 'exact'): [string, string] | null => {
    const [a, b] = [one?.assessment[key] ?? null, other?.assessment[key] ?? null];
    return a === null || b === null ? null : [a, b];
  };
  const known = pair('exact') ?? pair('rate');
  return known !== null && new Exact(known[0]).greaterThan(known[1]);
}
