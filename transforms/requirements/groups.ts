import { conditionEffect } from '../duty/condition-codes.ts';
import { conditionGroups } from '../duty/conditions.ts';
import type { MeasureCondition } from '../records.ts';
import type { DocumentGroup, NamedDocument } from './requirement.ts';

/** Names of certificates by code without hyphen, from the release. */
export type DocumentNames = ReadonlyMap<string, string>;

/**
 * Conditions of a measure as documents: lines of one condition code are alternatives, different codes must all be met. A certificate that
 * starts with Y, or that makes the measure not applicable (action 07), is a waiver. The line without certificate and threshold is what
 * happens otherwise.
 */
export function documentGroups(conditions: readonly MeasureCondition[], names: DocumentNames): DocumentGroup[] {
  return conditionGroups(conditions).map((lines) => {
    const group: DocumentGroup = {
      condition_code: lines[0]?.condition_code ?? '',
      alternatives: [],
      waivers: [],
      thresholds: [],
      otherwise: 'unstated',
    };
    for (const line of lines) addLine(group, line, names);
    return group;
  });
}

function addLine(group: DocumentGroup, line: MeasureCondition, names: DocumentNames): void {
  const effect = conditionEffect(line.action_code);
  if (line.certificate !== null) {
    // A document that is followed by a refusal ('Y' of an embargo) opens no way in.
    if (effect === 'not_allowed') return;
    const document: NamedDocument = { code: line.certificate, name: names.get(line.certificate) ?? null };
    const list = line.certificate.startsWith('Y') || effect === 'not_applicable' ? group.waivers : group.alternatives;
    if (!list.some(({ code }) => code === document.code)) list.push(document);
    return;
  }
  if (line.amount !== null) {
    if (effect === 'not_allowed') return;
    const unit = [line.currency, line.unit].filter((part) => part !== null).join('/');
    group.thresholds.push([line.amount, unit].filter((part) => part !== '').join(' '));
    return;
  }
  group.otherwise =
    effect === 'not_allowed'
      ? 'not_allowed'
      : effect === 'not_applicable'
        ? 'measure_not_applicable'
        : effect === 'line_duty' || effect === 'difference_to_price'
          ? 'another_duty'
          : effect === null
            ? 'unstated'
            : 'allowed';
}

/** Actions of export only (05 export not allowed, 25 export allowed): a control on goods that leave. */
export function concernsExportOnly(conditions: readonly MeasureCondition[]): boolean {
  const actions = conditions.flatMap(({ action_code }) => action_code ?? []);
  return actions.length > 0 && actions.every((action) => action === '05' || action === '25');
}
