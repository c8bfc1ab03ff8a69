import { evaluateDuty, roundMoney, type Evaluation, type Quantity } from '../../duty/evaluate.ts';
import { Exact } from '../../exact.ts';
import { htsUnit, isUnitCode } from '../../units.ts';
import type { DutyComponent } from '../component.ts';
import type { ColumnTwoRow, PreferenceRow, ProgrammeRow } from '../programme.ts';
import { baseShare } from './chapter-98.ts';
import type { BaseCell, UsStackingInput } from './input.ts';

/** The base duty chosen, and what else the schedule offers. */
export interface ChosenBase {
  components: DutyComponent[];
  /** 2 when the origin is a column 2 country. */
  column: 1 | 2;
  /** Ad valorem equivalent of the base applied, as a fraction; null when it does not follow from the question. */
  equivalent: string | null;
  /** Exact amount of the base applied; null without customs value or quantities. */
  amount: string | null;
  free: boolean | null;
  /** What a missing equivalent needs. */
  missing: string[];
  /** An applied base whose amount cannot be had. */
  blocked: string[];
}

const LEGAL_BASE = { citation: 'HTSUS', url: 'https://hts.usitc.gov/' };

/**
 * Column 2 by origin (general note 3(b)); a special rate only when its symbol is claimed, the programme is in force and the origin
 * is a member (general note 3(c)); otherwise the general rate, with the special rates listed as available.
 */
export function chooseBase(input: UsStackingInput): ChosenBase {
  const { question, base, programmes } = input;
  const column2 = programmes.find(
    (row): row is ProgrammeRow<ColumnTwoRow> => row.kind === 'column-2' && row.countries.includes(question.origin),
  );
  if (column2) {
    const chosen = applied(input, base.column2, {
      program: 'us.column-2',
      family: 'column-2',
      measure_type: 'column-2',
    });
    return { ...chosen, column: 2, components: [chosen.component, ...refusedInColumn2(input)] };
  }
  const preferences = programmes.filter((row): row is ProgrammeRow<PreferenceRow> => row.kind === 'preference');
  const claim = question.facts['preference'];
  if (typeof claim === 'string') {
    const special = claimedPreference(input, preferences, claim);
    if (special.cell) {
      const chosen = applied(input, special.cell, special.as);
      const general = besides(input, base.general, 'excluded', `the special rate ${claim} is claimed`);
      return { ...chosen, column: 1, components: [chosen.component, ...(general ? [general] : [])] };
    }
    const chosen = applied(input, base.general, MFN);
    return { ...chosen, column: 1, components: [chosen.component, special.refused] };
  }
  const chosen = applied(input, base.general, MFN);
  return {
    ...chosen,
    column: 1,
    components: [chosen.component, ...(chosen.free === true ? [] : available(input, preferences))],
  };
}

const MFN = { program: 'us.mfn', family: 'general', measure_type: 'mfn' };

function claimedPreference(
  input: UsStackingInput,
  preferences: readonly ProgrammeRow<PreferenceRow>[],
  claim: string,
): { cell: BaseCell | null; as: typeof MFN; refused: DutyComponent } {
  const { base, question } = input;
  const inForce = preferences.filter((row) => row.symbols.includes(claim));
  const row = inForce.find((candidate) => candidate.members === null || candidate.members.includes(question.origin));
  const cell = base.special.find((candidate) => candidate.programmes.includes(claim)) ?? null;
  const as = { program: row?.program ?? 'us.preference', family: 'preference', measure_type: 'preference' };
  const reason =
    inForce.length === 0
      ? `no programme with the symbol ${claim} is in force on ${question.as_of}`
      : row === undefined
        ? `${question.origin} is not a member of the programme ${claim}`
        : `the line prints no special rate for ${claim}; a good that is free in the general column needs none`;
  const refused: DutyComponent = {
    ...shell(as, cell ?? base.general, base.code),
    status: 'excluded',
    reason,
    needs_review: row?.needs_review ?? false,
  };
  return { cell: row ? cell : null, as, refused };
}

/** Special rates the origin could claim, once per programme. */
function available(input: UsStackingInput, preferences: readonly ProgrammeRow<PreferenceRow>[]): DutyComponent[] {
  const { base, question } = input;
  return preferences.flatMap((row) => {
    if (row.members !== null && !row.members.includes(question.origin)) return [];
    const cell = base.special.find((candidate) => candidate.programmes.some((symbol) => row.symbols.includes(symbol)));
    const symbol = cell?.programmes.find((candidate) => row.symbols.includes(candidate));
    if (!cell || symbol === undefined) return [];
    const as = { program: row.program, family: 'preference', measure_type: 'preference' };
    return [
      {
        ...shell(as, cell, base.code),
        status: 'available' as const,
        reason: `claim ${symbol} (${row.title})${row.condition === null ? '' : `; ${row.condition}`}`,
        needs: ['preference'],
        needs_review: row.needs_review,
      },
    ];
  });
}

function refusedInColumn2(input: UsStackingInput): DutyComponent[] {
  const reason = `products of ${input.question.origin} pay the column 2 rate (general note 3(b))`;
  const general = besides(input, input.base.general, 'excluded', reason);
  return general ? [general] : [];
}

