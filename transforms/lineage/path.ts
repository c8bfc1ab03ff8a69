import type { LineageLine } from './line.ts';

/** The path of a line as text that can be compared: letters and digits only, one segment per line above it, its own last. */
export function pathKey(segments: readonly string[]): string {
  return segments.map(segmentKey).join('/');
}

export function segmentKey(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/[^\p{L}\p{N}%.]+/gu, ' ')
    .replaceAll(/\.(?!\d)/g, ' ')
    .replaceAll(/ +/g, ' ')
    .trim();
}

/** What a tariff prints for 'everything else under the line above'. */
export function isResidual(text: string): boolean {
  return /^(others?|nesoi|not elsewhere specified or included)$/.test(segmentKey(text));
}

/** A state by path; a path that two lines have leads to neither. */
export interface PathIndex {
  byPath: ReadonlyMap<string, LineageLine | null>;
  /** Every path of a line that can be declared and all paths above it, coded or not. */
  prefixes: ReadonlySet<string>;
}

export function pathIndex(lines: readonly LineageLine[]): PathIndex {
  const byPath = new Map<string, LineageLine | null>();
  const prefixes = new Set<string>();
  for (const line of lines) {
    for (let length = 1; length <= line.path.length; length += 1) prefixes.add(pathKey(line.path.slice(0, length)));
    if (!line.declarable) continue;
    const key = pathKey(line.path);
    byPath.set(key, byPath.has(key) ? null : line);
  }
  return { byPath, prefixes };
}

/**
 * The residual line that held the goods of a new line before it was made: 'Coffee/Other/Organic' for a new 'Coffee/Robusta/Organic',
 * 'Cardiovascular/Other' for a new 'Cardiovascular/Containing enoxaparin'. Null when the state before had none.
 */
export function residualBefore(line: LineageLine, before: PathIndex): LineageLine | null {
  for (let length = line.path.length - 1; length >= 1; length -= 1) {
    const above = line.path.slice(0, length);
    if (!before.prefixes.has(pathKey(above))) continue;
    const rest = line.path.slice(length + 1);
    return (
      before.byPath.get(pathKey([...above, 'Other', ...rest])) ??
      before.byPath.get(pathKey([...above, 'Other'])) ??
      null
    );
  }
  return null;
}
