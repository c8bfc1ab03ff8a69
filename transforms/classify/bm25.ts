/**
 * Ranking of documents by words: Okapi BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009), k1 = 1.2, b = 0.75.
 * Weights of words may be fractions: a word above a line counts less than one on it.
 */
export interface Bm25Document {
  id: string;
  /** Word -> weight. */
  terms: ReadonlyMap<string, number>;
}

interface Posting {
  document: number;
  weight: number;
}

export interface Bm25Index {
  ids: readonly string[];
  lengths: Float64Array;
  averageLength: number;
  postings: ReadonlyMap<string, readonly Posting[]>;
}

const K1 = 1.2;
const B = 0.75;

export function bm25Index(documents: readonly Bm25Document[]): Bm25Index {
  const postings = new Map<string, Posting[]>();
  const lengths = new Float64Array(documents.length);
  documents.forEach(({ terms }, document) => {
    for (const [term, weight] of terms) {
      lengths[document] = (lengths[document] ?? 0) + weight;
      const list = postings.get(term);
      if (list) list.push({ document, weight });
      else postings.set(term, [{ document, weight }]);
    }
  });
  const total = lengths.reduce((sum, length) => sum + length, 0);
  return {
    ids: documents.map(({ id }) => id),
    lengths,
    averageLength: documents.length === 0 ? 1 : total / documents.length || 1,
    postings,
  };
}

export interface Bm25Hit {
  id: string;
  score: number;
}

/** Inverse document frequency of a word. */
export function rarity(index: Bm25Index, word: string): number {
  return rarityOf(index.postings.get(word)?.length ?? 0, index.ids.length);
}

/** Of a word that stands in one document only. */
export function rarest(index: Bm25Index): number {
  return rarityOf(1, index.ids.length);
}

const rarityOf = (held: number, documents: number): number => Math.log(1 + (documents - held + 0.5) / (held + 0.5));

/** Score of every document by its place in the index; 0 where none of the words stands. A typed array: this runs for every declaration. */
export function bm25Scores(index: Bm25Index, words: Iterable<string>): Float64Array {
  const scores = new Float64Array(index.ids.length);
  for (const word of new Set(words)) {
    const list = index.postings.get(word);
    if (!list) continue;
    const rare = rarity(index, word);
    for (const { document, weight } of list) {
      const length = (index.lengths[document] ?? 0) / index.averageLength;
      const part = (rare * weight * (K1 + 1)) / (weight + K1 * (1 - B + B * length));
      scores[document] = (scores[document] ?? 0) + part;
    }
  }
  return scores;
}

/** Documents that hold any of the words, best first; equal scores in the order of the index. */
export function bm25Search(index: Bm25Index, words: Iterable<string>): Bm25Hit[] {
  const hits: { document: number; score: number }[] = [];
  bm25Scores(index, words).forEach((score, document) => {
    if (score > 0) hits.push({ document, score });
  });
  return hits
    .sort((a, b) => b.score - a.score || a.document - b.document)
    .map(({ document, score }) => ({ id: index.ids[document] ?? '', score }));
}
