import { tokens } from '../classify/tokens.ts';
import type { LineageLine } from './line.ts';

/** Words of a line: its own count in full, those of the lines above it by half, so that two 'Other' differ by what they stand under. */
export interface LineWords {
  weights: ReadonlyMap<string, number>;
  total: number;
}

export function lineWords(line: Pick<LineageLine, 'path'>): LineWords {
  const weights = new Map<string, number>();
  line.path.forEach((text, index) => {
    const own = index === line.path.length - 1;
    for (const word of tokens(text)) weights.set(word, Math.max(weights.get(word) ?? 0, own ? 1 : 0.5));
  });
  return { weights, total: sum(weights.values()) };
}

/** Words of the line alone. */
export function ownWords(line: LineageLine): LineWords {
  return lineWords({ path: line.path.slice(-1) });
}

/**
 * How alike two lines read, 0 to 1: half the share of common words in all words (Jaccard), half the share in the shorter one, because the
 * parts of a split line repeat its words and add some.
 */
export function similarity(a: LineWords, b: LineWords): number {
  if (a.total === 0 || b.total === 0) return 0;
  let common = 0;
  for (const [word, weight] of a.weights) common += Math.min(weight, b.weights.get(word) ?? 0);
  const all = a.total + b.total - common;
  return (common / all + common / Math.min(a.total, b.total)) / 2;
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
