import { atRiskDuty } from '../../transforms/duty/at-risk.ts';
import type { MeursingRow } from '../../transforms/duty/meursing.ts';
import { stackTaric } from '../../transforms/stacking/taric.ts';
import * as given from './inputs.ts';
import { answered, type CaseAnswer, failed, why } from './outcome.ts';
import { areaOf, type Case, compares, inputOf, measureOf, readCase } from './question.ts';
import { stacked } from './stack.ts';
import type { GoldenCase } from './stated-case.ts';
import { sumAmounts, vatBase } from './sums.ts';
import { type Due, tax } from './tax.ts';

/** The amount of a case by the functions that answer duties. What is not understood has a reason and no number. */
export function caseAnswer(stated: GoldenCase, meursing: readonly MeursingRow[] | null): CaseAnswer {
  try {
    if (stated.customs_value !== null || stated.kind === 'total') return answerOf(readCase(stated, meursing));
    return withoutValue(stated, meursing);
  } catch (error) {
    if (error instanceof given.UnreadableField) return failed(error.message);
    throw error;
  }
}

const VALUES = ['0', '1', '1000000000000'] as const;

/** A value that has no influence is left out of a case: whatever it is, the amount is the same. */
function withoutValue(stated: GoldenCase, meursing: readonly MeursingRow[] | null): CaseAnswer {
  const [first, ...others] = VALUES.map((customs_value) => answerOf(readCase({ ...stated, customs_value }, meursing)));
  if (first === undefined || first.amount === null) return first ?? failed('customs_value is missing');
  // A price that is not stated would follow from the value.
  const compared = /\bcond:/i.test(stated.expression) && compares([given.printedDuty(stated.expression)]);
  const followed =
    compared && Object.keys(given.prices(stated.inputs, stated.currency?.toUpperCase() ?? '')).length === 0;
  return followed || others.some(({ amount }) => amount !== first.amount) ? failed('customs_value is missing') : first;
}

function answerOf(one: Case): CaseAnswer {
  switch (one.kind) {
    case 'total':
      return answered(sumAmounts(given.lines(one.inputs)));
    case 'at_risk': {
      const [ukDuty, euDuty] = [given.figure(one.inputs, 'uk_duty'), given.figure(one.inputs, 'eu_duty')];
      if (ukDuty === null) return failed('inputs.uk_duty is missing');
      if (euDuty === null) return failed('inputs.eu_duty is missing');
      return answered(atRiskDuty({ customsValue: one.customs_value, ukDuty, euDuty }).amount);
    }
    case 'vat':
      return taxed(tax({ ...one, customs_value: vatBaseOf(one) }, '305', one.expression));
    case 'excise':
      return taxed(tax(one, '306', one.expression));
    case 'stack':
      return stacked(one);
    default:
      return /^see measures$/i.test(one.expression.trim()) ? stacked(one) : single(one);
  }
}

/** As stated, else the value with the duties that are. */
function vatBaseOf(one: Case): string {
  const duties = one.inputs['lines'] == null ? [] : given.lines(one.inputs);
  return given.figure(one.inputs, 'vat_base') ?? vatBase(one.customs_value, duties) ?? one.customs_value;
}

const taxed = ({ amount, reason }: Due): CaseAnswer =>
  amount === null ? failed(reason ?? 'not computable') : answered(amount);

function single(one: Case): CaseAnswer {
  const area = areaOf(one) ?? '1011';
  const additional = given.text(one.inputs, 'additional_code')?.toUpperCase() ?? null;
  const reduced = area !== '1011';
  const measure = measureOf(reduced ? '142' : '103', one.expression, {
    geographical_area: area,
    additional_code: additional,
    reduction_indicator: given.text(one.inputs, 'reduction_indicator'),
  });
  const input = inputOf(one, [measure], {
    ...(reduced ? { preference: area } : {}),
    additional_code: [additional, given.meursingCode(one.inputs)].filter((code) => code !== null),
  });
  const result = stackTaric(input);
  const at = result.components.findIndex(({ status }) => status === 'applied');
  const amount = result.exact[at] ?? null;
  return amount === null ? failed(why(result)) : answered(amount);
}
