import { addBm25Scores, type Bm25Document, type Bm25Index, bm25Index, rarest, rarity } from './bm25.ts';
import { tokens } from './tokens.ts';

/** A coded line with the descriptions above it, top first, its own last. */
export interface IndexedLine {
  code: string;
  path: readonly string[];
}

/** Words of a tariff by subheading of the Harmonized System. */
export interface TariffIndex {
  subheadings: Bm25Index;
  /** In order. */
  headings: readonly string[];
  /** Place in `headings` of each subheading, by its place in the index. */
  headingOf: Uint16Array;
  /** Zeros by subheading and -1 by heading between two retrievals. */
  scratch: { scores: Float64Array; touched: Uint16Array; best: Int32Array };
}

/**
 * One document per subheading (six digits): the words of its lines in full, those of the lines above it by half. A word that stands on
 * several lines of a subheading counts once: a subheading divided into forty lines is no better answer than one that is not.
 * Chapters 98 and 99 describe provisions and stay out.
 */
export function tariffIndex(lines: readonly IndexedLine[]): TariffIndex {
  const documents = new Map<string, Map<string, number>>();
  for (const { code, path } of lines) {
    if (code.length < 6 || /^9[89]/.test(code)) continue;
    const id = code.slice(0, 6);
    const terms = documents.get(id) ?? new Map<string, number>();
    documents.set(id, terms);
    path.forEach((text, depth) => {
      const weight = depth === path.length - 1 ? 1 : 0.5;
      for (const word of tokens(text)) terms.set(word, Math.max(terms.get(word) ?? 0, weight));
    });
  }
  const headings = [...new Set([...documents.keys()].map((id) => id.slice(0, 4)))].sort();
  const place = new Map(headings.map((id, at) => [id, at]));
  return {
    subheadings: bm25Index([...documents].map(([id, terms]): Bm25Document => ({ id, terms }))),
    headings,
    headingOf: Uint16Array.from(documents.keys(), (id) => place.get(id.slice(0, 4)) ?? 0),
    scratch: {
      scores: new Float64Array(documents.size),
      touched: new Uint16Array(documents.size),
      best: new Int32Array(headings.length).fill(-1),
    },
  };
}

export interface Retrieval {
  /** Words of the text that stand somewhere in the tariff. */
  known: string[];
  unknown: string[];
  /** How much the known words tell goods apart: the sum of their rarities, that of a word of a single subheading being 1. */
  information: number;
  /** How much of what all words could bring the best subheading has; about 1 when it has every one of them. */
  explained: number;
  headings: HeadingHits;
}

export interface HeadingHit {
  heading: string;
  subheading: string;
  score: number;
}

/** Headings by their best subheading. Hundreds are hit and few are asked about: they are not put in order. */
export interface HeadingHits {
  count: number;
  /** The best of them, best first; equal ones by code. */
  top(number: number): HeadingHit[];
  /** Rank 1 is the best. Null: none of the words stands there. */
  of(heading: string): { score: number; rank: number } | null;
  /** Best score of a heading that begins so; 0 when there is none. */
  best(prefix: string): number;
}

function headingHits(
  { subheadings, headings, headingOf, scratch }: TariffIndex,
  words: readonly string[],
): HeadingHits {
  const { scores, touched, best } = scratch;
  const count = addBm25Scores(subheadings, words, scores, touched);
  const hit: number[] = [];
  for (let nth = 0; nth < count; nth += 1) {
    const document = touched[nth] ?? 0;
    const heading = headingOf[document] ?? 0;
    const held = best[heading] ?? -1;
    if (held < 0) {
      hit.push(heading);
      best[heading] = document;
      continue;
    }
    const [score, other] = [scores[document] ?? 0, scores[held] ?? 0];
    if (score > other || (score === other && document < held)) best[heading] = document;
  }
  const documents = new Uint16Array(hit.length);
  const reached = new Float64Array(hit.length);
  for (let at = 0; at < hit.length; at += 1) {
    const heading = hit[at] ?? 0;
    const document = best[heading] ?? 0;
    documents[at] = document;
    reached[at] = scores[document] ?? 0;
    best[heading] = -1;
  }
  for (let nth = 0; nth < count; nth += 1) scores[touched[nth] ?? 0] = 0;

  const name = (at: number): string => headings[hit[at] ?? 0] ?? '';
  const score = (at: number): number => reached[at] ?? 0;
  // Headings are in order, so the place of a heading stands for its code.
  const before = (a: number, b: number): boolean =>
    score(a) > score(b) || (score(a) === score(b) && (hit[a] ?? 0) < (hit[b] ?? 0));
  return {
    count: hit.length,
    top: (number) => {
      const found: number[] = [];
      for (let at = 0; at < hit.length; at += 1) {
        let place = found.length;
        while (place > 0 && before(at, found[place - 1] ?? 0)) place -= 1;
        if (place < number) found.splice(place, 0, at);
        if (found.length > number) found.pop();
      }
      return found.map((at) => ({
        heading: name(at),
        subheading: subheadings.ids[documents[at] ?? 0] ?? '',
        score: score(at),
      }));
    },
    of: (heading) => {
      const own = hit.findIndex((_, at) => name(at) === heading);
      if (own < 0) return null;
      return { score: score(own), rank: 1 + hit.filter((_, at) => before(at, own)).length };
    },
    best: (prefix) => hit.reduce((most, _, at) => (name(at).startsWith(prefix) ? Math.max(most, score(at)) : most), 0),
  };
}

/** A size says nothing of what the goods are: '16 inch' would speak for tyres. */
const MEASURES = new Set('mm cm m km kg g mg l ml oz lb ft in inch litre liter pc pcs pro'.split(' '));

/** Headings that a text speaks for, by the words of their subheadings. */
export function retrieve(index: TariffIndex, text: string): Retrieval {
  const words = [...new Set(tokens(text))].filter((word) => !/^\d/.test(word) && !MEASURES.has(word));
  const known = words.filter((word) => index.subheadings.postings.has(word));
  const headings = headingHits(index, known);
  const brings = (some: readonly string[]) => some.reduce((sum, word) => sum + rarity(index.subheadings, word), 0);
  return {
    known,
    unknown: words.filter((word) => !index.subheadings.postings.has(word)),
    information: brings(known) / rarest(index.subheadings),
    explained: words.length === 0 ? 0 : headings.best('') / brings(words),
    headings,
  };
}
