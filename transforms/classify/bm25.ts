/**
 * Ranking of documents by words: Okapi BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009), k1 = 1.2, b = 0.75.
 * Weights of words may be fractions: a word above a line counts less than one on it.
 */
export interface Bm25Document {
  id: string;
  /** Word -> weight. */
  terms: ReadonlyMap<string, number>;
}

/** Where a word stands, and what it brings there: all that a score is made of is known when the index is made. */
export interface Posting {
  documents: Uint16Array;
  parts: Float64Array;
}

export interface Bm25Index {
  ids: readonly string[];
  postings: ReadonlyMap<string, Posting>;
}

const K1 = 1.2;
const B = 0.75;

/** Throws RangeError beyond 65,536 documents: their numbers would wrap around and name others. */
export function bm25Index(documents: readonly Bm25Document[]): Bm25Index {
  if (documents.length > 65_536) throw new RangeError(`${documents.length} documents do not fit into 16 bits`);
  const lengths = documents.map(({ terms }) => [...terms.values()].reduce((sum, weight) => sum + weight, 0));
  const average = documents.length === 0 ? 1 : lengths.reduce((sum, length) => sum + length, 0) / documents.length || 1;
  const places = new Map<string, number[]>();
  documents.forEach(({ terms }, document) => {
    for (const term of terms.keys()) {
      const list = places.get(term);
      if (list) list.push(document);
      else places.set(term, [document]);
    }
  });
  const postings = new Map<string, Posting>();
  for (const [term, list] of places) {
    const rare = rarityOf(list.length, documents.length);
    const parts = list.map((document) => {
      const weight = documents[document]?.terms.get(term) ?? 0;
      const length = (lengths[document] ?? 0) / average;
      return (rare * weight * (K1 + 1)) / (weight + K1 * (1 - B + B * length));
    });
    postings.set(term, { documents: Uint16Array.from(list), parts: Float64Array.from(parts) });
  }
  return { ids: documents.map(({ id }) => id), postings };
}

export interface Bm25Hit {
  id: string;
  score: number;
}

/** Inverse document frequency of a word. */
export function rarity(index: Bm25Index, word: string): number {
  return rarityOf(index.postings.get(word)?.documents.length ?? 0, index.ids.length);
}

/** Of a word that stands in one document only. */
export function rarest(index: Bm25Index): number {
  return rarityOf(1, index.ids.length);
}

const rarityOf = (held: number, documents: number): number => Math.log(1 + (documents - held + 0.5) / (held + 0.5));

/**
 * Adds what the words (each once) bring to `scores`, by place in the index, and writes the places that were 0 before into `touched`; returns how
 * many. The caller keeps both arrays: this runs for every declaration, and 45 KB for each would be the collector's work.
 */
export function addBm25Scores(
  index: Bm25Index,
  words: readonly string[],
  scores: Float64Array,
  touched: Uint16Array,
): number {
  let count = 0;
  for (const word of words) {
    const posting = index.postings.get(word);
    if (!posting) continue;
    const { documents, parts } = posting;
    const length = documents.length;
    for (let at = 0; at < length; at += 1) {
      const document = documents[at] ?? 0;
      const held = scores[document] ?? 0;
      if (held === 0) {
        touched[count] = document;
        count += 1;
      }
      scores[document] = held + (parts[at] ?? 0);
    }
  }
  return count;
}
