import { canonicalJson } from '../../hash.ts';
import { assess, type Assessment } from './assess.ts';
import { declaredAdditionalCodes } from './declared.ts';
import type { TaricMeasure, TaricStackingInput } from './input.ts';

/** A measure with what it comes to. */
export interface Option {
  measure: TaricMeasure;
  assessment: Assessment;
}

/** Measures that differ in their additional code only: one of them is for the goods. */
export interface Choice {
  options: readonly Option[];
  /** Null: the additional code decides, and none that fits is declared. */
  chosen: Option | null;
  /** Chosen as the rate of all other companies, or because all options say the same. */
  by: 'only' | 'declared' | 'others' | 'alike' | null;
}

/** Company codes that stand for all who are not named: B999, C999, A999 of TARIC, 8900 of older measures. */
const OTHERS = /^(?:[A-Z]999|8900)$/;

/** Chooses by the declared additional codes; `others`: all-others codes answer where none is declared (trade defence). */
export function chooseByAdditionalCode(
  measures: readonly TaricMeasure[],
  input: TaricStackingInput,
  { others }: { others: boolean },
): Choice {
  const options = measures.map((measure) => ({ measure, assessment: assess(measure, input) }));
  const declared = declaredAdditionalCodes(input.question);
  const byCode = options.find(({ measure }) => declared.includes(measure.additional_code ?? ''));
  if (byCode) return { options, chosen: byCode, by: 'declared' };
  const plain = options.find(({ measure }) => measure.additional_code === null);
  if (plain) return { options, chosen: plain, by: 'only' };
  const rest = others ? options.find(({ measure }) => OTHERS.test(measure.additional_code ?? '')) : undefined;
  if (rest) return { options, chosen: rest, by: 'others' };
  const texts = new Set(
    options.map(({ measure }) => canonicalJson([measure.duty, measure.duty_expression, measure.conditions])),
  );
  const [first] = options;
  // A split with one branch only is a split all the same: the other branch is not among the measures.
  if (first && options.length > 1 && texts.size === 1) return { options, chosen: first, by: 'alike' };
  return { options, chosen: null, by: null };
}
