import { evaluateConditions } from '../../duty/conditions.ts';
import type { MeasureEffect } from '../../records.ts';
import { exportByName } from '../../requirements/from-measure.ts';
import { concernsExportOnly } from '../../requirements/groups.ts';
import { measureEffect } from '../../taric/measure-effect.ts';
import { declaredCertificates, declaredQuantities } from './declared.ts';
import { documentsAsked } from './documents-asked.ts';
import type { TaricMeasure, TaricRequirement, TaricStackingInput } from './input.ts';

/** Types that state a figure and ask for nothing: supplementary units, unit prices, Meursing tables, pending and statistical ones. */
const NOT_ASKING = new Set(
  '109 110 111 305 306 488 489 490 555 561 562 570 651 653 655 657 672 673 674 680 681 683 684 685 686 687 688'.split(
    ' ',
  ),
);

/** Controls, documents and prohibitions of measures that cover the origin. `unsure`: the members of the measure's area are not known. */
export function requirementOf(
  measure: TaricMeasure,
  input: TaricStackingInput,
  unsure: string | null,
): TaricRequirement | null {
  if (NOT_ASKING.has(measure.measure_type)) return null;
  const effect: MeasureEffect = measureEffect(measure.measure_type);
  if (effect !== 'informational' && effect !== 'prohibition') return null;
  const named = input.typeNames.get(measure.measure_type) ?? null;
  // The UK tariff lists measures on exports beside those on imports.
  if (exportByName(named) || concernsExportOnly(measure.conditions)) return null;
  const name = named ?? `measure ${measure.measure_type}`;
  const documents = [...new Set(measure.conditions.map((line) => line.certificate).filter((code) => code !== null))];
  const outcome = evaluateConditions(measure.conditions, {
    certificates: declaredCertificates(input.question) ?? [],
    quantities: declaredQuantities(input.question),
  });
  const asked = documents.length === 0 ? '' : `: ${documentsAsked(measure.conditions)} is to be declared`;
  const met = documents.length > 0 && outcome.status === 'allowed' && outcome.lines.length > 0 ? ' (met)' : '';
  const area = unsure === null ? '' : `; whether ${unsure} includes ${input.question.origin} is not known`;
  return {
    program: `${input.tariff}.measure-${measure.measure_type}`,
    kind: effect === 'prohibition' ? 'prohibition' : documents.length > 0 ? 'document' : 'control',
    level: 'authoritative',
    text: `${name}${asked}${met}${area}`,
    code: measure.code,
    url: measure.legal_base_url,
    needs_review: unsure !== null,
  };
}
