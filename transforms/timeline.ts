import type { Instant, PlainDate } from './dates.ts';

/**
 * The two time axes of one record, computed from what each release said about it.
 *
 * A source's releases stand on a line in order of publication (`known`). What is believed at a known instant is the fold of the releases
 * published by then; each fold is a list of dated segments, and a row is one segment for as long as it is believed. Because the rows
 * follow from the line alone, releases may be loaded in any order: the result is that of loading them as they were published.
 */

export interface LineRelease {
  id: number;
  /** Publication. Strictly increasing along the line. */
  known: Instant;
  /** From when on the release states the law. */
  effective: PlainDate;
  /** Set when this release replaces what an earlier one said (a correction, a silent repost, a better parser). */
  corrects: number | null;
}

/** What a release says of one record: content, absent (null), or nothing at all (undefined: outside its scope). */
export type Statement = { hash: string; from: PlainDate; to: PlainDate | null } | null | undefined;

export type Validity = 'from-release' | 'extract' | 'delta';

export interface Segment {
  hash: string;
  from: PlainDate;
  to: PlainDate | null;
  /** Release whose statement this content is (the first of an unbroken series). */
  statedBy: number;
}

export interface DatedRow extends Segment {
  knownFrom: Instant;
  knownTo: Instant | null;
  introducedBy: number;
  endedBy: number | null;
}

/** Rows of one record for a whole line of releases, in order of (knownFrom, from). */
export function rowsOf(
  line: readonly LineRelease[],
  statements: ReadonlyMap<number, Statement>,
  validity: Validity,
): DatedRow[] {
  const rows: DatedRow[] = [];
  let open: DatedRow[] = [];
  let segments: Segment[] = [];
  line.forEach((release, index) => {
    segments =
      release.corrects === null
        ? applyStatement(segments, release, statements.get(release.id), validity)
        : fold(line.slice(0, index + 1), statements, validity);
    const stillOpen: DatedRow[] = [];
    for (const row of open) {
      if (segments.some((segment) => sameSegment(segment, row))) stillOpen.push(row);
      else {
        row.knownTo = release.known;
        row.endedBy = release.id;
      }
    }
    for (const segment of segments) {
      if (open.some((row) => row.knownTo === null && sameSegment(segment, row))) continue;
      const row = { ...segment, knownFrom: release.known, knownTo: null, introducedBy: release.id, endedBy: null };
      rows.push(row);
      stillOpen.push(row);
    }
    open = stillOpen;
  });
  return rows;
}

/** The belief after the last release of `line`: publisher's releases in order, each in its latest corrected form. */
function fold(line: readonly LineRelease[], statements: ReadonlyMap<number, Statement>, validity: Validity): Segment[] {
  const forms = new Map<number, LineRelease[]>();
  for (const release of line) {
    const slot = slotOf(release, line);
    const known = forms.get(slot);
    if (known) known.push(release);
    else forms.set(slot, [release]);
  }
  let segments: Segment[] = [];
  for (const slot of line) {
    if (slot.corrects !== null) continue;
    const spoken = forms.get(slot.id) ?? [slot];
    const { author, said } = lastWord(spoken, statements);
    const effective = (spoken.at(-1) ?? slot).effective;
    segments = applyStatement(segments, { ...slot, effective, id: author.id }, said, validity);
  }
  return segments;
}

/**
 * What a release says in its latest form, and which form said so first: a correction that repeats a record, or is silent about it,
 * leaves the record as it was stated. Otherwise every correction of one rate would restate all 70,000 records, in whichever of them
 * happen to be planned anew.
 */
function lastWord(
  forms: readonly LineRelease[],
  statements: ReadonlyMap<number, Statement>,
): { author: { id: number }; said: Statement } {
  const speaking = forms.filter((form) => statements.get(form.id) !== undefined);
  const said = statements.get(speaking.at(-1)?.id ?? -1);
  const otherwise = speaking.findLastIndex((form) => !sameStatement(statements.get(form.id), said));
  return { author: speaking[otherwise + 1] ?? { id: -1 }, said };
}

function sameStatement(a: Statement, b: Statement): boolean {
  return a && b ? a.hash === b.hash && a.from === b.from && a.to === b.to : a === b;
}

