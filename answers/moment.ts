import type { Instant, PlainDate } from '../transforms/dates.ts';
import type { CitedRelease } from '../db/release-list.ts';
import type { LedgerView } from './ledger-view.ts';
import { Problem } from './problem.ts';

/** The two dates of a question. */
export interface Moment {
  /** The law on this date. */
  as_of: PlainDate;
  /** As published by this instant; null: as known now. */
  known_at: Instant | null;
}

/** Releases of a view by source: every answer asks for several, and a view never changes. */
const bySource = new WeakMap<LedgerView, Map<string, CitedRelease[]>>();

/** The releases of a source that had been published by then, oldest first. */
export function releasesKnown(view: LedgerView, sourceId: string, knownAt: Instant | null): readonly CitedRelease[] {
  const held = bySource.get(view) ?? new Map<string, CitedRelease[]>();
  bySource.set(view, held);
  const all = held.get(sourceId) ?? view.releases.filter((release) => release.source_id === sourceId);
  held.set(sourceId, all);
  return knownAt === null ? all : all.filter((release) => release.published_at <= knownAt);
}

/**
 * The newest release that answers for a source at that moment. Throws a Problem when nothing had been published by `known_at`, or
 * when `as_of` lies before the first date of which the source speaks (unless its rows carry their own dates: then it is known in part).
 */
export function answering(
  view: LedgerView,
  sourceId: string,
  moment: Moment,
): { newest: CitedRelease; first: PlainDate } {
  const known = releasesKnown(view, sourceId, moment.known_at);
  const newest = known.at(-1);
  if (!newest) {
    const first = view.releases.find((release) => release.source_id === sourceId);
    throw new Problem(
      'not-known-yet',
      `Nothing of ${sourceId} had been published by ${moment.known_at ?? 'now'}; its first release here is ${first?.label ?? 'none'}, published ${first?.published_at ?? 'never'}.`,
      {
        errors: [
          { field: 'known_at', message: `an instant from ${first?.published_at ?? 'the first publication'} on` },
        ],
        extra: { first_known_at: first?.published_at ?? null },
      },
    );
  }
  const first = firstDate(known) ?? newest.effective_date;
  if (moment.as_of < first && carriesNoDates(view, sourceId)) {
    throw new Problem(
      'not-covered-at-date',
      `${sourceId} states the law from ${first} on; ${moment.as_of} lies before that.`,
      {
        errors: [{ field: 'as_of', message: `a date from ${first} on` }],
        extra: { first_date: first },
      },
    );
  }
  return { newest, first };
}

/** The first date of which any of the releases speaks; null: there are none. */
export function firstDate(releases: readonly CitedRelease[]): PlainDate | null {
  return releases.map(({ effective_date }) => effective_date).sort()[0] ?? null;
}

function carriesNoDates(view: LedgerView, sourceId: string): boolean {
  return view.sources.get(sourceId)?.manifest['validity'] === 'from-release';
}
