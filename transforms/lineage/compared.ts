import { type Edge, edge } from './edge.ts';
import type { LineageLine } from './line.ts';

import { lineWords, similarity } from './similarity.ts';

/** Descriptions that agree by less are no sign. Chosen on HTS 2026 Revision 2 (test/real/lineage.test.ts). */
const LEAST = 0.6;
/** Candidates this close to the best of a code are named beside it. */
const MARGIN = 0.08;

/** Pairs of one heading that no path explains, by words: those near the best of either side. At most 0.7: nobody prints it. */
export function comparedByWords(gone: readonly LineageLine[], come: readonly LineageLine[]): Edge[] {
  const words = new Map([...gone, ...come].map((line) => [line, lineWords(line)]));
  const pairs: { from: LineageLine; to: LineageLine; alike: number }[] = [];
  for (const from of gone) {
    for (const to of come) {
      const [a, b] = [words.get(from), words.get(to)];
      // Different subheadings of the Harmonized System are different goods, however alike they read.
      if (!a || !b || from.code === to.code || from.code.slice(0, 6) !== to.code.slice(0, 6)) continue;
      const alike = similarity(a, b);
      if (alike >= LEAST) pairs.push({ from, to, alike });
    }
  }
  const best = new Map<LineageLine, number>();
  for (const { from, to, alike } of pairs) {
    for (const line of [from, to]) best.set(line, Math.max(best.get(line) ?? 0, alike));
  }
  return pairs
    .filter(({ from, to, alike }) => alike >= (best.get(from) ?? 0) - MARGIN && alike >= (best.get(to) ?? 0) - MARGIN)
    .map(({ from, to, alike }) => {
      const text = `descriptions with the lines above agree by ${alike.toFixed(2)}`;
      return edge(from, to, 0.2 + 0.48 * alike, { kind: 'description', text, release: null });
    });
}
