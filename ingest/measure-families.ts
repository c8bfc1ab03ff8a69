import type { MeasureRecord } from '../transforms/records.ts';
import type { NormaliseContext } from './source.ts';

/**
 * Families of a European tariff: the measure types that make each up, and how many measures a complete publication has at the
 * least. The European workbooks list some 136,000 import measures, the UK table some 86,000, most of them preferences.
 */
const FAMILIES: Readonly<Record<string, { types: readonly string[]; least: number }>> = {
  general: { types: ['103', '105'], least: 7_500 },
  preference: { types: ['106', '141', '142', '145'], least: 10_000 },
  suspension: { types: ['112', '115', '117', '119'], least: 500 },
  quota: { types: ['122', '123', '143', '146', '147'], least: 500 },
  antidumping: { types: ['551', '552'], least: 300 },
  countervailing: { types: ['553', '554'], least: 30 },
  'additional-duties': { types: ['652', '654', '656', '658', '690', '695', '696'], least: 1 },
  'supplementary-unit': { types: ['109', '110', '111'], least: 1_000 },
};
const CONTROLS_LEAST = 3_000;

export const EUROPEAN_FAMILIES: readonly string[] = ['nomenclature', ...Object.keys(FAMILIES), 'controls'];

/**
 * Passes measures through and then names every family with fewer measures than a complete tariff has, as issue
 * 'family-incomplete' with the family as its place: an excerpt must not be taken for the whole, nor no anti-dumping duty in it for none
 * in law.
 */
export function* withFamilyCheck(
  measures: Iterable<MeasureRecord>,
  context: NormaliseContext,
): Generator<MeasureRecord> {
  const counts = new Map<string, number>();
  for (const measure of measures) {
    const family = familyOf(measure.measure_type);
    counts.set(family, (counts.get(family) ?? 0) + 1);
    yield measure;
  }
  for (const family of [...Object.keys(FAMILIES), 'controls']) {
    const count = counts.get(family) ?? 0;
    const least = FAMILIES[family]?.least ?? CONTROLS_LEAST;
    if (count >= least) continue;
    const message = `${count} measures of family '${family}', a complete tariff has ${least} at the least`;
    context.issue({ severity: 'warning', code: 'family-incomplete', message, place: { family, measures: count } });
  }
}

function familyOf(measureType: string): string {
  return Object.entries(FAMILIES).find(([, { types }]) => types.includes(measureType))?.[0] ?? 'controls';
}
