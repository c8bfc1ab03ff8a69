import type { CoverageStatement } from '../../transforms/stacking/component.ts';
import { coverageOf } from '../coverage.ts';
import { mergeCoverage } from '../merged-coverage.ts';
import type { LedgerView } from '../ledger-view.ts';
import { type Moment, releasesKnown } from '../moment.ts';
import { Problem } from '../problem.ts';

/** A source that an answer over reference data rests on, and the families it serves when it is there. */
export interface Supplier {
  source: string;
  families: readonly string[];
}

/**
 * What the suppliers cover at that moment. A source of which nothing was published by then, or that does not speak of the date yet,
 * is 'not_covered' with the reason: that a list is empty says nothing then. `code`: also when the source covers other numbers only.
 */
export function coverageOfSuppliers(
  view: LedgerView,
  suppliers: readonly Supplier[],
  moment: Moment,
  code: string | null = null,
): CoverageStatement[] {
  const statements = suppliers.flatMap(({ source, families }): CoverageStatement[] => {
    const missing = (reason: string) =>
      families.map((family): CoverageStatement => ({ family, status: 'not_covered', reason, data_as_of: null }));
    if (releasesKnown(view, source, moment.known_at).length === 0) {
      const loaded = view.releases.some((release) => release.source_id === source);
      return missing(
        loaded
          ? `nothing of ${source} had been published by ${moment.known_at ?? 'now'}`
          : `no release of ${source} is loaded`,
      );
    }
    const only = releasesKnown(view, source, moment.known_at).at(-1)?.scope.codes ?? null;
    if (code !== null && only !== null && !only.some((prefix) => code.startsWith(prefix)))
      return missing(`${source} covers ${only.join(', ')} only`);
    try {
      return coverageOf(view, source, moment);
    } catch (error) {
      if (error instanceof Problem) return missing(error.message);
      throw error;
    }
  });
  return mergeCoverage(statements, []);
}

/** Sources of a jurisdiction or topic that the ledger holds anything of: whom an answer over a whole topic rests on. */
export function suppliersWith(view: LedgerView, family: (family: string) => boolean): Supplier[] {
  return [...view.sources.values()].flatMap(({ source_id, manifest }) => {
    const covers = manifest['covers'];
    if (typeof covers !== 'object' || covers === null || !('families' in covers) || !Array.isArray(covers.families))
      return [];
    const families = covers.families.filter((name): name is string => typeof name === 'string' && family(name));
    return families.length === 0 ? [] : [{ source: source_id, families }];
  });
}

/** What the absence of an entry says: 'none' only where everything that could name one is covered. */
export function absenceMeans(coverage: readonly CoverageStatement[]): 'none' | 'unknown' {
  return coverage.length > 0 && coverage.every(({ status }) => status === 'covered') ? 'none' : 'unknown';
}
