import type { Database } from '../db/connect.ts';
import { childrenOf, linesByKey } from '../db/nomenclature.ts';
import { datasetVersion } from '../db/releases.ts';
import { codeFragmentKeys, searchWords, type WordHit, wordHits } from '../db/search.ts';
import type { Moment as At } from '../db/as-of.ts';
import { formatCode } from '../transforms/code.ts';
import { coverageOf } from './coverage.ts';
import type { AnswerDraft } from './draft.ts';
import { type LedgerViews, readAt } from './ledger-view.ts';
import { answering, type Moment } from './moment.ts';
import { Problem } from './problem.ts';
import { tariffOf } from './tariffs.ts';

export interface SearchQuestion extends Moment {
  /** Words, or at least two digits of a code. */
  q: string;
  jurisdiction: string;
  limit: number;
  offset: number;
}

export interface SearchResult {
  code: string;
  formatted: string;
  description: string;
  /** Texts of the lines above, top first. */
  path: string[];
  declarable: boolean;
  /** How many of the query's words stand in the line or above it; null for a search by code. */
  matched: number | null;
  release: number;
}

export interface SearchData {
  query: string;
  jurisdiction: string;
  by: 'code' | 'words';
  /** The words looked for, stemmed; empty for a search by code. */
  words: string[];
  results: SearchResult[];
}

/** Lines by a code fragment or by words; `more` when there is another page. Throws Problem like `lookup`. */
export async function search(
  deps: { database: Database; views: LedgerViews },
  question: SearchQuestion,
): Promise<AnswerDraft<SearchData> & { more: boolean }> {
  const fragment = question.q.replace(/[\s.]/g, '');
  const by = /^\d{2,10}$/.test(fragment) ? 'code' : 'words';
  const at: At = { on: question.as_of, known: question.known_at };
  const { view, result } = await readAt(deps.views, async (now) => {
    const { source } = tariffOf(now, question.jurisdiction);
    const { newest } = answering(now, source, question);
    const { db } = deps.database;
    const words = by === 'code' ? [] : (await searchWords(db, question.q)).slice(0, MAX_WORDS);
    if (by === 'words' && words.length === 0) throw nothingToSearch(question.q);
    const page = { from: question.offset, to: question.offset + question.limit + 1 };
    const found =
      by === 'code'
        ? await codeFragmentKeys(db, source, fragment, at, question.limit + 1, question.offset)
        : (await coded(deps.database, source, rank(await wordHits(db, source, words, at), words.length), at)).slice(
            page.from,
            page.to,
          );
    const byKey = new Map(
      (
        await linesByKey(
          db,
          source,
          found.map(({ key }) => key),
          at,
        )
      ).map((line) => [line.natural_key, line]),
    );
    const lines = found.slice(0, question.limit).flatMap(({ key, matched }) => {
      const line = byKey.get(key);
      return line ? [{ line, matched }] : [];
    });
    const above = await linesByKey(db, source, [...new Set(lines.flatMap(({ line }) => line.ancestors))], at);
    return {
      source,
      newest,
      words,
      lines,
      above,
      more: found.length > question.limit,
      version: await datasetVersion(db),
    };
  });
  const text = new Map(result.above.map((line) => [line.natural_key, line.description]));
  const { lines } = result;
  const data: SearchData = {
    query: question.q,
    jurisdiction: question.jurisdiction,
    by,
    words: result.words,
    results: lines.flatMap(({ line, matched }) =>
      line.code === null
        ? []
        : [
            {
              code: line.code,
              formatted: formatCode(line.code),
              description: line.description,
              path: [...line.ancestors].reverse().flatMap((key) => text.get(key) ?? []),
              declarable: line.declarable,
              matched,
              release: line.stated_by,
            },
          ],
    ),
  };
  const cites = [result.newest.release_id, ...lines.map(({ line }) => line.stated_by)];
  return { view, data, cites, coverage: coverageOf(view, result.source, question), more: result.more };
}

const MAX_WORDS = 12;

interface Found {
  key: string;
  matched: number | null;
}

export interface Ranked extends Found {
  /** A line without a code. */
  isText: boolean;
}

/**
 * Ranks lines: first by how many of the words stand in the line or above it, then ordinary chapters before 98 and 99 (which quote the names of
 * goods), then by how many words stand in the line itself, upper lines before lower, short texts before long, reading order.
 * A line in which no word stands is no result, however well its heading fits: it is found below that.
 */
export function rank(hits: readonly WordHit[], words: number): Ranked[] {
  const own = new Map<string, { hit: WordHit; words: Set<number> }>();
  for (const hit of hits) {
    const entry = own.get(hit.natural_key);
    if (entry) entry.words.add(hit.word);
    else own.set(hit.natural_key, { hit, words: new Set([hit.word]) });
  }
  const scored = [...own.values()].map(({ hit, words: mine }) => {
    const path = new Set(mine);
    for (const ancestor of hit.ancestors) for (const word of own.get(ancestor)?.words ?? []) path.add(word);
    return { hit, matched: path.size, own: mine.size };
  });
  // With a full match anywhere, partial ones are noise.
  const best = scored.some((entry) => entry.matched === words)
    ? scored.filter((entry) => entry.matched === words)
    : scored;
  best.sort(
    (a, b) =>
      b.matched - a.matched ||
      special(a.hit) - special(b.hit) ||
      b.own - a.own ||
      a.hit.depth - b.hit.depth ||
      a.hit.length - b.hit.length ||
      (a.hit.sort_key < b.hit.sort_key ? -1 : 1),
  );
  return best.map(({ hit, matched }) => ({ key: hit.natural_key, matched, isText: hit.code === null }));
}

function special(hit: WordHit): number {
  return hit.sort_key.startsWith('98') || hit.sort_key.startsWith('99') ? 1 : 0;
}

/** A line without a code cannot be asked for: the coded lines directly below stand for it. */
async function coded({ db }: Database, source: string, ranked: readonly Ranked[], at: At): Promise<Found[]> {
  const texts = ranked.filter(({ isText }) => isText).map(({ key }) => key);
  const below = new Map<string, string[]>();
  for (const child of await childrenOf(db, source, texts, at)) {
    const keys = below.get(child.parent_key ?? '') ?? [];
    if (child.code !== null) below.set(child.parent_key ?? '', [...keys, child.natural_key]);
  }
  const result = new Map<string, Found>();
  for (const { key, matched, isText } of ranked) {
    for (const shown of isText ? (below.get(key) ?? []) : [key]) {
      if (!result.has(shown)) result.set(shown, { key: shown, matched });
    }
  }
  return [...result.values()];
}

function nothingToSearch(q: string): Problem {
  return new Problem('invalid-request', `'${q}' holds no word that could be searched for.`, {
    errors: [{ field: 'q', message: 'words of a description, or at least two digits of a code' }],
  });
}
