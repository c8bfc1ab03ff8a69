import { comingRows, type ComingRow } from '../db/coming-rows.ts';
import type { Database } from '../db/connect.ts';
import { datasetVersion } from '../db/releases.ts';
import type { PlainDate } from '../transforms/dates.ts';
import type { AnswerDraft } from './draft.ts';
import { type LedgerViews, readAt } from './ledger-view.ts';
import type { Moment } from './moment.ts';
import { sourceOf } from './sources.ts';

export interface CalendarQuestion extends Moment {
  /** Last day, inclusive; the first is the one after `as_of`. */
  to: PlainDate;
  jurisdiction: string | null;
  source: string | null;
  /** Digits. */
  prefix: string | null;
  limit: number;
  offset: number;
}

export interface CalendarEvent {
  /** The first day of the new state: what holds through 2026-12-31 ends on 2027-01-01. */
  day: PlainDate;
  /** 'changes': what ends is followed the same day by the same for the same codes. */
  event: 'starts' | 'ends' | 'changes';
  jurisdiction: string;
  entity: ComingRow['entity'];
  what: string;
  about: string | null;
  title: string | null;
  /** Duty or rate until then and from then on; null where it is not one and the same. */
  before: string | null;
  after: string | null;
  /** The first of them. */
  codes: string[];
  codes_count: number;
  citations: string[];
  sources: string[];
  releases: number[];
}

/** The union of the workbooks and one provider's increments is nobody's tariff: the increments are shown when they are asked for. */
const ASKED_FOR_ONLY = ['eu.taric-xml'];
/** Rates and balances of a period end with it, rulings after three years: that is no news of the law. */
const NO_NEWS = ['exchange-rate', 'quota', 'ruling', 'ruling-code'];

/**
 * What starts, ends or changes next by what is already published: no forecast. An extension published tomorrow moves an end.
 * Throws Problem not-found for a source that does not exist.
 */
export async function calendar(
  { database, views }: { database: Database; views: LedgerViews },
  { as_of, known_at, to, jurisdiction, source, prefix, limit, offset }: CalendarQuestion,
): Promise<AnswerDraft<CalendarEvent[]> & { next: number | null }> {
  const { view, result } = await readAt(views, async (now) => {
    if (source !== null) sourceOf(now, source, 'source');
    const question = { after: as_of, to, known: known_at, jurisdiction, source, prefix };
    const rows = await comingRows(database.db, { ...question, without: ASKED_FOR_ONLY, withoutTopics: NO_NEWS });
    return { rows, version: await datasetVersion(database.db) };
  });
  const events = eventsOf(result.rows);
  const page = events.slice(offset, offset + limit);
  return {
    view,
    data: page,
    cites: page.flatMap(({ releases }) => releases),
    coverage: [],
    next: offset + limit < events.length ? offset + limit : null,
  };
}

/** An end and a start on one day, of the same codes, are one change. */
function eventsOf(rows: readonly ComingRow[]): CalendarEvent[] {
  const group = (row: ComingRow) =>
    JSON.stringify([row.day, row.jurisdiction, row.entity, row.what, row.about, row.codes_digest]);
  const starts = new Map(rows.filter(({ event }) => event === 'starts').map((row) => [group(row), row]));
  const ends = new Set(rows.filter(({ event }) => event === 'ends').map(group));
  return rows.flatMap((row): CalendarEvent[] => {
    const start = starts.get(group(row));
    if (row.event === 'starts' && ends.has(group(row))) return [];
    const { event, text, codes_digest: _digest, ...common } = row;
    if (event === 'starts') return [{ ...common, event, before: null, after: text }];
    if (start === undefined) return [{ ...common, event, before: text, after: null }];
    return [
      {
        ...common,
        event: 'changes',
        title: start.title,
        before: text,
        after: start.text,
        citations: [...new Set([...row.citations, ...start.citations])],
        sources: [...new Set([...row.sources, ...start.sources])],
        releases: [...new Set([...row.releases, ...start.releases])],
      },
    ];
  });
}
