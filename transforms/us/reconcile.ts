/** One statement that a number is on a list, from one side. */
export interface ListedNumber {
  /** Digits, 4 to 10. */
  code: string;
  /** 'note:20(f)', 'us.s232.annex-1a' … */
  list: string;
}

/** A footnote of the schedule: a line and a chapter 99 number that it points to. */
export interface FootnotedNumber {
  code: string;
  heading: string;
}

export type FindingKind = 'footnote-only' | 'note-only' | 'in-two-lists' | 'not-in-schedule' | 'lists-differ';

/** Something two published statements disagree about. Reported, never resolved by dropping one. */
export interface Finding {
  kind: FindingKind;
  code: string;
  /** List or chapter 99 number it is about. */
  list: string;
  /** Which statement has the number: 'footnotes', a list id. */
  side: string;
  message: string;
}

/** A chapter 99 number whose goods are both footnoted in the schedule and listed in a note. */
export interface FootnotedList {
  heading: string;
  notes: readonly string[];
}

/** Only the China duties of section 301 and the column 2 rates for Russia are footnoted; all other duties live in notes alone. */
const FOOTNOTED_LISTS: readonly FootnotedList[] = [
  { heading: '99038801', notes: ['note:20(b)'] },
  { heading: '99038802', notes: ['note:20(d)'] },
  { heading: '99038803', notes: ['note:20(f)'] },
  { heading: '99038804', notes: ['note:20(g)'] },
  { heading: '99038815', notes: ['note:20(s)(i)', 'note:20(s)(ii)'] },
  { heading: '99038816', notes: ['note:20(u)'] },
  { heading: '99039008', notes: ['note:30(b)'] },
  { heading: '99039009', notes: ['note:30(d)'] },
  { heading: '99039101', notes: ['note:31(b)'] },
];

/** Lists that exclude each other by law (9903.88.04 and .15 split three subheadings at ten digits between them). */
const DISJOINT_LISTS: readonly (readonly string[])[] = [
  ['note:20(b)'],
  ['note:20(d)'],
  ['note:20(f)'],
  ['note:20(g)'],
  ['note:20(s)(i)', 'note:20(s)(ii)'],
];

/** Pairs of renditions that should hold the same numbers at 2026-04-23. */
const SAME_LISTS: readonly { one: readonly string[]; other: readonly string[] }[] = [
  { one: ['note:33(g)'], other: ['us.s232.auto-parts'] },
  { one: ['note:38(i)'], other: ['us.s232.mhd-parts'] },
  { one: ['note:2(aa)(ii)'], other: ['us.s122.exempt'] },
  { one: ['note:2(aa)(iv)'], other: ['us.s122.aircraft'] },
  {
    one: ['note:16(c)(i)', 'note:16(c)(ii)', 'note:16(c)(iii)', 'note:16(c)(iv)', 'note:16(c)(v)'],
    other: ['us.s232.annex-1a'],
  },
  { one: ['note:16(c)(vi)', 'note:16(c)(vii)', 'note:16(c)(viii)'], other: ['us.s232.annex-1b'] },
  { one: ['note:16(c)(ix)', 'note:16(c)(x)'], other: ['us.s232.annex-3'] },
];

/** Agreement of one footnoted list, in 8-digit numbers. */
export interface Agreement {
  heading: string;
  notes: number;
  footnotes: number;
  both: number;
}

export interface Reconciliation {
  agreements: Agreement[];
  findings: Finding[];
}

/**
 * Checks lists against the footnotes of the schedule, against each other and against the numbers of the schedule in force.
 * `schedule`: digits of every printed number of that release. Lists that are not loaded are not compared.
 */
export function reconcile(input: {
  footnotes: readonly FootnotedNumber[];
  listed: readonly ListedNumber[];
  schedule: ReadonlySet<string>;
}): Reconciliation {
  const lists = new Map<string, Set<string>>();
  for (const { code, list } of input.listed) lists.set(list, (lists.get(list) ?? new Set()).add(code));
  const findings: Finding[] = [];
  const agreements: Agreement[] = [];
  for (const footnoted of FOOTNOTED_LISTS) {
    if (!footnoted.notes.some((note) => lists.has(note))) continue;
    agreements.push(againstFootnotes(footnoted, input.footnotes, union(lists, footnoted.notes), findings));
  }
  findings.push(...overlaps(lists), ...differing(lists), ...notInSchedule(lists, input.schedule));
  return { agreements, findings };
}