function besides(
  input: UsStackingInput,
  cell: BaseCell | null,
  status: 'excluded',
  reason: string,
): DutyComponent | null {
  return cell ? { ...shell(MFN, cell, input.base.code), status, reason } : null;
}

function applied(
  input: UsStackingInput,
  cell: BaseCell | null,
  as: typeof MFN,
): Omit<ChosenBase, 'components' | 'column'> & {
  component: DutyComponent;
} {
  const { question } = input;
  const value = question.customs_value;
  const empty = { equivalent: null, amount: null, free: null };
  if (!cell?.duty) {
    const component: DutyComponent = {
      ...shell(as, cell, input.base.code),
      status: 'undetermined',
      reason: 'the schedule in force prints no rate for this line in this column',
      needs: ['schedule'],
    };
    return { ...empty, component, missing: ['schedule'], blocked: ['schedule'] };
  }
  const share = baseShare(question);
  if (share.inLieuOf !== null && cell.duty.op !== 'free') {
    const component: DutyComponent = {
      ...shell(as, cell, input.base.code),
      status: 'undetermined',
      reason: `entered under ${share.inLieuOf}: the rate of that provision applies in lieu`,
      needs: [`rate_of:${share.inLieuOf}`],
    };
    return { ...empty, component, missing: component.needs, blocked: [] };
  }
  const dutiable = share.value ?? value?.amount ?? null;
  const result = evaluateDuty(cell.duty, {
    customsValue: dutiable,
    currency: value?.currency ?? 'USD',
    quantities: question.quantities.map(canonical),
    facts: scalarFacts(question.facts, question.as_of),
    ...(input.exchange ? { exchange: input.exchange } : {}),
  });
  return chosenFrom(input, cell, as, result, share);
}

function chosenFrom(
  input: UsStackingInput,
  cell: BaseCell,
  as: typeof MFN,
  result: Evaluation,
  share: ReturnType<typeof baseShare>,
): Omit<ChosenBase, 'components' | 'column'> & { component: DutyComponent } {
  const value = input.question.customs_value;
  const known = share.missing.length === 0;
  const rate =
    result.adValoremRate === null
      ? null
      : share.share === null
        ? result.adValoremRate
        : new Exact(result.adValoremRate).times(share.share).toFixed();
  // A printed rate of nothing is no duty whatever the value; without a value there is no amount to state.
  const amount = value && known && result.amount !== null ? roundMoney(result.amount) : null;
  const equivalent =
    rate ??
    (value && result.amount !== null && new Exact(value.amount).greaterThan(0)
      ? new Exact(result.amount).div(value.amount).toFixed()
      : null);
  const missing = [...share.missing, ...(equivalent === null ? lacking(result, value !== null) : [])];
  const component: DutyComponent = {
    ...shell(as, cell, input.base.code),
    status: 'applied',
    rate,
    amount,
    reason: share.reason ?? notComputable(result),
    needs: missing,
  };
  return {
    component,
    equivalent,
    amount: known ? result.amount : null,
    free: equivalent === null ? null : new Exact(equivalent).isZero(),
    missing,
    blocked: missing,
  };
}

/** An equivalent needs the value besides what the amount lacks; a rate that refers elsewhere needs that rate, which no value gives. */
function lacking(result: Evaluation, hasValue: boolean): string[] {
  if (result.reason !== null && result.reason !== 'input_missing') return [`base_duty:${result.reason}`];
  return [...new Set([...result.missing, ...(hasValue ? [] : ['customs_value'])])];
}

function notComputable(result: Evaluation): string | null {
  if (result.amount !== null || result.adValoremRate !== null) return null;
  return result.reason === null || result.reason === 'input_missing' ? null : `not computable: ${result.reason}`;
}

/** A quantity in the unit codes of the duties: 'kg', 'pf.liter' and 'No.' as the schedule prints them are understood too. */
function canonical(quantity: UsStackingInput['question']['quantities'][number]): Quantity {
  if (isUnitCode(quantity.unit)) return quantity;
  const printed = htsUnit(quantity.unit);
  if (printed === null) return quantity;
  const amount = new Exact(quantity.amount).times(printed.per).toFixed();
  return { ...quantity, unit: printed.unit, amount, ...(printed.basis === undefined ? {} : { basis: printed.basis }) };
}

function scalarFacts(facts: Readonly<Record<string, unknown>>, asOf: string): Record<string, string | boolean> {
  const scalars: Record<string, string | boolean> = { date: asOf };
  for (const [name, value] of Object.entries(facts)) {
    if (typeof value === 'string' || typeof value === 'boolean') scalars[name] = value;
    else if (typeof value === 'number') scalars[name] = String(value);
  }
  return scalars;
}

function shell(as: typeof MFN, cell: BaseCell | null, code: string): Omit<DutyComponent, 'status'> {
  return {
    ...as,
    heading: null,
    code: cell?.code ?? code,
    effect: 'base',
    expression: cell?.expression ?? null,
    duty: cell?.duty ?? null,
    rate: null,
    amount: null,
    reason: null,
    suppressed_by: null,
    needs: [],
    legal_base: cell?.legal_base ?? LEGAL_BASE,
    valid_from: cell?.valid_from ?? null,
    valid_to: cell?.valid_to ?? null,
    needs_review: false,
    source: cell?.source ?? null,
  };
}
