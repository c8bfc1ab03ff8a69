import type { Evidence, LineageKind, LineageLine, LineageLink, StatedTransfer } from './line.ts';
import { comparedByWords } from './compared.ts';
import { type Edge, edge } from './edge.ts';
import { pathIndex, pathKey, type PathIndex, residualBefore } from './path.ts';

export interface LineageInput {
  /** Lines of the state before and of the state after; only lines with a code. */
  before: readonly LineageLine[];
  after: readonly LineageLine[];
  stated?: readonly StatedTransfer[];
  /** Codes that the publisher lists as begun or ended at this change. */
  listed?: ReadonlySet<string>;
}

/**
 * What may have become of the codes that could be declared before. What the publisher states decides; elsewhere lines of one heading are
 * compared by the path of descriptions above them, then by words, position, rate and units. A code is followed by what it says, not by its
 * digits: HTS 2026 Revision 2 gave 3004.90.9204 to other goods on the day on which its own goods went to 3004.90.9207.
 * Chapters 98 and 99 hold provisions instead of goods: only stated transfers count there.
 */
export function lineageLinks(input: LineageInput): LineageLink[] {
  const codes = new Set([...input.before, ...input.after].map((line) => line.code));
  // A typing error of the publisher ('2008.19.1090' for '2008.99.1090') names a code that never was: no link to nowhere.
  const stated = (input.stated ?? []).filter(({ from, to }) => from !== to && codes.has(from) && codes.has(to));
  // Only the side that names all codes of the other one is settled: its other neighbours are none.
  const settled = (side: 'from' | 'to') =>
    new Set(stated.filter(({ complete }) => complete === side).map((transfer) => transfer[side]));
  const [settledFrom, settledTo] = [settled('from'), settled('to')];

  const inferred = headings(input.before, input.after)
    .flatMap(([before, after]) => compareHeading(before, after))
    .filter(({ from, to }) => !settledFrom.has(from.code) && !settledTo.has(to.code))
    .map(({ from, to, score, evidence }) => ({
      from: from.code,
      to: to.code,
      score: Math.min(score, 0.99),
      authority: 'inferred' as const,
      evidence: [...evidence, ...listedBoth(from.code, to.code, input.listed)],
    }));
  const links = new Map(
    inferred.map((link) => [
      `${link.from}>${link.to}`,
      link as Omit<LineageLink, 'kind' | 'score'> & { score: number },
    ]),
  );
  for (const { from, to, text, release } of stated) {
    const key = `${from}>${to}`;
    const held = links.get(key);
    const evidence: Evidence[] = [{ kind: 'stated', text, release }, ...(held?.evidence ?? [])];
    links.set(key, { from, to, score: 1, authority: 'authoritative', evidence });
  }
  return withKinds([...links.values()]);
}

/** Lines of both states by heading, where either state has any and they differ. */
function headings(
  before: readonly LineageLine[],
  after: readonly LineageLine[],
): [readonly LineageLine[], readonly LineageLine[]][] {
  const groups = new Map<string, [LineageLine[], LineageLine[]]>();
  const add = (line: LineageLine, side: 0 | 1) => {
    if (line.code.length < 4 || /^9[89]/.test(line.code)) return;
    const heading = line.code.slice(0, 4);
    const group = groups.get(heading) ?? [[], []];
    group[side].push(line);
    groups.set(heading, group);
  };
  for (const line of before) add(line, 0);
  for (const line of after) add(line, 1);
  const text = (lines: readonly LineageLine[]) =>
    lines.map((line) => `${line.code} ${String(line.declarable)} ${pathKey(line.path)}`).join('\n');
  return [...groups.values()].filter(([a, b]) => text(a) !== text(b));
}