function againstFootnotes(
  { heading, notes }: FootnotedList,
  footnotes: readonly FootnotedNumber[],
  codes: ReadonlySet<string>,
  findings: Finding[],
): Agreement {
  const noted = provisions(codes);
  // A rate line may have ten digits (0805.90.01.00, 2825.60.00.10); chapter 99 itself carries footnotes about reporting.
  const printed = eightDigits(
    footnotes.filter((footnote) => footnote.heading === heading).map((footnote) => footnote.code),
  );
  const note = notes.join(' and ');
  for (const code of printed)
    if (!noted.has(code))
      findings.push({
        kind: 'footnote-only',
        code,
        list: heading,
        side: 'footnotes',
        message: `${code} is footnoted ${heading} but not in ${note}`,
      });
  for (const code of noted)
    if (!printed.has(code))
      findings.push({
        kind: 'note-only',
        code,
        list: heading,
        side: note,
        message: `${code} is in ${note} but not footnoted ${heading}`,
      });
  return {
    heading,
    notes: noted.size,
    footnotes: printed.size,
    both: [...noted].filter((code) => printed.has(code)).length,
  };
}

function eightDigits(codes: Iterable<string>): Set<string> {
  return new Set(
    [...codes].filter((code) => code.length >= 8 && !code.startsWith('99')).map((code) => code.slice(0, 8)),
  );
}

/** 8-digit numbers: statistical numbers of a list are carve-outs of one of its provisions. */
function provisions(codes: Iterable<string>): Set<string> {
  return new Set(
    [...codes]
      .filter((code) => code.length === 8 || (code.length === 10 && code.endsWith('00')))
      .map((code) => code.slice(0, 8)),
  );
}

function overlaps(lists: ReadonlyMap<string, ReadonlySet<string>>): Finding[] {
  const holders = new Map<string, string[]>();
  for (const group of DISJOINT_LISTS)
    for (const code of provisions(union(lists, group)))
      holders.set(code, [...(holders.get(code) ?? []), group.join(' and ')]);
  return [...holders]
    .filter(([, names]) => names.length > 1)
    .map(([code, names]) => ({
      kind: 'in-two-lists',
      code,
      list: names[0] ?? '',
      side: names.slice(1).join(', '),
      message: `${code} is in ${names.join(' and in ')}`,
    }));
}

function differing(lists: ReadonlyMap<string, ReadonlySet<string>>): Finding[] {
  return SAME_LISTS.flatMap(({ one, other }) => {
    if (!one.some((name) => lists.has(name)) || !other.some((name) => lists.has(name))) return [];
    const [left, right] = [union(lists, one), union(lists, other)];
    const only = (
      mine: ReadonlySet<string>,
      theirs: ReadonlySet<string>,
      side: readonly string[],
      against: readonly string[],
    ) =>
      [...mine]
        .filter((code) => !theirs.has(code))
        .map((code): Finding => ({
          kind: 'lists-differ',
          code,
          list: against.join(' and '),
          side: side.join(' and '),
          message: `${code} is in ${side.join(' and ')} but not in ${against.join(' and ')}`,
        }));
    return [...only(left, right, one, other), ...only(right, left, other, one)];
  });
}

/**
 * Numbers that no line of the schedule begins with. A provision padded with zeros ('7612100000') counts as present, a number of
 * chapters 98 and 99 is looked up like any other.
 */
function notInSchedule(lists: ReadonlyMap<string, ReadonlySet<string>>, schedule: ReadonlySet<string>): Finding[] {
  const prefixes = new Set<string>();
  for (const digits of schedule)
    for (let length = 2; length <= digits.length; length += 2) prefixes.add(digits.slice(0, length));
  const findings: Finding[] = [];
  for (const [list, codes] of lists)
    for (const code of codes) {
      const present =
        prefixes.has(code) || (code.length === 10 && code.endsWith('00') && prefixes.has(code.slice(0, 8)));
      if (!present)
        findings.push({
          kind: 'not-in-schedule',
          code,
          list,
          side: list,
          message: `${code} of ${list} is not in the schedule`,
        });
    }
  return findings;
}

function union(lists: ReadonlyMap<string, ReadonlySet<string>>, names: readonly string[]): Set<string> {
  return new Set(names.flatMap((name) => [...(lists.get(name) ?? [])]));
}
