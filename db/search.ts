import { sql } from 'kysely';
import { at, type Moment } from './as-of.ts';
import type { Db } from './connect.ts';

/** A line in which one of the words stands. */
export interface WordHit {
  /** Which word, counted from 1. */
  word: number;
  natural_key: string;
  code: string | null;
  ancestors: string[];
  declarable: boolean;
  sort_key: string;
  depth: number;
  length: number;
}

/** Words of a query as the index knows them: stemmed, without stop words. 'men's shirts' -> ['men', 'shirt']. */
export async function searchWords(db: Db, text: string): Promise<string[]> {
  const { rows } = await sql<{ words: string[] }>`
    select tsvector_to_array(to_tsvector('english', ${text})) as words`.execute(db);
  return rows[0]?.words ?? [];
}

/**
 * Lines in which a word stands, one row per line and word. One index scan per word: asking every line which words it holds would
 * stem each description again (0.05 ms a line).
 */
export async function wordHits(db: Db, source: string, words: readonly string[], moment: Moment): Promise<WordHit[]> {
  const { rows } = await sql<WordHit>`
    select w.nth::int as word, g.natural_key, g.code, g.ancestors, g.declarable, g.sort_key, g.depth, length(g.description) as length
    from unnest(${words}::text[]) with ordinality w(word, nth)
    join goods_nomenclature g on to_tsvector('english', g.description) @@ (quote_literal(w.word) || '')::tsquery
    where g.source_id = ${source} and ${at('g', moment)}`.execute(db);
  return rows;
}

/** Lines whose code holds the fragment: those that begin with it first, short before long. */
export async function codeFragmentKeys(
  db: Db,
  source: string,
  fragment: string,
  moment: Moment,
  limit: number,
  offset: number,
): Promise<{ key: string; matched: null }[]> {
  const { rows } = await sql<{ natural_key: string }>`
    select g.natural_key from goods_nomenclature g
    where g.source_id = ${source} and g.code like ${`%${fragment}%`} and ${at('g', moment)}
    order by starts_with(g.code, ${fragment}) desc, length(g.code), g.sort_key limit ${limit} offset ${offset}`.execute(
    db,
  );
  return rows.map((row) => ({ key: row.natural_key, matched: null }));
}
