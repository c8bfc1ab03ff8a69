import { addDays, daysBetween, durationDays, type PlainDate } from '../transforms/dates.ts';
import type { CitedRelease } from '../db/release-list.ts';
import type { CoverageStatement } from '../transforms/stacking/component.ts';
import type { LedgerView } from './ledger-view.ts';
import { answering, firstDate, type Moment, releasesKnown } from './moment.ts';

/**
 * What a source's releases cover at that moment, by family, from what they declare: never inferred from the source being loaded.
 * Past the date of which a family speaks plus the time within which the publisher normally brings something new, it is partial; so it is
 * between two editions that are further apart than that, where the editions between them are not held.
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
    const silence = silencesOf(view, sourceId, moment.known_at, family).find(
      ([last, next]) => last < moment.as_of && moment.as_of < next,
    );
    if (silence !== undefined) {
      reasons.push(
        `no release of ${sourceId} between ${silence[0]} and ${silence[1]} is held: what began and ended between them may be missing`,
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

/**
 * The spans between two dates of which a source speaks in a family, one after the other, that are longer than it ever is silent: none
 * where the publisher brings something new only when there is something (an act, a list).
 */
function silencesOf(
  view: LedgerView,
  sourceId: string,
  knownAt: Moment['known_at'],
  family: string,
): [PlainDate, PlainDate][] {
  if (cadenceOf(view, sourceId)?.['regular'] !== true) return [];
  const speaking = releasesKnown(view, sourceId, knownAt).filter(({ scope }) => scope.families.includes(family));
  const stated = [...new Set(speaking.map((release) => statedAsOf(release, family)))].sort();
  return stated.flatMap((last, index): [PlainDate, PlainDate][] => {
    const next = stated[index + 1];
    const until = expectedBy(view, sourceId, last);
    return next !== undefined && until !== null && next > until ? [[last, next]] : [];
  });
}

/** The first days on which what a source's releases cover turns partial for want of one, or is partial no more. */
export function coverageTurns(view: LedgerView, sourceId: string, knownAt: Moment['known_at']): PlainDate[] {
  const known = releasesKnown(view, sourceId, knownAt);
  const newest = known.at(-1);
  if (!newest) return [];
  const turns = newest.scope.families.flatMap((family) => {
    const until = expectedBy(view, sourceId, statedAsOf(newest, family));
    const silences = silencesOf(view, sourceId, knownAt, family);
    return [
      ...(until === null ? [] : [addDays(until, 1)]),
      ...silences.flatMap(([last, next]) => [addDays(last, 1), next]),
    ];
  });
  return [...new Set([firstDate(known) ?? newest.effective_date, ...turns])];
}

/** ISO 8601 days after which silence of the source is a gap; null when it never is. */
function staleAfterOf(view: LedgerView, sourceId: string): string | null {
  const staleAfter = cadenceOf(view, sourceId)?.['staleAfter'];
  return typeof staleAfter === 'string' ? staleAfter : null;
}

function cadenceOf(view: LedgerView, sourceId: string): Record<string, unknown> | null {
  const cadence = view.sources.get(sourceId)?.manifest['cadence'];
  return typeof cadence === 'object' && cadence !== null ? { ...cadence } : null;
}
