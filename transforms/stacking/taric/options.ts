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
  const of = (fits: (code: string | null) => boolean) => options.filter(({ measure }) => fits(measure.additional_code));
  const byCode = of((code) => code !== null && declared.includes(code));
  // Two codes of one split, or two rates of all others (two acts on one line), contradict each other: neither is taken for the other.
  if (byCode.length > 0) return one(options, byCode, 'declared');
  const plain = of((code) => code === null);
  const rest = others ? of((code) => OTHERS.test(code ?? '')) : [];
  if (plain.length + rest.length > 0) return one(options, [...plain, ...rest], plain.length > 0 ? 'only' : 'others');
  // A split with one branch only is a split all the same: the other branch is not among the measures.
  return options.length > 1 ? one(options, options, 'alike') : { options, chosen: null, by: null };
}

/** The first of the fitting options where all of them say the same. */
function one(options: readonly Option[], fitting: readonly Option[], by: Choice['by']): Choice {
  const texts = new Set(
    fitting.map(({ measure }) => canonicalJson([measure.duty, measure.duty_expression, measure.conditions])),
  );
  const [first] = fitting;
  if (first && texts.size === 1) return { options, chosen: first, by };
  return { options, chosen: null, by: null };
}