function compareHeading(before: readonly LineageLine[], after: readonly LineageLine[]): Edge[] {
  const [old, now] = [pathIndex(before), pathIndex(after)];
  const { gone, come } = moved(before, after, old, now);
  const edges: Edge[] = [];
  const link = (from: LineageLine, to: LineageLine, score: number, text: string) => {
    if (from.code !== to.code) edges.push(edge(from, to, score, { kind: 'description', text, release: null }));
  };
  for (const from of gone) {
    const key = pathKey(from.path);
    const same = now.byPath.get(key);
    if (same) link(from, same, 0.95, 'the same description under the same lines');
    for (const to of come) {
      const other = pathKey(to.path);
      if (other.startsWith(`${key}/`)) link(from, to, 0.9, 'stands below what was the line itself');
      if (key.startsWith(`${other}/`)) link(from, to, 0.9, 'the line that stood above');
    }
  }
  const found = new Set(edges.map(({ to }) => to.code));
  const linked = new Set(edges.map(({ from }) => from.code));
  for (const to of come) {
    if (found.has(to.code)) continue;
    const residual = residualBefore(to, old);
    if (residual) {
      link(residual, to, 0.75, 'new beside the residual line that held the rest');
      linked.add(residual.code);
    }
  }
  // A new line beside a residual one may also have been part of a line that is gone and that no path explains.
  return [
    ...edges,
    ...comparedByWords(
      gone.filter((line) => !linked.has(line.code)),
      come.filter((line) => !found.has(line.code)),
    ),
  ];
}

/**
 * Lines that ended and lines that began: the code is not declarable on the other side, or it is and means something else there, which
 * shows in its description being found at another code.
 */
function moved(
  before: readonly LineageLine[],
  after: readonly LineageLine[],
  old: PathIndex,
  now: PathIndex,
): { gone: LineageLine[]; come: LineageLine[] } {
  const oldCodes = declarable(before);
  const newCodes = declarable(after);
  const goneElsewhere = (line: LineageLine, index: PathIndex, twin: LineageLine | undefined): boolean => {
    if (twin === undefined) return true;
    const key = pathKey(line.path);
    if (pathKey(twin.path) === key) return false;
    const found = index.byPath.get(key);
    return found !== undefined && found !== null && found.code !== line.code;
  };
  const gone = new Map<string, LineageLine>();
  const come = new Map<string, LineageLine>();
  for (const [code, line] of oldCodes) if (goneElsewhere(line, now, newCodes.get(code))) gone.set(code, line);
  for (const [code, line] of newCodes) if (goneElsewhere(line, old, oldCodes.get(code))) come.set(code, line);
  // A code whose old goods moved away or whose new goods came from elsewhere has both ended and begun.
  for (const code of [...gone.keys(), ...come.keys()]) {
    const [was, is] = [oldCodes.get(code), newCodes.get(code)];
    if (was && is) {
      gone.set(code, was);
      come.set(code, is);
    }
  }
  return { gone: [...gone.values()], come: [...come.values()] };
}

function declarable(lines: readonly LineageLine[]): Map<string, LineageLine> {
  return new Map(lines.filter((line) => line.declarable).map((line) => [line.code, line]));
}

function listedBoth(from: string, to: string, listed: ReadonlySet<string> | undefined): Evidence[] {
  if (!listed?.has(from) || !listed.has(to)) return [];
  return [{ kind: 'listed', text: 'the publisher lists the one as ended and the other as begun', release: null }];
}

function withKinds(edges: readonly (Omit<LineageLink, 'kind' | 'score'> & { score: number })[]): LineageLink[] {
  const targets = count(edges.map(({ from }) => from));
  const origins = count(edges.map(({ to }) => to));
  return edges
    .map((link): LineageLink => {
      // n:m is a split of each: the goods of a code went to several.
      const kind: LineageKind =
        (targets.get(link.from) ?? 0) > 1 ? 'split' : (origins.get(link.to) ?? 0) > 1 ? 'merged' : 'renumbered';
      return { ...link, kind, score: link.score.toFixed(3) };
    })
    .sort((a, b) => order(a.from, b.from) || Number(b.score) - Number(a.score) || order(a.to, b.to));
}

function count(codes: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  return counts;
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
