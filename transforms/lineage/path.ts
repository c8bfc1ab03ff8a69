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

/** A state by path. */
export interface PathIndex {
  /** Lines that can be declared. */
  byPath: ReadonlyMap<string, readonly LineageLine[]>;
  /** Every path of a line that can be declared and all paths above it, coded or not. */
  prefixes: ReadonlySet<string>;
}

export function pathIndex(lines: readonly LineageLine[]): PathIndex {
  const byPath = new Map<string, LineageLine[]>();
  const prefixes = new Set<string>();
  for (const line of lines) {
    for (let length = 1; length <= line.path.length; length += 1) prefixes.add(pathKey(line.path.slice(0, length)));
    if (!line.declarable) continue;
    const key = pathKey(line.path);
    byPath.set(key, [...(byPath.get(key) ?? []), line]);
  }
  return { byPath, prefixes };
}

/**
 * The one line of a path. Where several lines read alike ('Other' below two lines 'Other'), the one of the same heading, subheading or
 * eight digits as `code`, if only one is; else null.
 */
export function lineAt(index: PathIndex, segments: readonly string[], code: string): LineageLine | null {
  const lines = index.byPath.get(pathKey(segments)) ?? [];
  if (lines.length <= 1) return lines[0] ?? null;
  for (const digits of [8, 6]) {
    const near = lines.filter((line) => line.code.slice(0, digits) === code.slice(0, digits));
    if (near.length > 0) return near.length === 1 ? (near[0] ?? null) : null;
  }
  return null;
}

/**
 * The residual line that held the goods of a new line before it was made, or holds those of a line that is gone: 'Coffee/Other/Organic'
 * for 'Coffee/Robusta/Organic', 'Cardiovascular/Other' for 'Cardiovascular/Containing enoxaparin', 'Other/Other' where the rest is
 * divided in its turn. Looked for below the nearest line above that the state has; null when there is none.
 */
export function residualFor(line: LineageLine, state: PathIndex): LineageLine | null {
  for (let length = line.path.length - 1; length >= 1; length -= 1) {
    const above = line.path.slice(0, length);
    if (!state.prefixes.has(pathKey(above))) continue;
    const rest = line.path.slice(length + 1);
    for (const below of [['Other', ...rest], ['Other'], ['Other', 'Other']]) {
      const found = lineAt(state, [...above, ...below], line.code);
      if (found && found.code !== line.code) return found;
    }
    return null;
  }
  return null;
}

/**
 * The line whose path is that of `line` without one of the lines in between: a level was put in, or taken away. Null for a residual line:
 * 'Antivirals/Other' is no part of the 'Other' beside 'Antivirals'.
 */
export function withoutLevel(line: LineageLine, state: PathIndex): LineageLine | null {
  if (isResidual(line.path.at(-1) ?? '')) return null;
  // The heading stays, and so does the line itself.
  for (let level = line.path.length - 2; level >= 1; level -= 1) {
    const found = lineAt(state, [...line.path.slice(0, level), ...line.path.slice(level + 1)], line.code);
    if (found) return found;
  }
  return null;
}
