import { comparedByWords, sameText } from './compared.ts';
import { type Edge, edge, type Rule } from './edge.ts';
import type { LineageLine } from './line.ts';
import { moved } from './moved.ts';
import { lineAt, pathIndex, pathKey, residualFor, withoutLevel } from './path.ts';

/** Words that agree this well tell more than a line that stands above. */
const CERTAIN = 0.85;

/**
 * What may have become of the lines of one heading, without what the publisher says. A new line is traced to where its goods were, then
 * a line that is gone to where its goods went: by path first, then by words, and last to the line that holds the rest ('Other').
 */
export function compareHeading(
  before: readonly LineageLine[],
  after: readonly LineageLine[],
): { edges: Edge[]; reused: ReadonlySet<string> } {
  const [old, now] = [pathIndex(before), pathIndex(after)];
  const { gone, come, reused } = moved(before, after, old, now);
  const [ended, begun] = [codes(gone), codes(come)];
  const edges = new Map<string, Edge>();
  const origin = new Set<string>();
  const settled = new Set<string>();
  const link = (rule: Rule, from: LineageLine, to: LineageLine, sign: number | string = '') => {
    if (from.code === to.code || edges.has(`${from.code}>${to.code}`)) return;
    edges.set(`${from.code}>${to.code}`, edge(rule, from, to, sign));
  };
  // Both lines are accounted for: nothing weaker is looked for.
  const explain = (rule: Rule, from: LineageLine, to: LineageLine) => {
    link(rule, from, to);
    origin.add(to.code);
    settled.add(from.code);
  };

  for (const to of come) {
    const same = lineAt(old, to.path, to.code);
    if (same && ended.has(same.code)) explain('same', same, to);
  }
  // A line may join one that says the same and stood before.
  for (const from of gone.filter((line) => !settled.has(line.code))) {
    const same = lineAt(now, from.path, from.code);
    if (same) explain('same', from, same);
  }
  const open = (line: LineageLine, side: ReadonlySet<string>) => !side.has(line.code);
  // 'Decaffeinated/Organic' becomes 'Decaffeinated/Arabica/Organic' and 'Decaffeinated/Robusta/Organic': every part is one.
  const renumbered = new Set(settled);
  for (const to of come.filter((line) => open(line, origin))) {
    const finer = withoutLevel(to, old);
    if (finer && ended.has(finer.code) && open(finer, renumbered)) explain('level', finer, to);
  }
  const texts = sameText(
    gone.filter((line) => open(line, settled)),
    come.filter((line) => open(line, origin)),
  );
  for (const [from, to] of texts) explain('text', from, to);
  const words = (least: number) => {
    const pairs = comparedByWords(
      gone.filter((line) => open(line, settled)),
      come.filter((line) => open(line, origin)),
    ).filter(({ alike }) => alike >= least);
    for (const { from, to, alike, substance } of pairs) {
      link(substance === null ? 'words' : 'substance', from, to, substance ?? alike);
      origin.add(to.code);
      // What the new line leaves out of the old one went to the rest.
      if (!pairs.some((pair) => pair.from === from && pair.narrower)) settled.add(from.code);
    }
  };
  // Before what stands below an 'Other': the lines beside that 'Other' may have been put there.
  words(CERTAIN);
  // The parts of one line: all of them, so what is settled is looked at again.
  for (const to of come.filter((line) => open(line, origin))) {
    const above = nearestAbove(to, gone);
    if (above) explain('below', above, to);
  }
  for (const from of gone.filter((line) => open(line, settled))) {
    const above = nearestAbove(from, come) ?? undefined;
    const coarser = above ?? withoutLevel(from, now);
    if (coarser && begun.has(coarser.code)) explain(above ? 'above' : 'level', from, coarser);
  }
  words(0);
  for (const to of come.filter((line) => open(line, origin))) {
    const rest = residualFor(to, old);
    if (rest) link('out-of-rest', rest, to);
  }
  const standing = after.filter((line) => line.declarable && !begun.has(line.code));
  const joined = sameText(
    gone.filter((line) => open(line, settled)),
    standing,
  );
  for (const [from, to] of joined) explain('text', from, to);
  for (const from of gone.filter((line) => open(line, settled))) {
    const rest = residualFor(from, now);
    if (rest) link('into-rest', from, rest);
  }
  return { edges: [...edges.values()], reused };
}

/** The nearest of `lines` that `line` stands below. */
function nearestAbove(line: LineageLine, lines: readonly LineageLine[]): LineageLine | null {
  const key = pathKey(line.path);
  const above = lines.filter((other) => key.startsWith(`${pathKey(other.path)}/`));
  return above.sort((a, b) => b.path.length - a.path.length)[0] ?? null;
}

const codes = (lines: readonly LineageLine[]): ReadonlySet<string> => new Set(lines.map(({ code }) => code));
