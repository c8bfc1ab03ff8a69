import { z } from 'zod';
import { roundMoney } from '../../transforms/duty/evaluate.ts';
import { stackTaric } from '../../transforms/stacking/taric.ts';
import { type MeasureKind, measureKind, SAFEGUARD } from '../../transforms/stacking/taric/measure-kind.ts';
import { answered, type CaseAnswer, failed, why } from './outcome.ts';
import * as given from './inputs.ts';
import { type Case, inputOf, measureOf } from './question.ts';
import { sumAmounts, vatBase } from './sums.ts';
import { tax } from './tax.ts';

/** Types with a claim: preferences and customs union; those within a quota. */
const CLAIMED = /^(106|14[0-7])$/;
const QUOTAS = new Set(['122', '123', '143', '146', '147']);
const VAT_TYPES = new Set(['305', 'VTS', 'VTZ', 'VTE', 'VTA', 'VAT']);

const measures = z.array(
  z.object({
    type: z.coerce.string(),
    duty: z
      .string()
      .nullish()
      .transform((duty) => duty?.trim() ?? ''),
    additional_code: z.coerce.string().nullish(),
    order_no: z.coerce.string().nullish(),
  }),
);
type StackMeasure = z.infer<typeof measures>[number];

/** One base duty, every additional duty, excise and VAT on all of them. */
export function stacked(one: Case): CaseAnswer {
  const listed = measures.safeParse(one.inputs['measures']);
  if (!listed.success) return failed('inputs.measures are not in the known form');
  const option = optionOf(one, listed.data);
  // What prints no duty is a control: it is named, and nothing is due under it.
  // A listed quota takes the safeguard duty away by itself; one that a case only speaks of has no measure that could.
  const unlisted = option.quota && !listed.data.some(({ type }) => QUOTAS.has(type));
  const chosen = listed.data.filter(
    ({ duty, type }) => duty !== '' && option.includes(type) && !(unlisted && type === SAFEGUARD),
  );
  const duties = chosen.filter(({ type }) => measureKind(type) !== null);
  const codes = given.text(one.inputs, 'additional_code')?.toUpperCase() ?? null;
  const rivals = codes === null ? rivalOf(duties) : null;
  if (rivals !== null) return failed(`inputs.additional_code is missing: several are listed under ${rivals}`);
  const claimed = duties.find(({ type }) => CLAIMED.test(type) && (!option.quota || QUOTAS.has(type)));
  const endUse = duties.find(({ type }) => measureKind(type)?.endUse === true);
  const place = (measure: StackMeasure) => chosen.indexOf(measure);
  // Of one company one duty counts; two listed without a company are two duties on the line.
  const alone = ({ type, additional_code }: StackMeasure) =>
    additional_code == null && measureKind(type)?.kind === 'additional';
  const rows = duties.map((measure) => ({
    ...measureOf(measure.type, measure.duty, {
      additional_code: measure.additional_code?.toUpperCase() ?? null,
      quota_order_number:
        measure.order_no ?? (QUOTAS.has(measure.type) || alone(measure) ? `#${place(measure)}` : null),
    }),
    natural_key: String(place(measure)),
    // Carried into the component.
    legal_base: String(place(measure)),
  }));
  const input = inputOf(one, rows, {
    ...(claimed ? { preference: claimed.type } : endUse ? { preference: endUse.type } : {}),
    ...(duties.some(({ type }) => QUOTAS.has(type)) ? { in_quota: true } : {}),
    additional_code: codes === null ? duties.flatMap(({ additional_code }) => additional_code ?? []) : [codes],
  });
  const result = stackTaric(input);
  const places = new Map<number, string | null>();
  const based = duties.some(({ type }) => baseOf(type) !== null);
  for (const [index, { status, legal_base }] of result.components.entries()) {
    // The measures of a case are all there are: a base that it does not name is not open.
    if (legal_base === null && !based) continue;
    if (status === 'applied' || status === 'undetermined') {
      places.set(Number(legal_base?.citation ?? -1), result.exact[index] ?? null);
    }
  }
  // What is neither a duty nor VAT is a tax before it: excise under 306 or a national number.
  for (const [at, { type, duty }] of chosen.entries()) {
    if (measureKind(type) === null && !VAT_TYPES.has(type)) places.set(at, tax(one, '306', duty).amount);
  }
  const base = vatBase(one.customs_value, [...places.values()]);
  for (const [at, { type, duty }] of chosen.entries()) {
    if (VAT_TYPES.has(type) && base !== null) {
      places.set(at, tax({ ...one, customs_value: base }, '305', duty).amount);
    }
  }
  const inOrder = [...places].sort(([a], [b]) => a - b).map(([, amount]) => amount);
  const total = sumAmounts(inOrder);
  if (total === null) return failed(why(result));
  return {
    ...answered(total),
    lines: inOrder.flatMap((amount) => (amount === null ? [] : [roundMoney(amount)])),
    vat_base: base === null ? null : roundMoney(base),
  };
}

/** A type of which several additional codes are listed: one of them is for the goods. */
function rivalOf(duties: readonly StackMeasure[]): string | null {
  const coded = duties.filter(({ additional_code }) => additional_code != null);
  return coded.find(({ type }, index) => coded.findIndex((other) => other.type === type) < index)?.type ?? null;
}

/** Which base measures a case is about, where it lists several: 'quota', 'preference', 'suspension', 'third_country'. */
function optionOf(one: Case, listed: readonly StackMeasure[]): { quota: boolean; includes: (type: string) => boolean } {
  const option = given.text(one.inputs, 'option')?.toLowerCase() ?? null;
  const present = new Set(listed.flatMap(({ type }) => baseOf(type) ?? []));
  const claimable = listed.some(({ type }) => CLAIMED.test(type) || QUOTAS.has(type));
  const kinds = option === null ? null : (OPTIONS.find(([word]) => word.test(option))?.[1] ?? null);
  // A suspension takes the place of the third-country duty by itself; a preference or quota only where it is claimed.
  if (kinds === null && present.size > 1 && (option !== null || claimable)) {
    throw new given.UnreadableField('inputs.option', option);
  }
  // Goods within a quota whose measure is not listed pay the base that is.
  const choose = kinds?.some((kind) => present.has(kind)) === true;
  return {
    quota: kinds?.includes('quota') === true,
    includes: (type) => {
      const base = baseOf(type);
      return !choose || base === null || kinds.includes(base);
    },
  };
}

function baseOf(type: string): MeasureKind['kind'] | null {
  const kind = measureKind(type)?.kind ?? 'additional';
  return kind === 'additional' ? null : kind;
}

const OPTIONS: readonly (readonly [RegExp, readonly MeasureKind['kind'][]])[] = [
  [/quota/, ['quota', 'preferential-quota']],
  [/suspen/, ['suspension']],
  [/union/, ['customs-union']],
  [/pref/, ['preference', 'customs-union']],
  [/third|mfn|general|none|other/, ['third-country', 'end-use']],
];
