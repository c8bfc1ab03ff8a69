import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type DatedRow,
  type LineRelease,
  rowsOf,
  type Statement,
  statementOf,
  type Validity,
} from '../../transforms/timeline.ts';

const day = (n: number) => new Date(Date.UTC(2025, 0, 1 + n)).toISOString().slice(0, 10);
const instant = (n: number) => `${day(n)}T00:00:00.000Z`;

interface Said {
  known: number;
  effective: number;
  content: string | null | undefined;
  from: number;
  length: number | null;
}

const said = fc.record({
  effective: fc.integer({ min: 0, max: 20 }),
  content: fc.oneof(fc.constantFrom('a', 'b', 'c'), fc.constant(null)),
  from: fc.integer({ min: 0, max: 20 }),
  length: fc.option(fc.integer({ min: 1, max: 10 }), { nil: null }),
});

/** A line of up to six releases at distinct instants; effective dates in any order. */
const line = fc
  .uniqueArray(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 6 })
  .chain((knowns) =>
    fc.tuple(...knowns.sort((a, b) => a - b).map((known) => said.map((item): Said => ({ ...item, known })))),
  );

const releasesOf = (items: readonly Said[]): LineRelease[] =>
  items.map((item, index) => ({
    id: index + 1,
    known: instant(item.known),
    effective: day(item.effective),
    corrects: null,
  }));

function statementsOf(items: readonly Said[], validity: Validity): Map<number, Statement> {
  return new Map(
    items.map((item, index): [number, Statement] => {
      if (item.content === null || item.content === undefined) return [index + 1, item.content];
      // In an extract the dates are content: other dates, other hash.
      const to = item.length === null ? null : day(item.from + item.length);
      if (validity === 'from-release') return [index + 1, { hash: item.content, from: day(item.effective), to: null }];
      return [index + 1, { hash: `${item.content}|${item.from}|${to ?? ''}`, from: day(item.from), to }];
    }),
  );
}

/** The as-of engine: rows believed at `known` and valid `on`. */
function answer(rows: readonly DatedRow[], known: string, on: string): string[] {
  return rows
    .filter((row) => row.knownFrom <= known && (row.knownTo === null || row.knownTo > known))
    .filter((row) => row.from <= on && (row.to === null || row.to > on))
    .map((row) => row.hash);
}

/** The naive model, straight from the definition: the last release published by then that speaks about the date. */
function naive(items: readonly Said[], validity: Validity, known: string, on: string): string[] {
  const statements = statementsOf(items, validity);
  const published = releasesOf(items).filter((release) => release.known <= known);
  if (validity === 'from-release') {
    const speaker = published.filter((release) => release.effective <= on).at(-1);
    const statement = speaker && statements.get(speaker.id);
    return statement ? [statement.hash] : [];
  }
  let belief: { hash: string; from: string; to: string | null } | null = null;
  for (const release of published) {
    const statement = statements.get(release.id);
    // Listing a row again after its end says nothing new about it.
    const repeated =
      statement && belief?.hash === statement.hash && statement.to !== null && statement.to <= release.effective;
    if (statement && !repeated) belief = { ...statement };
    else if (!statement && belief && belief.from >= release.effective) belief = null;
    else if (!statement && belief && (belief.to === null || belief.to > release.effective))
      belief.to = release.effective;
  }
  return belief && belief.from <= on && (belief.to === null || belief.to > on) ? [belief.hash] : [];
}

