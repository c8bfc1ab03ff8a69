import type { Database } from '../db/connect.ts';
import type { LineRow } from '../db/line-rows.ts';
import { linesByKey, nearestExisting, topsBelow } from '../db/nomenclature.ts';
import { datasetVersion } from '../db/releases.ts';
import type { DatedLink } from '../transforms/lineage/line.ts';
import type { CoverageStatement } from '../transforms/stacking/component.ts';
import { codeDigits, formatCode, prefixes, significantDigits } from '../transforms/code.ts';
import { coverageOf } from './coverage.ts';
import type { AnswerDraft } from './draft.ts';
import { codeLineage, type Lineage } from './lineage.ts';
import type { LineReader } from './line-reader.ts';
import type { HsTitles } from './hs-titles.ts';
import { assertVersion, orMoved } from './ledger-moved.ts';
import { type LedgerView, type LedgerViews, readAt } from './ledger-view.ts';
import {
  childTree,
  type ChildLine,
  footnotesOf,
  type LineFootnote,
  type LineSummary,
  summary,
} from './lookup-lines.ts';
import { lookupRates, type LookupRate } from './lookup-rates.ts';
import { lookupUnits } from './lookup-units.ts';
import { answering, type Moment } from './moment.ts';
import { Problem } from './problem.ts';
import { type Tariff, tariffOf } from './tariffs.ts';
import { type UnlistedCode, unlistedCode } from './unlisted-code.ts';

export interface LookupQuestion extends Moment {
  /** 2 to 10 digits, dots and spaces optional. */
  code: string;
  jurisdiction: string;
}

/** What a tariff says at a code. */
export interface LookupData {
  code: string;
  formatted: string;
  jurisdiction: string;
  /** As published, with padding where the tariff pads; null when the line is not printed. */
  item_id: string | null;
  /** False for a prefix that has lines below it but no line of its own, and for a code in `unlisted`. */
  printed: boolean;
  /** Null when that is not known: see `unlisted`. */
  declarable: boolean | null;
  /** Set when no line lists the code and it may exist all the same: rates and ancestors are those of the lines above. */
  unlisted: UnlistedCode | null;
  /** Null when the line is not printed. */
  description: string | null;
  section: { number: number; numeral: string; title: string } | null;
  chapter: { code: string; title: string | null };
  /** Printed lines above, top first, those without a code included. */
  ancestors: LineSummary[];
  children: ChildLine[];
  rates: LookupRate[];
  /** As printed, on the line or by the nearest measure of a supplementary unit. */
  units: string[];
  footnotes: LineFootnote[];
  attributes: Record<string, unknown>;
  valid_from: string | null;
  valid_to: string | null;
  /** The release whose statement the line is. */
  release: number | null;
  /** Codes that took over goods of this one and codes whose goods it took over; null when it was not looked into. */
  replaced_by: DatedLink[] | null;
  replaces: DatedLink[] | null;
}

export interface LookupDeps {
  database: Database;
  views: LedgerViews;
  titles: (view: LedgerView, moment: Moment) => Promise<HsTitles>;
  readLine: LineReader;
  lineage: Lineage;
}

export const CODE_FORM = '2 to 10 digits, dots optional (8471, 8471.30, 8471.30.01.00)';

/**
 * The line at a code with everything above and below it. One statement for a printed line, two for a prefix that is not printed.
 *
 * Throws Problem: invalid-request, not-loaded, not-covered-at-date, not-known-yet, and code-not-found (no line at or below the code)
 * with the nearest ancestor that exists.
 */
export async function lookup(deps: LookupDeps, question: LookupQuestion): Promise<AnswerDraft<LookupData>> {
  const { view, result } = await readAt<Reading | { version: -1 }>(deps.views, (now) =>
    orMoved(() => readLookup(deps, now, question)),
  );
  if (!('tops' in result)) throw new Error('a reading of another version was accepted');
  const { line, tops, code, source, tariff, lineage, unlisted } = result;
  if (!line && tops.length === 0 && !unlisted) throw await notFound(deps.database, result, question);
  const titles = await deps.titles(view, question);

  const nearest = result.lines.find((row) => row.code === unlisted?.inherits_from.code);
  const path = nearest
    ? [nearest.natural_key, ...nearest.ancestors]
    : (line?.ancestors ?? commonAncestors(tops.map((top) => top.ancestors)));
  const above = ancestorsOf(result.lines, path);
  const rates = lookupRates(code, tariff, result.measures);
  const units = lookupUnits(tariff, line, result.measures);
  const chapter = code.slice(0, 2);
  const section = titles.sections.get(chapter);
  const data: LookupData = {
    code,
    formatted: formatCode(code),
    jurisdiction: question.jurisdiction,
    item_id: line?.item_id ?? null,
    printed: line !== null,
    declarable: unlisted ? null : (line?.declarable ?? false),
    unlisted,
    description: line?.description ?? null,
    section: section ? { number: section.number, numeral: section.numeral, title: section.title } : null,
    chapter: { code: chapter, title: titles.chapters.get(chapter)?.title ?? null },
    ancestors: above.map(summary),
    children: line ? childTree(result.children, line.natural_key) : childTree(tops, null),
    rates,
    units: units.texts,
    footnotes: footnotesOf(line ? [...above, line] : above),
    attributes: line?.attributes ?? {},
    valid_from: line?.valid_from ?? null,
    valid_to: line?.valid_to ?? null,
    release: line?.stated_by ?? null,
    replaced_by: lineage?.replaced_by ?? null,
    replaces: lineage?.replaces ?? null,
  };
  const cites = [
    result.newest.release_id,
    ...[...above, ...(line ? [line] : [])].map((row) => row.stated_by),
    ...rates.map((rate) => rate.release),
    ...units.cites,
    ...(lineage?.cites ?? []),
    ...[section?.release, titles.chapters.get(chapter)?.release].filter((id) => id !== undefined),
  ];
  const stated = coverageOf(view, source, question);
  return { view, data, cites, coverage: tariff.without ? [...stated, ...notGiven(tariff.without)] : stated };
}

