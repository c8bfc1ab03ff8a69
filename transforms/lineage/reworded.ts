import type { LineageLine } from './line.ts';
import { segmentKey } from './path.ts';
import { lineWords, similarity } from './similarity.ts';

/** A line above others that was reworded keeps at least this much of its words. */
const LEAST = 0.5;

/**
 * The lines after, with the lines above them worded as before where only the wording changed: 'Other DC motors; DC generators' became
 * 'Other DC motors; DC generators, other than photovoltaic generators', and what stands below stayed what it was. Lines above are known
 * by their key in the tariff; a key that was given to other goods is not worded alike and stays as it is. So does the text of a line
 * itself: it may say that its goods changed.
 */
export function asWordedBefore(before: readonly LineageLine[], after: readonly LineageLine[]): readonly LineageLine[] {
  const old = new Map<string, string>();
  for (const { keys = [], path } of before) {
    keys.forEach((key, index) => {
      if (index < path.length - 1) old.set(key, path[index] ?? '');
    });
  }
  const worded = new Map<string, string>();
  const asBefore = (key: string, text: string): string => {
    const was = old.get(key);
    if (was === undefined || was === text) return text;
    const pair = `${key}|${text}`;
    const held = worded.get(pair);
    if (held !== undefined) return held;
    const alike =
      segmentKey(was) === segmentKey(text) ? 1 : similarity(lineWords({ path: [was] }), lineWords({ path: [text] }));
    const chosen = alike >= LEAST ? was : text;
    worded.set(pair, chosen);
    return chosen;
  };
  return after.map((line) => {
    const { keys = [], path } = line;
    const own = path.length - 1;
    return { ...line, path: path.map((text, index) => (index === own ? text : asBefore(keys[index] ?? '', text))) };
  });
}