describe.each(['from-release', 'extract'] as const)('timeline of a %s source', (validity) => {
  it('answers every (known, valid) question as the naive model does', () => {
    fc.assert(
      fc.property(line, (items) => {
        const rows = rowsOf(releasesOf(items), statementsOf(items, validity), validity);
        for (let known = 0; known <= 31; known += 3) {
          for (let on = 0; on <= 31; on += 1) {
            expect(answer(rows, instant(known), day(on))).toEqual(naive(items, validity, instant(known), day(on)));
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('never believes two overlapping rows of one record at once', () => {
    fc.assert(
      fc.property(line, (items) => {
        const rows = rowsOf(releasesOf(items), statementsOf(items, validity), validity);
        for (const a of rows) {
          for (const b of rows) {
            if (a === b) continue;
            const knownTogether =
              (b.knownTo === null || a.knownFrom < b.knownTo) && (a.knownTo === null || b.knownFrom < a.knownTo);
            const validTogether = (b.to === null || a.from < b.to) && (a.to === null || b.from < a.to);
            expect(knownTogether && validTogether).toBe(false);
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});

it('does not depend on the order in which releases are loaded', () => {
  fc.assert(
    fc.property(line, fc.infiniteStream(fc.nat()), (items, dice) => {
      const all = releasesOf(items);
      const truth = statementsOf(items, 'from-release');
      const order = [...all].map((release) => ({ release, at: dice.next().value ?? 0 })).sort((a, b) => a.at - b.at);
      let loaded: LineRelease[] = [];
      let rows: DatedRow[] = [];
      for (const { release } of order) {
        // What earlier loads said is not remembered: it is read back from the rows they left.
        const statements = new Map<number, Statement>(
          loaded.map((known) => [known.id, statementOf(known, rows, 'from-release')]),
        );
        statements.set(release.id, truth.get(release.id));
        loaded = [...loaded, release].sort((a, b) => (a.known < b.known ? -1 : 1));
        rows = rowsOf(loaded, statements, 'from-release');
      }
      expect(rows).toEqual(rowsOf(all, truth, 'from-release'));
    }),
    { numRuns: 500 },
  );
});

const release = (id: number, known: string, effective: string, corrects: number | null = null): LineRelease => ({
  id,
  known: `${known}T00:00:00.000Z`,
  effective,
  corrects,
});
const content = (hash: string) => ({ hash, from: '', to: null });

describe('a retroactive correction', () => {
  const releases = [
    release(1, '2025-03-01', '2025-03-01'),
    release(2, '2025-05-01', '2025-05-01'),
    release(3, '2025-06-01', '2025-03-01', 1),
  ];
  const statements = new Map<number, Statement>([
    [1, content('25 %')],
    [2, content('35 %')],
    [3, content('20 %')],
  ]);
  const rows = rowsOf(releases, statements, 'from-release');

  it('leaves what was known before it', () => {
    expect(answer(rows, '2025-05-31T00:00:00.000Z', '2025-04-01')).toEqual(['25 %']);
  });
  it('changes the corrected span only, from the day it is known', () => {
    expect(answer(rows, '2025-06-01T00:00:00.000Z', '2025-04-01')).toEqual(['20 %']);
    expect(answer(rows, '2025-06-01T00:00:00.000Z', '2025-05-01')).toEqual(['35 %']);
  });
  it('names the release whose content each row is', () => {
    expect(rows.filter((row) => row.knownTo === null).map((row) => [row.hash, row.statedBy])).toEqual([
      ['35 %', 2],
      ['20 %', 3],
    ]);
  });
});

it('keeps the law of the past answerable after a change: old row cut, not lost', () => {
  const rows = rowsOf(
    [release(1, '2025-03-01', '2025-03-01'), release(2, '2025-06-01', '2025-05-01')],
    new Map([
      [1, content('25 %')],
      [2, content('35 %')],
    ]),
    'from-release',
  );
  const now = '2026-01-01T00:00:00.000Z';
  expect(answer(rows, now, '2025-03-01')).toEqual(['25 %']);
  expect(answer(rows, now, '2025-05-01')).toEqual(['35 %']);
  expect(answer(rows, '2025-05-15T00:00:00.000Z', '2025-05-10')).toEqual(['25 %']);
});

it('a release that is silent about a record neither ends nor repeats it', () => {
  const rows = rowsOf(
    [
      release(1, '2025-03-01', '2025-03-01'),
      release(2, '2025-05-01', '2025-05-01'),
      release(3, '2025-06-01', '2025-06-01'),
    ],
    new Map<number, Statement>([
      [1, content('x')],
      [2, undefined],
      [3, content('x')],
    ]),
    'from-release',
  );
  expect(rows).toHaveLength(1);
});

it('an extract that no longer lists an ended row does not shorten it', () => {
  const ended = { hash: 'h', from: '2025-01-01', to: '2025-04-01' };
  const rows = rowsOf(
    [release(1, '2025-03-01', '2025-03-01'), release(2, '2025-05-01', '2025-05-01')],
    new Map<number, Statement>([
      [1, ended],
      [2, null],
    ]),
    'extract',
  );
  expect(rows.map(({ from, to, knownTo }) => ({ from, to, knownTo }))).toEqual([
    { from: '2025-01-01', to: '2025-04-01', knownTo: null },
  ]);
});
