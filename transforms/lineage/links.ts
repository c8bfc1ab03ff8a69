import type { Evidence, LineageKind, LineageLine, LineageLink, StatedTransfer } from './line.ts';
import { compareHeading } from './heading.ts';
import { pathKey } from './path.ts';
import { asWordedBefore } from './reworded.ts';

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

  const compared = headings(input.before, input.after).map(([before, after]) =>
    compareHeading(before, asWordedBefore(before, after)),
  );
  const reused = new Set(compared.flatMap((heading) => [...heading.reused]));
  const inferred = compared
    .flatMap(({ edges }) => edges)
    .filter(({ from, to }) => !settledFrom.has(from.code) && !settledTo.has(to.code))
    .map(({ from, to, score, evidence }) => ({
      from: from.code,
      to: to.code,
      score: Math.min(score, 0.99),
      authority: 'inferred' as const,
      evidence: [...evidence, ...listedBoth(from.code, to.code, input.listed)],
    }));
  const links = new Map<string, Unkinded>(inferred.map((link) => [`${link.from}>${link.to}`, link]));
  for (const { from, to, text, release } of stated) {
    const key = `${from}>${to}`;
    const held = links.get(key);
    const evidence: Evidence[] = [{ kind: 'stated', text, release }, ...(held?.evidence ?? [])];
    links.set(key, { from, to, score: 1, authority: 'authoritative', evidence });
  }
  const declared = (lines: readonly LineageLine[]) =>
    new Set(lines.filter((line) => line.declarable).map(({ code }) => code));
  const [was, is] = [declared(input.before), declared(input.after)];
  const standing = (code: string) => was.has(code) && is.has(code) && !reused.has(code);
  return withKinds([...links.values()], standing);
}

type Unkinded = Omit<LineageLink, 'kind' | 'score' | 'from_continues' | 'to_existed'> & { score: number };

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

function listedBoth(from: string, to: string, listed: ReadonlySet<string> | undefined): Evidence[] {
  if (!listed?.has(from) || !listed.has(to)) return [];
  return [{ kind: 'listed', text: 'the publisher lists the one as ended and the other as begun', release: null }];
}

/** `standing`: the code could be declared before and after, for the same goods but for what was taken out of it or put into it. */
function withKinds(edges: readonly Unkinded[], standing: (code: string) => boolean): LineageLink[] {
  const targets = count(edges.map(({ from }) => from));
  const origins = count(edges.map(({ to }) => to));
  return edges
    .map((link): LineageLink => {
      const [from_continues, to_existed] = [standing(link.from), standing(link.to)];
      // A code that goes on is one of its own parts. n:m is a split of each: the goods of a code went to several.
      const several = (targets.get(link.from) ?? 0) + Number(from_continues) > 1;
      const joined = (origins.get(link.to) ?? 0) + Number(to_existed) > 1;
      const kind: LineageKind = several ? 'split' : joined ? 'merged' : 'renumbered';
      return { ...link, kind, score: link.score.toFixed(3), from_continues, to_existed };
    })
    .sort((a, b) => order(a.from, b.from) || Number(b.score) - Number(a.score) || order(a.to, b.to));
}

function count(codes: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  return counts;
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
