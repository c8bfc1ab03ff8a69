import type { LineageLine } from './line.ts';
import { isResidual, segmentKey } from './path.ts';
import { lineWords, ownWords, similarity } from './similarity.ts';

/** Descriptions that agree by less are no sign. Chosen on HTS 2026 Revision 2 (test/real/lineage.test.ts). */
const LEAST = 0.6;
/** The lines themselves, without those above them: two of one subheading agree by half in what stands above. */
const LEAST_OWN = 0.5;
/** A line that was only given the number of its substance keeps at least this much of its words. */
const NUMBER_ADDED = 0.9;
/** Candidates this close to the best of a code are named beside it. */
const MARGIN = 0.08;
/** 'not less than 30 MHz' and 'less than 30 MHz' share every word that counts: half of such pairs were wrong. */
const UNBOUND = 0.6;
/** The same eight digits count for more than a word or two. */
const NEAR = 0.1;

export interface Alike {
  from: LineageLine;
  to: LineageLine;
  /** 0 to 1. */
  alike: number;
  /** Both name the same substance by its number in the Chemical Abstracts. */
  substance: string | null;
  /** The new line says all that the old one said and more: only a part of the goods. */
  narrower: boolean;
}

/** Pairs of one heading that no path explains, by words: those near the best of either side. */
export function comparedByWords(gone: readonly LineageLine[], come: readonly LineageLine[]): Alike[] {
  const pairs: (Alike & { rank: number })[] = [];
  const words = new Map(
    [...gone, ...come].map((line) => [
      line,
      { all: lineWords(line), own: ownWords(line), substances: substances(line) },
    ]),
  );
  for (const from of gone) {
    for (const to of come) {
      const [a, b] = [words.get(from), words.get(to)];
      // Different subheadings of the Harmonized System are different goods, however alike they read.
      if (!a || !b || from.code === to.code || from.code.slice(0, 6) !== to.code.slice(0, 6)) continue;
      // 'Other' says nothing of itself: it is what the lines beside it leave.
      if (isResidual(ownText(from)) || isResidual(ownText(to))) continue;
      const substance = a.substances.find((number) => b.substances.includes(number)) ?? null;
      const own = similarity(a.own, b.own);
      if (substance === null) {
        // What names a substance is not what names another or none; only a number that was added leaves the words as they were.
        if (a.substances.length > 0 || (b.substances.length > 0 && own < NUMBER_ADDED)) continue;
        if (own < LEAST_OWN) continue;
      }
      const alike = substance === null ? (similarity(a.all, b.all) + own) / 2 : 1;
      if (alike < LEAST) continue;
      const near = from.code.slice(0, 8) === to.code.slice(0, 8) ? NEAR : 0;
      const purer = substance !== null && !ownText(from).includes('%') && ownText(to).includes('%');
      const narrower =
        purer || ([...a.own.weights.keys()].every((word) => b.own.weights.has(word)) && b.own.total > a.own.total);
      const sure = substance !== null || bounds(from) === bounds(to) ? alike : alike * UNBOUND;
      pairs.push({ from, to, alike: sure, substance, narrower, rank: alike + near });
    }
  }
  const best = new Map<LineageLine, number>();
  for (const { from, to, rank } of pairs) {
    for (const line of [from, to]) best.set(line, Math.max(best.get(line) ?? 0, rank));
  }
  return pairs.filter(
    ({ from, to, rank }) => rank >= (best.get(from) ?? 0) - MARGIN && rank >= (best.get(to) ?? 0) - MARGIN,
  );
}

/** Pairs of one subheading whose own descriptions are the same and stand for one line only on either side. */
export function sameText(gone: readonly LineageLine[], come: readonly LineageLine[]): [LineageLine, LineageLine][] {
  return gone.flatMap((from): [LineageLine, LineageLine][] => {
    const key = segmentKey(ownText(from));
    if (isResidual(key) || !key.includes(' ')) return [];
    const alike = (line: LineageLine) =>
      line.code.slice(0, 6) === from.code.slice(0, 6) && segmentKey(ownText(line)) === key;
    const [to, ...others] = come.filter(alike);
    return to && others.length === 0 && gone.filter(alike).length === 1 ? [[from, to]] : [];
  });
}

/** The words that bound a quantity, in order. A long text says enough besides them. */
function bounds(line: LineageLine): string {
  if (ownText(line).length > 120) return '';
  const words = ownText(line)
    .toLowerCase()
    .match(/\b(?:not|less|more|under|over|below|above|greater|exceeding)\b/g);
  return words?.join(' ') ?? '';
}

function substances(line: LineageLine): readonly string[] {
  return [...ownText(line).matchAll(/\b(?:CAS|CUS)\b[^\d]{0,8}(\d{2,7}-\d{2}-\d|\d{7}-\d)/g)].flatMap(
    ([, number]) => number ?? [],
  );
}

const ownText = (line: LineageLine): string => line.path.at(-1) ?? '';
