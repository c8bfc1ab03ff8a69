import type { LineageLine } from './line.ts';
import { segmentKey } from './path.ts';
import { lineWords, similarity } from './similarity.ts';

/** A line above others that was reworded keeps at least this much of its words. */
const LEAST = 0.5;

/**
 * The lines after, with the lines above them worded as before where only the wording changed: 'Other DC motors; DC generators' became
 * 'Other DC motors; DC generators, other than photovoltaic generators', and what stands below stayed what it was. Lines above are known
 * by their key in the tariff, also one that had none below it before; a key that was given to other goods is not worded alike and stays
 * as it is. So does the text of a line that could be declared before: it may say that its goods changed.
 */
export function asWordedBefore(before: readonly LineageLine[], after: readonly LineageLine[]): readonly LineageLine[] {
  const old = new Map<string, string>();
  const divided = new Set<string>();
  for (const { keys = [], path } of before) {
    keys.forEach((key, index) => {
      old.set(key, path[index] ?? '');
      if (index < path.length - 1) divided.add(key);
    });
  }
  const chosenFor = new Map<string, string>();
  const asBefore = (key: string, text: string): string => {
    const was = old.get(key);
    if (was === undefined || was === text) return text;
    const pair = `${key}|${text}`;
    const held = chosenFor.get(pair);
    if (held !== undefined) return held;
    const alike =
      segmentKey(was) === segmentKey(text) ? 1 : similarity(lineWords({ path: [was] }), lineWords({ path: [text] }));
    const chosen = alike >= LEAST ? was : text;
    chosenFor.set(pair, chosen);
    return chosen;
  };
  return after.map((line) => {
    const { keys = [], path } = line;
    const worded = (text: string, index: number): string => {
      const key = keys[index] ?? '';
      return index < path.length - 1 || divided.has(key) ? asBefore(key, text) : text;
    };
    return { ...line, path: path.map(worded) };
  });
}
