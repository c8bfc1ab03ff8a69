import type { MeasureSpread } from '../../db/measure-spread.ts';
import type { CoverageStatement } from '../../transforms/stacking/component.ts';
import { measureKind } from '../../transforms/stacking/taric/measure-kind.ts';

/**
 * Least that a whole tariff holds of a family: measures, and the share of chapters they stand in. The tariffs of 2025 and 2026 hold
 * many times as much; an extract of a tariff, which declares the same scope, does not.
 */
const LEAST: Readonly<Record<string, { measures: number; chapters: number }>> = {
  general: { measures: 5000, chapters: 0.8 },
  preference: { measures: 5000, chapters: 0.8 },
  suspension: { measures: 100, chapters: 0.1 },
  quota: { measures: 200, chapters: 0.1 },
  antidumping: { measures: 100, chapters: 0.1 },
  countervailing: { measures: 20, chapters: 0.02 },
  'additional-duties': { measures: 20, chapters: 0.02 },
};
/** Chapters of the Harmonized System with goods: 1 to 97 without 77. */
const CHAPTERS = 96;

/**
 * What the loaded measures contradict of a declared scope. It only takes away: a family that the releases do not declare stays out, and
 * one of which they hold next to nothing is not covered by having been declared.
 */
export function heldCoverage(spread: readonly MeasureSpread[], sourceId: string): CoverageStatement[] {
  return Object.entries(LEAST).flatMap(([family, least]): CoverageStatement[] => {
    const rows = spread.filter((row) => measureKind(row.measure_type)?.family === family);
    const measures = rows.reduce((sum, row) => sum + row.measures, 0);
    const chapters = new Set(rows.flatMap((row) => row.chapters)).size;
    const statement = (status: 'partial' | 'not_covered', reason: string) => [
      { family, status, reason, data_as_of: null },
    ];
    if (measures === 0)
      return statement('not_covered', `the loaded releases of ${sourceId} hold no measure of this family`);
    if (measures >= least.measures && chapters >= least.chapters * CHAPTERS) return [];
    return statement(
      'partial',
      `the loaded releases of ${sourceId} hold ${measures} measures of this family in ${chapters} chapters: an extract`,
    );
  });
}
