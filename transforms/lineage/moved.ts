import type { LineageLine } from './line.ts';
import { pathKey, type PathIndex } from './path.ts';

/** Lines that ended and lines that began, of those that can be declared. */
export interface Moved {
  gone: LineageLine[];
  come: LineageLine[];
  /** Codes that ended and began on the same day with other goods. */
  reused: ReadonlySet<string>;
}

/**
 * A code ended when it is not declarable afterwards, or is and means something else, which shows in its description being found
 * elsewhere: at another code, or above lines that divide it. The other way round for a code that began.
 */
export function moved(
  before: readonly LineageLine[],
  after: readonly LineageLine[],
  old: PathIndex,
  now: PathIndex,
): Moved {
  const oldCodes = declarable(before);
  const newCodes = declarable(after);
  const elsewhere = (line: LineageLine, index: PathIndex, twin: LineageLine | undefined): boolean => {
    if (twin === undefined) return true;
    if (line.since !== undefined && line.since === twin.since) return false;
    const [key, there] = [pathKey(line.path), pathKey(twin.path)];
    if (key === there || there.startsWith(`${key}/`) || key.startsWith(`${there}/`)) return false;
    const found = index.byPath.get(key) ?? [];
    if (found.length === 0) return index.prefixes.has(key);
    return found.length === 1 && found[0]?.code !== line.code;
  };
  const gone = new Map<string, LineageLine>();
  const come = new Map<string, LineageLine>();
  for (const [code, line] of oldCodes) if (elsewhere(line, now, newCodes.get(code))) gone.set(code, line);
  for (const [code, line] of newCodes) if (elsewhere(line, old, oldCodes.get(code))) come.set(code, line);
  // A code whose old goods moved away or whose new goods came from elsewhere has both ended and begun.
  const reused = new Set<string>();
  for (const code of [...gone.keys(), ...come.keys()]) {
    const [was, is] = [oldCodes.get(code), newCodes.get(code)];
    if (!was || !is) continue;
    reused.add(code);
    gone.set(code, was);
    come.set(code, is);
  }
  return { gone: [...gone.values()], come: [...come.values()], reused };
}

function declarable(lines: readonly LineageLine[]): Map<string, LineageLine> {
  return new Map(lines.filter((line) => line.declarable).map((line) => [line.code, line]));
}