/** The publisher's release that `release` speaks for: itself, or what it corrects (through corrections of corrections). */
export function slotOf(release: LineRelease, line: readonly LineRelease[]): number {
  let current = release;
  while (current.corrects !== null) {
    const target = line.find((candidate) => candidate.id === current.corrects);
    if (!target) return current.corrects;
    current = target;
  }
  return current.id;
}

function applyStatement(segments: Segment[], release: LineRelease, said: Statement, validity: Validity): Segment[] {
  if (said === undefined) return segments;
  if (validity === 'delta') return said === null ? [] : [dated(said, release)];
  if (validity === 'extract')
    return said === null
      ? truncate(segments, release.effective)
      : [keepFirst(segments, dated(said, release), release.effective)];
  if (said === null) return truncate(segments, release.effective);
  // Restating what already stands adds nothing: the segment keeps its start and the release that said it first.
  const standing = segments.findIndex(
    (segment) =>
      segment.hash === said.hash &&
      segment.from <= release.effective &&
      (segment.to === null || segment.to >= release.effective),
  );
  const kept = segments[standing];
  if (kept) return [...segments.slice(0, standing), { ...kept, to: null }];
  return [
    ...truncate(segments, release.effective),
    { hash: said.hash, from: release.effective, to: null, statedBy: release.id },
  ];
}

function dated(said: NonNullable<Statement>, release: LineRelease): Segment {
  return { hash: said.hash, from: said.from, to: said.to, statedBy: release.id };
}

/**
 * An extract repeats itself every month: the segment stays stated by the release that said it first. Listing a row once more after its
 * end says nothing new either (whether it was listed then cannot be told from the rows afterwards, so it must not matter).
 */
function keepFirst(segments: readonly Segment[], segment: Segment, effective: PlainDate): Segment {
  const [only] = segments;
  if (!only || segments.length > 1 || only.hash !== segment.hash) return segment;
  const repeated = only.from === segment.from && only.to === segment.to;
  const over = segment.to !== null && segment.to <= effective;
  return repeated || over ? only : segment;
}

function truncate(segments: readonly Segment[], end: PlainDate): Segment[] {
  return segments
    .filter((segment) => segment.from < end)
    .map((segment) => (segment.to === null || segment.to > end ? { ...segment, to: end } : segment));
}

function sameSegment(a: Segment, b: Segment): boolean {
  return a.hash === b.hash && a.from === b.from && a.to === b.to && a.statedBy === b.statedBy;
}

type StoredRow = Pick<DatedRow, 'hash' | 'from' | 'to' | 'knownFrom' | 'knownTo' | 'statedBy' | 'endedBy'>;

/**
 * What `release` said of a record, read back from the record's stored rows; the inverse of `rowsOf`. `forms`: the release and what it
 * corrects, whose statements it may repeat.
 */
export function statementOf(
  release: LineRelease,
  rows: readonly StoredRow[],
  validity: Validity,
  forms: ReadonlySet<number> = new Set([release.id]),
): Statement {
  if (validity === 'delta') {
    // An increment speaks only of what it changes: the rows that it brought or ended.
    const brought = rows.find((row) => row.statedBy === release.id);
    if (brought) return { hash: brought.hash, from: brought.from, to: brought.to };
    return rows.some((row) => row.endedBy === release.id) ? null : undefined;
  }
  const believed = rows.filter(
    (row) => row.knownFrom <= release.known && (row.knownTo === null || row.knownTo > release.known),
  );
  if (validity === 'from-release') {
    // A publisher's release has the last word when it is published: its statement is the open segment. A correction speaks at its date.
    const row =
      release.corrects === null
        ? believed.find((row) => row.to === null)
        : believed.find((row) => row.from <= release.effective && (row.to === null || row.to > release.effective));
    return row ? { hash: row.hash, from: release.effective, to: null } : null;
  }
  const row = believed.at(-1);
  if (!row) return null;
  // A row that had ended by the reference date was said by this release only if its content is this release's; a row cut here was left out.
  const over = row.to !== null && row.to <= release.effective;
  return over && !forms.has(row.statedBy) ? null : { hash: row.hash, from: row.from, to: row.to };
}
