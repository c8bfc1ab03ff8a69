import type { Assessment } from './assess.ts';
import { appliedMeasure, decided, suppressedBy } from './component.ts';
import type { Decided, TaricMeasure, TaricStackingInput } from './input.ts';
import { PENDING_COLLECTION, SAFEGUARD } from './measure-kind.ts';
import { chooseByAdditionalCode, type Option } from './options.ts';

/**
 * Duties on top of the base: anti-dumping, countervailing, retaliation, safeguard. All that apply are summed; of the companies of one
 * measure one counts. `quota`: the quota measure the goods enter under, which leaves out the safeguard duty and nothing else.
 */
export function additionalDuties(
  measures: readonly TaricMeasure[],
  input: TaricStackingInput,
  quota: TaricMeasure | null,
): Decided[] {
  const groups = new Map<string, TaricMeasure[]>();
  for (const measure of measures) {
    const key = [measure.measure_type, measure.geographical_area, measure.quota_order_number ?? ''].join('|');
    groups.set(key, [...(groups.get(key) ?? []), measure]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    if (quota !== null && first.measure_type === SAFEGUARD) {
      const note = `goods within quota ${quota.quota_order_number ?? ''} do not pay the safeguard duty`;
      return group.map((measure) => suppressedBy(measure, input, quota, note));
    }
    return companies(group, input);
  });
}

function companies(group: readonly TaricMeasure[], input: TaricStackingInput): Decided[] {
  const { options, chosen, by } = chooseByAdditionalCode(group, input, { others: true });
  if (chosen === null) {
    const reason = 'the duty depends on the additional code of the exporter or the goods';
    return options.map(({ measure }) =>
      decided(measure, input, { status: 'undetermined', reason, needs: ['additional_code'] }),
    );
  }
  const why =
    by === 'others' ? 'the rate of all other companies: no additional code of this measure is declared' : null;
  const rest = options.filter((option) => option !== chosen);
  return [
    one(chosen, input, why),
    ...rest.map(({ measure }) =>
      by === 'others'
        ? decided(measure, input, {
            status: 'available',
            reason: `for goods of additional code ${measure.additional_code ?? ''}`,
            needs: ['additional_code'],
          })
        : decided(measure, input, {
            status: 'excluded',
            reason: `additional code ${chosen.measure.additional_code ?? ''} is for these goods`,
          }),
    ),
  ];
}

function one({ measure, assessment }: Option, input: TaricStackingInput, why: string | null): Decided {
  if (measure.measure_type === PENDING_COLLECTION) {
    const reason = 'collection is pending: security may be asked for, and the duty become due later';
    return decided(measure, input, { status: 'undetermined', reason, needs: ['pending_collection'] });
  }
  switch (assessment.state) {
    case 'applies':
      return appliedMeasure(measure, input, assessment, sentence(why, documentsNote(assessment), assessment.reason));
    case 'open':
      return decided(measure, input, { status: 'undetermined', reason: assessment.reason, needs: assessment.needs });
    case 'not_applicable':
      // Off by what is not declared is not off.
      if (assessment.documentsOpen) {
        const reason = `by its conditions it may apply: ${assessment.documentsAsked} decides, and nothing is said about documents`;
        return decided(measure, input, { status: 'undetermined', reason, needs: ['certificates'] });
      }
      return decided(measure, input, {
        status: 'excluded',
        reason: 'by its conditions it does not apply to these goods',
      });
    case 'not_allowed':
      return decided(measure, input, { status: 'undetermined', reason: assessment.reason, needs: assessment.needs });
  }
}

/** The rate without a document stands unless one is presented. */
function documentsNote(assessment: Assessment): string | null {
  return assessment.documentsOpen ? `the rate without a document; ${assessment.documentsAsked} would change it` : null;
}

function sentence(...parts: (string | null)[]): string | null {
  const said = parts.filter((part) => part !== null);
  return said.length === 0 ? null : said.join('; ');
}
