import { addDays, daysBetween, durationDays, type PlainDate } from '../transforms/dates.ts';
import type { CitedRelease } from '../db/release-list.ts';
import type { CoverageStatement } from '../transforms/stacking/component.ts';
import type { LedgerView } from './ledger-view.ts';
import { answering, type Moment, releasesKnown } from './moment.ts';

/**
 * What a source's releases cover at that moment, by family, from what they declare: never inferred from the source being loaded.
 * Past the date of which a family speaks plus the time within which the publisher normally brings something new, it is partial.
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
  const { families, partial, absent = [] } = newest.scope;
  return families.map((family): CoverageStatement => {
    const asOf = statedAsOf(newest, family);
    const until = expectedBy(view, sourceId, asOf);
    const hole = partial?.[family] ?? partial?.['*'];
    const reasons = hole === undefined ? [] : [hole];
    if (until !== null && moment.as_of > until) {
      const speaker = `${newest.label}, the newest release of ${sourceId},`;
      const subject = asOf === newest.data_as_of ? speaker : `the ${family} of ${speaker}`;
      reasons.push(
        `${subject} speaks as of ${asOf} and is expected to be followed within ${daysBetween(asOf, until)} days; ${moment.as_of} lies past ${until}`,
      );
    }
    if (moment.as_of < first) {
      reasons.push(
        `the oldest release of ${sourceId} speaks as of ${first}: what had ended before ${moment.as_of} may be missing`,
      );
    }
    return {
      family,
      status: absent.includes(family) ? 'not_covered' : reasons.length === 0 ? 'covered' : 'partial',
      reason: reasons.length === 0 ? null : reasons.join('; '),
      data_as_of: asOf,
    };
  });
}

/** The day up to which a statement of a source stands without a newer one; null: for ever. */
function expectedBy(view: LedgerView, sourceId: string, asOf: PlainDate): PlainDate | null {
  const staleAfter = staleAfterOf(view, sourceId);
  return staleAfter === null ? null : addDays(asOf, durationDays(staleAfter));
}

/** Of which date a source speaks in a family at that moment, and whether that is too long before the date asked for. */
export function ageOf(
  view: LedgerView,
  sourceId: string,
  family: string,
  moment: Moment,
): { stated: PlainDate; outdated: boolean } {
  const stated = statedAsOf(answering(view, sourceId, moment).newest, family);
  const until = expectedBy(view, sourceId, stated);
  return { stated, outdated: until !== null && moment.as_of > until };
}

/** The date of which a release speaks in a family. */
function statedAsOf({ scope, data_as_of }: Pick<CitedRelease, 'scope' | 'data_as_of'>, family: string): PlainDate {
  const own = scope.as_of?.[family];
  return own !== undefined && own < data_as_of ? own : data_as_of;
}

/** The first days on which what a source's releases cover turns partial for want of a newer one; none when it never does. */
export function coverageTurns(view: LedgerView, sourceId: string, knownAt: Moment['known_at']): PlainDate[] {
  const newest = releasesKnown(view, sourceId, knownAt).at(-1);
  if (!newest) return [];
  const dates = new Set(newest.scope.families.map((family) => statedAsOf(newest, family)));
  return [...dates].flatMap((asOf) => {
    const until = expectedBy(view, sourceId, asOf);
    return until === null ? [] : [addDays(until, 1)];
  });
}

/** ISO 8601 days after which silence of the source is a gap; null when it never is. */
export function staleAfterOf(view: LedgerView, sourceId: string): string | null {
  const cadence = view.sources.get(sourceId)?.manifest['cadence'];
  if (typeof cadence !== 'object' || cadence === null || !('staleAfter' in cadence)) return null;
  return typeof cadence.staleAfter === 'string' ? cadence.staleAfter : null;
}
