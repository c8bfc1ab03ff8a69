import type { Database } from '../db/connect.ts';
import { type HeadingHistory, readHeadingHistory } from '../db/heading-rows.ts';
import { readTopicRows } from '../db/topic-rows.ts';
import { addDays, type Instant, isValidAt, type PlainDate, type ValidTime } from '../transforms/dates.ts';
import { correlationLink, keptSubheading } from '../transforms/lineage/correlation.ts';
import { statedTransfers } from '../transforms/lineage/change-record.ts';
import type { DatedLink } from '../transforms/lineage/line.ts';
import { lineageLinks } from '../transforms/lineage/links.ts';
import { lineageState } from '../transforms/lineage/state.ts';
import { linksOfExtracts } from './lineage-extracts.ts';
import { assertVersion } from './ledger-moved.ts';
import type { LedgerView } from './ledger-view.ts';
import { releasesKnown } from './moment.ts';

/** What became of a code and what it was made of, as far as the states that the ledger holds show it. */
export interface CodeLineage {
  /** Codes that took over goods of this one, best first; several mean that the goods decide which. */
  replaced_by: DatedLink[];
  replaces: DatedLink[];
  /** Releases whose statements the evidence is. */
  cites: number[];
}

/** Links of a heading at every date on which its lines changed. */
export interface HeadingLineage {
  links: readonly (DatedLink & { releases: number[] })[];
}

export type Lineage = (
  view: LedgerView,
  source: string,
  heading: string,
  knownAt: Instant | null,
) => Promise<HeadingLineage>;

const HS = 'wco.hs';
const GENERAL_TYPES = ['mfn', '103', '105'];
/** Headings of a whole tariff: a declaration may name any of them. */
const KEPT = 1300;

/**
 * A reader of the lineage of headings. Worked out when first asked for and kept while the ledger stays as it is.
 * Throws LedgerMoved when the ledger has another version than the view.
 */
export function openLineage(database: Database): Lineage {
  const kept = new Map<string, Promise<HeadingLineage>>();
  return (view, source, heading, knownAt) => {
    // The tables of the Harmonized System lead across headings: all of them are one piece.
    const key = `${view.version}|${source}|${source === HS ? '' : heading}|${knownAt ?? ''}`;
    const held = kept.get(key);
    if (held) return held;
    const working =
      source === HS ? readCorrelations(database, view, knownAt) : readLineage(database, view, source, heading, knownAt);
    if (kept.size >= KEPT) kept.delete(kept.keys().next().value ?? '');
    kept.set(key, working);
    working.catch(() => kept.delete(key));
    return working;
  };
}

/** Links from and to a code: those that took effect by `asOf`, and those of a later date that are known already. */
export async function codeLineage(
  lineage: Lineage,
  question: { view: LedgerView; source: string; code: string; knownAt: Instant | null },
): Promise<CodeLineage> {
  const { view, source, code, knownAt } = question;
  if (code.length < 4) return { replaced_by: [], replaces: [], cites: [] };
  const { links } = await lineage(view, source, code.slice(0, 4), knownAt);
  const cites = new Set<number>();
  const bare = ({ releases, ...link }: HeadingLineage['links'][number]): DatedLink => {
    for (const release of releases) cites.add(release);
    return link;
  };
  const replaced_by = links.filter((link) => link.from === code).map(bare);
  const replaces = links.filter((link) => link.to === code).map(bare);
  return { replaced_by, replaces, cites: [...cites] };
}

/** Links between editions of the Harmonized System, from the tables that are loaded: its own lines are held for one edition only. */
async function readCorrelations(
  database: Database,
  view: LedgerView,
  knownAt: Instant | null,
): Promise<HeadingLineage> {
  const span = { from: '1988-01-01', to: '9999-12-31', known: knownAt };
  const { version, rows } = await readTopicRows(database, { topics: ['hs-correlation'], ...span });
  assertVersion(view, version);
  const kept = new Set(rows.flatMap((row) => keptSubheading(row.data) ?? []));
  const links = rows.flatMap((row) => {
    const link = correlationLink(row.data, row.stated_by, kept);
    return link ? [{ ...link, releases: [row.stated_by] }] : [];
  });
  return { links };
}

async function readLineage(
  database: Database,
  view: LedgerView,
  source: string,
  heading: string,
  knownAt: Instant | null,
): Promise<HeadingLineage> {
  const releases = releasesKnown(view, source, knownAt);
  const first = releases.reduce<PlainDate | null>(
    (earliest, { effective_date }) => (earliest === null || effective_date < earliest ? effective_date : earliest),
    null,
  );
  if (first === null) return { links: [] };
  const dated = view.sources.get(source)?.manifest['validity'] === 'extract';
  const history = await readHeadingHistory(database, {
    ...{ source, heading, types: GENERAL_TYPES, topic: 'change-record-item', known: knownAt },
    beliefs: dated ? 'all' : 'last',
  });
  assertVersion(view, history.version);
  if (dated) return { links: linksOfExtracts(history, releases) };
  // Lines that had ended before the first release are in no release: a state before it would show beginnings without their ends.
  const dates = changeDates(history).filter((date) => date > first);
  return { links: dates.flatMap((date) => linksAt(history, view, date)) };
}

function changeDates(history: HeadingHistory): PlainDate[] {
  const dates = history.lines.flatMap((line) =>
    line.valid_to === null ? [line.valid_from] : [line.valid_from, line.valid_to],
  );
  return [...new Set(dates)].sort();
}

function linksAt(history: HeadingHistory, view: LedgerView, date: PlainDate): (DatedLink & { releases: number[] })[] {
  const turning = history.lines.filter((line) => line.valid_from === date || line.valid_to === date);
  const releases = [
    ...new Set(
      turning.flatMap((line) => {
        const by = line.valid_from === date ? line.introduced_by : line.ended_by;
        return by === null ? [] : [by];
      }),
    ),
  ];
  const labels = new Set(releases.flatMap((release) => view.byId.get(release)?.label ?? []));
  const items = history.items.filter(({ subject }) => subject !== null && labels.has(subject));
  const found = lineageLinks({
    before: stateOn(history, addDays(date, -1)),
    after: stateOn(history, date),
    stated: items.flatMap(({ code, data, stated_by }) =>
      statedTransfers({ code: code ?? '', detail: String(data['detail'] ?? ''), release: stated_by }),
    ),
    listed: new Set(
      items.filter(({ data }) => BEGUN_OR_ENDED.has(String(data['action']))).map(({ code }) => code ?? ''),
    ),
  });
  return found.map((link) => ({
    ...link,
    effective_date: date,
    releases: [...new Set([...releases, ...link.evidence.flatMap(({ release }) => release ?? [])])],
  }));
}

const BEGUN_OR_ENDED: ReadonlySet<string> = new Set(['added', 'deleted', 'established', 'discontinued', 'annotated']);

function stateOn(history: HeadingHistory, date: PlainDate) {
  const on = <Row extends ValidTime>(rows: readonly Row[]) => rows.filter((row) => isValidAt(row, date));
  return lineageState(on(history.lines), on(history.rates));
}
