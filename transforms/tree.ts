import { significantDigits } from './code.ts';
import { isValidAt, type PlainDate, type ValidTime } from './dates.ts';

/** A line of a tariff that writes its hierarchy as order and indents: TARIC, the UK tariff, their XML and workbooks. */
export interface TreeLine {
  /** Ten digits, zero-padded. */
  itemId: string;
  /** Product line suffix: '80' is a real line, '10' to '70' are texts between (they never carry measures, TARIC rule ME7). */
  suffix: string;
  /** Dashes printed before the text; 0 for chapters and headings. */
  indents: number;
}

/** A line with its place. Keys are '<item id>-<suffix>'. */
export interface PlacedLine<Line> {
  line: Line;
  key: string;
  parentKey: string | null;
  /** Nearest first. */
  ancestors: string[];
  depth: number;
  /** Suffix 80 and nothing below: what a declaration may state. */
  declarable: boolean;
}

export interface TreeFault {
  code: 'line-twice' | 'orphan-line' | 'level-skipped' | 'prefix-not-ancestor' | 'parent-unknown' | 'parent-cycle';
  key: string;
  message: string;
}

export interface Tree<Line> {
  lines: PlacedLine<Line>[];
  faults: TreeFault[];
}

export function lineKey(itemId: string, suffix: string): string {
  return `${itemId}-${suffix}`;
}

/**
 * One line per code and suffix: a publication may list what has ended and what begins later beside what is in force on its date. That
 * one is kept, of several the latest start (a superseded line is not always ended); else the next to begin; else the last to end.
 */
export function linesOfDate<Line extends Omit<TreeLine, 'indents'>>(
  lines: readonly Line[],
  validOf: (line: Line) => ValidTime & { valid_from: PlainDate },
  date: PlainDate | null,
): { kept: Line[]; superseded: Line[]; otherTime: Line[] } {
  const rank = (line: Line) => {
    const time = validOf(line);
    return date === null || isValidAt(time, date) ? 2 : time.valid_from > date ? 1 : 0;
  };
  const best = new Map<string, Line>();
  const [superseded, otherTime]: [Line[], Line[]] = [[], []];
  for (const line of lines) {
    const key = lineKey(line.itemId, line.suffix);
    const held = best.get(key);
    const [own, other] = [rank(line), held ? rank(held) : -1];
    const [start, before] = [validOf(line).valid_from, held ? validOf(held).valid_from : ''];
    const wins = own === other ? (own === 1 ? start < before : start > before) : own > other;
    if (wins) best.set(key, line);
    if (held) (own === 2 && other === 2 ? superseded : otherTime).push(wins ? held : line);
  }
  return { kept: [...best.values()], superseded, otherTime };
}

/**
 * Places lines by the stack rule: in order of item id and suffix, depth is 0 for a chapter and indents + 1 for all others, and the
 * parent is the nearest earlier line with a smaller depth. Faults do not stop it: the caller decides what a broken tree is worth. Lines
 * that have `ended` have their place in the list as it was, and are above none that has not.
 */
export function treeByIndents<Line extends TreeLine>(
  lines: readonly Line[],
  ended: (line: Line) => boolean = () => false,
): Tree<Line> {
  const faults: TreeFault[] = [];
  const placed: PlacedLine<Line>[] = [];
  // Two stacks: what has ended may stand below what has ended, and below what has not.
  const [listed, standing]: [PlacedLine<Line>[], PlacedLine<Line>[]] = [[], []];
  let previous = '';
  for (const line of [...lines].sort(byReadingOrder)) {
    const key = lineKey(line.itemId, line.suffix);
    if (key === previous) {
      faults.push({ code: 'line-twice', key, message: `${key} is listed twice; the first is kept` });
      continue;
    }
    previous = key;
    const depth = isChapter(line.itemId) ? 0 : line.indents + 1;
    const stacks = ended(line) ? [listed] : [standing, listed];
    for (const stack of stacks) while ((stack.at(-1)?.depth ?? -1) >= depth) stack.pop();
    const parent = stacks[0]?.at(-1);
    if (depth > 0 && !parent) {
      faults.push({ code: 'orphan-line', key, message: `${key} has no line above it` });
    } else if (parent && parent.depth < depth - 1) {
      faults.push({
        code: 'level-skipped',
        key,
        message: `${key} is at depth ${depth}, its parent ${parent.key} at ${parent.depth}`,
      });
    }
    const place = {
      line,
      key,
      parentKey: parent?.key ?? null,
      ancestors: parent ? [parent.key, ...parent.ancestors] : [],
      depth,
      declarable: false,
    };
    for (const stack of stacks) stack.push(place);
    placed.push(place);
  }
  return finished(placed, faults);
}

