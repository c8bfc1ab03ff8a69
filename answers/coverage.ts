import { addDays, daysBetween, durationDays, type PlainDate } from '../transforms/dates.ts';
import type { CoverageStatement } from '../transforms/stacking/component.ts';
import type { LedgerView } from './ledger-view.ts';
import { answering, type Moment, releasesKnown } from './moment.ts';

/**
 * What a source's releases cover at that moment, by family, from what they declare: never inferred from the source being loaded.
 * Past its data-as-of plus the time within which the publisher normally brings something new, all of it is partial.
 */
export function coverageOf(view: LedgerView, sourceId: string, moment: Moment): CoverageStatement[] {
  const known = statements.get(view) ?? new Map<string, CoverageStatement[]>();
  statements.set(view, known);
  const key = `${sourceId}|${moment.as_of}|${moment.known_at ?? ''}`;
  const found = known.get(key) ?? makeStatements(view, sourceId, moment);
  // Dates come from outside: any number of them may be asked for.
  if (known.size >= 1000) known.clear();
  known.set(key, found);
  return found;
}

/** The same array for the same view, source and moment: what is rendered from it is kept with it (meta.ts). */
const statements = new WeakMap<LedgerView, Map<string, CoverageStatement[]>>();

function makeStatements(view: LedgerView, sourceId: string, moment: Moment): CoverageStatement[] {
  const { newest, first } = answering(view, sourceId, moment);
  const staleAfter = staleAfterOf(view, sourceId);
  const until = staleAfter === null ? null : addDays(newest.data_as_of, durationDays(staleAfter));
  const general: string[] = [];
  if (until !== null && moment.as_of > until) {
    general.push(
      `${newest.label}, the newest release of ${sourceId}, speaks as of ${newest.data_as_of} and is expected to be followed within ${daysBetween(newest.data_as_of, until)} days; ${moment.as_of} lies past ${until}`,
    );
  }
  if (moment.as_of < first) {
    general.push(
      `the oldest release of ${sourceId} speaks as of ${first}: what had ended before ${moment.as_of} may be missing`,
    );
  }
  return newest.scope.families.map((family): CoverageStatement => {
    const hole = newest.scope.partial?.[family] ?? newest.scope.partial?.['*'];
    const reasons = [...(hole === undefined ? [] : [hole]), ...general];
    return {
      family,
      status: reasons.length === 0 ? 'covered' : 'partial',
      reason: reasons.length === 0 ? null : reasons.join('; '),
      data_as_of: newest.data_as_of,
    };
  });
}

/** The first day on which what a source's releases cover turns partial for want of a newer one; null when it never does. */
export function coverageTurns(view: LedgerView, sourceId: string, knownAt: Moment['known_at']): PlainDate | null {
  const newest = releasesKnown(view, sourceId, knownAt).at(-1);
  const staleAfter = staleAfterOf(view, sourceId);
  return newest && staleAfter !== null ? addDays(newest.data_as_of, durationDays(staleAfter) + 1) : null;
}

/** ISO 8601 days after which silence of the source is a gap; null when it never is. */
export function staleAfterOf(view: LedgerView, sourceId: string): string | null {
  const cadence = view.sources.get(sourceId)?.manifest['cadence'];
  if (typeof cadence !== 'object' || cadence === null || !('staleAfter' in cadence)) return null;
  return typeof cadence.staleAfter === 'string' ? cadence.staleAfter : null;
}
