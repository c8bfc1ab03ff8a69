import { UNREAD_CONDITION } from '../duty/condition-codes.ts';
import type { MeasureCondition } from '../records.ts';
import { concernsExportOnly, documentGroups, type DocumentNames } from './groups.ts';
import { regimeOf, SURCHARGES } from './regime.ts';
import type { DocumentGroup, Requirement, RequirementKind } from './requirement.ts';

/** A stored measure of a European tariff, as far as requirements are concerned. */
export interface ControlMeasure {
  code: string;
  measure_type: string;
  geographical_area: string;
  effect: string;
  conditions: readonly MeasureCondition[];
  additional_code: string | null;
  legal_base: string | null;
  legal_base_url: string | null;
  valid_from: string;
  valid_to: string | null;
  stated_by: number;
}

export interface ReleaseNames {
  measureTypes: ReadonlyMap<string, string>;
  documents: DocumentNames;
}

const LICENCE = /licen[cs]e|permit|authori[sz]ation|approval/i;

/**
 * The requirement that a measure makes, or null for one that makes none: a duty whose conditions only choose its rate, a supplementary
 * unit, a statistic. A duty measure whose conditions can refuse the declaration (end use: 'declared subheading not allowed') is one.
 */
export function requirementOf(measure: ControlMeasure, names: ReleaseNames): Requirement | null {
  const name = names.measureTypes.get(measure.measure_type) ?? null;
  const regime = regimeOf(name);
  const groups = documentGroups(measure.conditions, names.documents);
  const unread = measure.conditions.filter(({ condition_code }) => condition_code === UNREAD_CONDITION);
  const blocking = groups.some(({ otherwise }) => otherwise === 'not_allowed');
  // What a condition asks for that is not understood, nobody can tell: it is shown rather than taken for nothing.
  const kind = kindOf(measure, regime, groups, blocking) ?? (unread.length > 0 ? 'control' : null);
  if (kind === null) return null;
  const notes = unread.map(({ duty_expression }) => `a condition is not understood: '${duty_expression ?? ''}'`);
  if (name === null) notes.push(`the release gives measure type ${measure.measure_type} no name`);
  if (measure.additional_code !== null) notes.push(`only under additional code ${measure.additional_code}`);
  if (measure.effect !== 'informational' && measure.effect !== 'prohibition' && blocking) {
    notes.push('without it the subheading may not be declared');
  }
  const refusing = groups.filter(({ otherwise }) => otherwise === 'not_allowed');
  if (kind === 'restriction' && refusing.every(({ alternatives }) => alternatives.length === 0)) {
    notes.push('enters only under the declaration that the measure does not concern the goods');
  }
  return {
    kind,
    regime,
    title: name ?? `Measure type ${measure.measure_type}`,
    direction: concernsExportOnly(measure.conditions) || exportByName(name) ? 'export' : 'import',
    blocking: blocking || (kind === 'prohibition' && groups.length === 0),
    groups,
    measure_type: measure.measure_type,
    code: measure.code,
    area: measure.geographical_area,
    authority: 'authoritative',
    notes,
    legal_base: measure.legal_base === null ? null : { citation: measure.legal_base, url: measure.legal_base_url },
    valid_from: measure.valid_from,
    valid_to: measure.valid_to,
    release: measure.stated_by,
  };
}

function kindOf(
  measure: ControlMeasure,
  regime: string,
  groups: readonly DocumentGroup[],
  blocking: boolean,
): RequirementKind | null {
  if (measure.effect === 'prohibition') return groups.some(opens) ? 'restriction' : 'prohibition';
  const documents = groups.flatMap(({ alternatives }) => alternatives);
  if (measure.effect !== 'informational') {
    // The conditions of a duty choose its rate. They are a requirement only where they can refuse the declaration.
    if (!blocking) return groups.length > 0 && documents.length > 0 && !SURCHARGES.has(regime) ? 'claim' : null;
    return documents.length > 0 ? 'document' : 'restriction';
  }
  if (groups.length === 0) return regime === 'other' || SURCHARGES.has(regime) ? null : 'control';
  if (!blocking) return documents.length > 0 ? 'document' : regime === 'other' ? null : 'control';
  const refusing = groups.filter(({ otherwise }) => otherwise === 'not_allowed');
  if (refusing.some((group) => group.alternatives.length === 0)) return 'restriction';
  return documents.some(({ name }) => name !== null && LICENCE.test(name)) ? 'licence' : 'document';
}

const opens = (group: DocumentGroup): boolean =>
  group.alternatives.length + group.waivers.length + group.thresholds.length > 0;

/** A measure type that speaks of export and not of import. */
export function exportByName(name: string | null): boolean {
  return name !== null && /\bexport/i.test(name) && !/\bimport|entry/i.test(name);
}