/** Places lines whose parent is stated (`parent__key` of the UK tables); depth is the number of ancestors. */
export function treeByParents<Line extends Omit<TreeLine, 'indents'>>(
  lines: readonly Line[],
  parentKeyOf: (line: Line) => string | null,
): Tree<Line> {
  const faults: TreeFault[] = [];
  const byKey = new Map<string, Line>();
  for (const line of [...lines].sort(byReadingOrder)) {
    const key = lineKey(line.itemId, line.suffix);
    if (byKey.has(key)) faults.push({ code: 'line-twice', key, message: `${key} is listed twice; the first is kept` });
    else byKey.set(key, line);
  }
  const placed: PlacedLine<Line>[] = [];
  for (const [key, line] of byKey) {
    const ancestors: string[] = [];
    for (let above = parentKeyOf(line); above !== null;) {
      const next = byKey.get(above);
      if (next === undefined || above === key || ancestors.includes(above)) {
        const code = next === undefined ? 'parent-unknown' : 'parent-cycle';
        faults.push({
          code,
          key,
          message: `${key}: ${next === undefined ? 'no line' : 'a circle through'} ${above} above`,
        });
        break;
      }
      ancestors.push(above);
      above = parentKeyOf(next);
    }
    placed.push({ line, key, parentKey: ancestors[0] ?? null, ancestors, depth: ancestors.length, declarable: false });
  }
  return finished(placed, faults);
}

/**
 * `declarable` as the publication lists it: nothing stands below, ended or not. Which of its lines stood on a date is for the one who
 * asks about a date (db/declarable.ts).
 */
function finished<Line extends { itemId: string; suffix: string }>(
  placed: PlacedLine<Line>[],
  faults: TreeFault[],
): Tree<Line> {
  const parents = new Set(placed.map((each) => each.parentKey));
  const keys = new Set(placed.map((each) => each.key));
  for (const each of placed) {
    each.declarable = each.line.suffix === '80' && !parents.has(each.key);
    if (!each.declarable) continue;
    // Duties are looked up by digit prefixes, which is right only while these are the real ancestors: checked, not assumed.
    const real = each.ancestors.filter((key) => key.endsWith('-80')).sort();
    const byDigits = paddedPrefixes(each.line.itemId).filter((key) => key !== each.key && keys.has(key));
    if (real.join() !== byDigits.sort().join()) {
      const message = `${each.key}: ancestors ${real.join(' ')} but digits say ${byDigits.join(' ')}`;
      faults.push({ code: 'prefix-not-ancestor', key: each.key, message });
    }
  }
  return { lines: placed, faults };
}

/** '0101210000' -> its 8-, 6-, 4- and 2-digit lines, and itself. */
function paddedPrefixes(itemId: string): string[] {
  const own = significantDigits(itemId);
  const lengths = [2, 4, 6, 8, 10].filter((length) => length <= own.length);
  return [...new Set(lengths.map((length) => lineKey(own.slice(0, length).padEnd(10, '0'), '80')))];
}

function isChapter(itemId: string): boolean {
  return /^\d{2}0{8}$/.test(itemId);
}

function byReadingOrder(a: Omit<TreeLine, 'indents'>, b: Omit<TreeLine, 'indents'>): number {
  return a.itemId < b.itemId ? -1 : a.itemId > b.itemId ? 1 : a.suffix < b.suffix ? -1 : a.suffix > b.suffix ? 1 : 0;
}
