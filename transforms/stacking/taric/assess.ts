import { evaluateConditions, type ConditionOutcome } from '../../duty/conditions.ts';
import { evaluateDuty, roundMoney, type EvaluationInput } from '../../duty/evaluate.ts';
import type { DutyExpression } from '../../duty/expression.ts';
import { meursingLookup } from '../../duty/meursing.ts';
import { canonicalJson } from '../../hash.ts';
import { areasOfOrigin } from './areas.ts';
import {
  declaredCertificates,
  declaredMeursingCode,
  declaredPrices,
  declaredQuantities,
  textFact,
} from './declared.ts';
import { documentsAsked } from './documents-asked.ts';
import { homeCurrency, type TaricMeasure, type TaricStackingInput } from './input.ts';

/** What a measure comes to for the goods, once its conditions are read. */
export interface Assessment {
  /** 'open': the facts in `needs` decide. */
  state: 'applies' | 'not_applicable' | 'not_allowed' | 'open';
  duty: DutyExpression | null;
  /** Fraction of customs value when the duty is nothing else. */
  rate: string | null;
  /** Unrounded and rounded amount; null without a customs value or while something in `needs` is missing. */
  exact: string | null;
  amount: string | null;
  needs: string[];
  reason: string | null;
  /** Documents its conditions name. */
  documents: string[];
  /** Which of them it takes, in words: 'L001 and Y100', '(C644 or Y929) and N853'. */
  documentsAsked: string;
  /** A document that is held decided. */
  byDocument: boolean;
  /** Nothing is said about documents, and a document would change the outcome. */
  documentsOpen: boolean;
}

/** Reads the conditions of a measure for the declared facts and evaluates the duty that stands. */
export function assess(measure: TaricMeasure, input: TaricStackingInput): Assessment {
  const declared = declaredCertificates(input.question);
  const held = declared ?? [];
  const outcome = outcomeOf(measure, input, held);
  const documents = [
    ...new Set(measure.conditions.map(({ certificate }) => certificate).filter((code) => code !== null)),
  ];
  // Different condition codes ask for a document each: what no single one changes, all of them may.
  const documentsOpen =
    declared === null &&
    [...documents.map((code) => [code]), documents].some(
      (codes) => settled(outcomeOf(measure, input, codes)) !== settled(outcome),
    );
  const common = {
    documents,
    documentsAsked: documentsAsked(measure.conditions),
    documentsOpen,
    byDocument: outcome.lines.some((line) => line.certificate !== null && held.includes(line.certificate)),
  };
  const none = { ...common, duty: null, rate: null, exact: null, amount: null };
  if (outcome.status === 'not_allowed' || outcome.status === 'not_applicable') {
    const reason =
      outcome.status === 'not_allowed'
        ? 'the import is not allowed without one of the documents'
        : 'its conditions are not met';
    return { ...none, state: outcome.status, needs: documents.length > 0 ? ['certificates'] : [], reason };
  }
  if (outcome.status === 'undetermined') {
    const reason = outcome.reason === null ? 'a condition compares a figure that is not declared' : outcome.reason;
    const needs = outcome.missing.map((name) => needed(factName(name), input));
    // No fact settles what the tariff prints in a way that is not understood.
    return { ...none, state: 'open', needs: needs.length > 0 ? needs : ['schedule'], reason };
  }
  const duty = outcome.status === 'duty' ? (outcome.duty ?? measure.duty) : measure.duty;
  if (duty === null)
    return { ...none, state: 'open', needs: ['schedule'], reason: 'no duty is printed for this measure' };
  return { ...common, state: 'applies', ...numbers(duty, measure, input) };
}

/** True for a duty of nothing whatever the value and quantity. */
export function isNothing(duty: DutyExpression): boolean {
  return evaluateDuty(duty, { customsValue: null, currency: 'EUR', quantities: [] }).amount === '0';
}

