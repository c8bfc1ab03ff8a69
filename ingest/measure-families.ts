import type { MeasureRecord } from '../transforms/records.ts';
import { measureKind } from '../transforms/stacking/taric/measure-kind.ts';
import type { NormaliseContext } from './source.ts';

/**
 * Families of a European tariff, and how many measures a complete publication has of each at the least. Estimates, since no publisher
 * states a total (docs/assumptions.md has what they rest on). They stand nowhere else: the finding enters the release's scope, and
 * answers go by that.
 */
const LEAST: Readonly<Record<string, number>> = {
  general: 7_500,
  preference: 10_000,
  suspension: 500,
  quota: 500,
  antidumping: 300,
  countervailing: 30,
  'additional-duties': 20,
  'supplementary-unit': 1_000,
  controls: 3_000,
};
const SUPPLEMENTARY_UNITS: ReadonlySet<string> = new Set(['109', '110', '111']);

export const EUROPEAN_FAMILIES: readonly string[] = ['nomenclature', ...Object.keys(LEAST)];

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
  for (const [family, least] of Object.entries(LEAST)) {
    const count = counts.get(family) ?? 0;
    if (count >= least) continue;
    const { label } = context.edition;
    const message =
      count === 0
        ? `no measure of family '${family}' is in ${label}`
        : `${count} measures of family '${family}' in ${label}, a complete tariff has ${least} at the least`;
    context.issue({ severity: 'warning', code: 'family-incomplete', message, place: { family, measures: count } });
  }
}

function familyOf(measureType: string): string {
  if (SUPPLEMENTARY_UNITS.has(measureType)) return 'supplementary-unit';
  return measureKind(measureType)?.family ?? 'controls';
}