function notGiven(without: NonNullable<Tariff['without']>): CoverageStatement[] {
  return without.map(({ family, reason }) => ({ family, status: 'not_covered', reason, data_as_of: null }));
}

type Reading = Awaited<ReturnType<typeof readLookup>>;

async function readLookup(deps: LookupDeps, now: LedgerView, question: LookupQuestion) {
  const { as_of, known_at } = question;
  const { tariff, source } = tariffOf(now, question.jurisdiction);
  const code = significantCode(question.code, tariff);
  const { newest } = answering(now, source, question);
  const types = [...tariff.columns.flatMap((column) => column.types), ...(tariff.unitTypes ?? [])];
  const lines = { source, on: as_of, known: known_at, types };
  const reading = await deps.readLine(code, lines);
  const line = reading.lines.filter((row) => row.code === code).sort(declarableFirst)[0] ?? null;
  const below = line ? null : await belowUnprinted(deps.database, source, code, question);
  const missing = line === null && below?.tops.length === 0;
  const followed = await codeLineage(deps.lineage, { view: now, source, code, knownAt: known_at });
  // Only what can be declared is followed from state to state: 'none' is no answer for a line that never could be.
  const known = followed.replaced_by.length + followed.replaces.length > 0;
  const lineage = missing || line?.declarable === true || known ? followed : null;
  const asked = { source, code, as_of, known_at };
  const unlisted = missing && tariff.padded ? await unlistedCode(deps.database, now, asked) : null;
  const near = unlisted ? await deps.readLine(unlisted.inherits_from.code, lines) : null;
  if (near) assertVersion(now, near.version);
  return {
    ...reading,
    ...below,
    ...(near ? { lines: near.lines } : {}),
    tops: below?.tops ?? [],
    ...{ tariff, source, code, newest, line, lineage, unlisted },
  };
}

/** What stands below a prefix that is not printed, and above all of it. Later statements than the first: the version is read last. */
async function belowUnprinted(database: Database, source: string, code: string, { as_of, known_at }: Moment) {
  const at = { on: as_of, known: known_at };
  const tops = await topsBelow(database.db, source, code, at);
  const lines = await linesByKey(database.db, source, commonAncestors(tops.map((top) => top.ancestors)), at);
  return { tops, lines, version: await datasetVersion(database.db) };
}

/** Digits as the tariff's lines carry them. Throws Problem invalid-request for anything but 2 to 10 digits. */
function significantCode(text: string, tariff: Pick<Tariff, 'padded'>): string {
  const digits = codeDigits(text);
  if (digits === null || digits.length > 10) {
    throw new Problem('invalid-request', `'${text}' is no tariff code.`, {
      errors: [{ field: 'code', message: CODE_FORM }],
    });
  }
  // Eight digits and more are a padded line; '0100' would be a heading that does not exist, not chapter 01.
  return tariff.padded && digits.length >= 8 ? significantDigits(digits) : digits;
}

function declarableFirst(a: LineRow, b: LineRow): number {
  return Number(b.declarable) - Number(a.declarable) || b.depth - a.depth;
}

function ancestorsOf(lines: readonly LineRow[], keys: readonly string[]): LineRow[] {
  return [...keys].reverse().flatMap((key) => lines.find((line) => line.natural_key === key) ?? []);
}

/** Lines that all of the given ones stand below, nearest first. */
function commonAncestors(lists: readonly (readonly string[])[]): string[] {
  const [first = [], ...others] = lists;
  return first.filter((key) => others.every((list) => list.includes(key)));
}

async function notFound(
  database: Database,
  { source, code, lineage }: Pick<Reading, 'source' | 'code' | 'lineage'>,
  question: LookupQuestion,
): Promise<Problem> {
  // Chapters, headings, subheadings: '847' has lines below it, but nobody looks for it.
  const above = prefixes(code).filter((prefix) => prefix.length < code.length && prefix.length % 2 === 0);
  const nearest = await nearestExisting(database.db, source, above, {
    on: question.as_of,
    known: question.known_at,
  });
  const hint =
    nearest === null ? 'No line of its chapter exists.' : `The nearest that exists is ${formatCode(nearest)}.`;
  return new Problem('code-not-found', `${formatCode(code)} has no line at or below it on ${question.as_of}. ${hint}`, {
    errors: [
      {
        field: 'code',
        message: nearest === null ? 'a code of this tariff' : `${formatCode(nearest)} or a line below it`,
      },
    ],
    extra: {
      replaced_by: lineage?.replaced_by ?? [],
      nearest_ancestor: nearest === null ? null : { code: nearest, formatted: formatCode(nearest) },
    },
  });
}