function numbers(
  duty: DutyExpression,
  measure: TaricMeasure,
  input: TaricStackingInput,
): Pick<Assessment, 'duty' | 'rate' | 'exact' | 'amount' | 'needs' | 'reason'> {
  const value = input.question.customs_value;
  const result = evaluateDuty(duty, evaluationInput(measure, input));
  const rate = result.adValoremRate ?? (isNothing(duty) ? '0' : null);
  const exact = value !== null ? result.amount : null;
  const lacking = [...result.missing.map((name) => needed(name, input)), ...(value ? [] : ['customs_value'])];
  const settledWithoutValue = rate !== null && value === null;
  const settledWithValue = exact !== null;
  const impossible = result.amount === null && result.reason !== null && result.reason !== 'input_missing';
  return {
    duty,
    rate,
    exact,
    amount: exact === null ? null : roundMoney(exact),
    needs: settledWithoutValue || settledWithValue ? [] : [...new Set(lacking)],
    reason:
      impossible && rate === null ? `not computable: ${result.reason ?? ''}` : componentNote(result.missing, input),
  };
}

export function evaluationInput(measure: TaricMeasure, input: TaricStackingInput): EvaluationInput {
  const { question } = input;
  const meursingCode = declaredMeursingCode(question);
  const retail = textFact(question, 'retail_price');
  const relief = textFact(question, 'small_producer_relief');
  const reduction = Number(measure.reduction_indicator ?? 'NaN');
  return {
    customsValue: question.customs_value?.amount ?? null,
    currency: question.customs_value?.currency ?? homeCurrency(input.tariff),
    quantities: declaredQuantities(question),
    facts: { date: question.as_of, ...(relief === null ? {} : { small_producer_relief: relief }) },
    ...(retail === null ? {} : { basisValues: { retail_price: retail } }),
    ...(input.exchange ? { exchange: input.exchange } : {}),
    ...(input.meursing === null || meursingCode === null
      ? {}
      : {
          meursing: meursingLookup(input.meursing, {
            additionalCode: meursingCode,
            // The reduction is agreed with the area of the measure; the origin and its other groups come after it.
            areas: [
              ...(measure.geographical_area === '1011' ? [] : [measure.geographical_area]),
              ...areasOfOrigin(question.origin, input.areas),
            ],
            reductionIndicator: Number.isNaN(reduction) ? null : reduction,
          }),
        }),
  };
}

function outcomeOf(
  measure: TaricMeasure,
  input: TaricStackingInput,
  certificates: readonly string[],
): ConditionOutcome {
  const currency = input.question.customs_value?.currency ?? homeCurrency(input.tariff);
  return evaluateConditions(measure.conditions, {
    certificates,
    quantities: declaredQuantities(input.question),
    measured: declaredPrices(input.question, currency),
    ...(input.exchange ? { exchange: input.exchange } : {}),
  });
}

function settled(outcome: ConditionOutcome): string {
  return canonicalJson([outcome.status, outcome.duty]);
}

/** Prices are derived from value and weight where that is allowed: those are what is missing then. */
function factName(missing: string): string {
  return missing === 'cif_price' || missing === 'declared_price' ? 'quantity:KGM' : missing;
}

/** Missing things under the names that all answers use for them. */
function needed(missing: string, input: TaricStackingInput): string {
  if (missing.startsWith('meursing:') && declaredMeursingCode(input.question) === null) return 'additional_code';
  const [, from, to] = /^exchange_rate:([A-Z]{3}):([A-Z]{3})$/.exec(missing) ?? [];
  return from === undefined || to === undefined ? missing : `exchange_rate:${from}/${to}@${input.question.as_of}`;
}

/** What an agricultural component follows from, where it cannot be told. */
function componentNote(missing: readonly string[], input: TaricStackingInput): string | null {
  if (!missing.some((name) => name.startsWith('meursing:'))) return null;
  const code = declaredMeursingCode(input.question);
  if (input.meursing === null) return 'the Meursing tables are not loaded';
  return code === null
    ? 'the agricultural component follows from the content of milk fat, milk proteins, starch and sugar: its additional code (7000 to 7999) is to be declared'
    : `the Meursing tables have no amount for the additional code ${code}`;
}
