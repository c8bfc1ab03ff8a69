import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, describe, expect, it } from 'vitest';
import { runSource } from '../../ingest/run.ts';
import { replaySource } from '../../ingest/replay.ts';
import { testDatabase } from '../support/database.ts';
import { type ToyEdition, toyDeps, toySource } from '../support/toy-source.ts';

const database = await testDatabase();
const dir = await mkdtemp(join(tmpdir(), 'corrections-'));
afterAll(() => rm(dir, { recursive: true, force: true }));

type Rows = Record<string, string>;
type Validity = 'from-release' | 'extract';
const day = (n: number) => new Date(Date.UTC(2025, 0, 1 + n)).toISOString().slice(0, 10);
const LAST = 60;

const rowsArbitrary = fc.dictionary(fc.constantFrom('k1', 'k2', 'k2x', 'k3'), fc.constantFrom('a', 'b', 'c'), {
  noNullPrototype: true,
});
/** Up to four editions in a row, then up to four reposts of any of them. */
const histories = fc.uniqueArray(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 4 }).chain((published) =>
  fc.record({
    editions: fc.tuple(...published.sort((a, b) => a - b).map((at) => rowsArbitrary.map((rows) => ({ at, rows })))),
    reposts: fc.array(fc.record({ of: fc.nat(published.length - 1), rows: rowsArbitrary }), {
      minLength: 1,
      maxLength: 4,
    }),
  }),
);

interface Row {
  natural_key: string;
  text: string;
  valid_from: string;
  valid_to: string | null;
  known_from: string;
  known_to: string | null;
  stated_by: number;
  introduced_by: number;
  ended_by: number | null;
}

const rowsOf = async (source: string) =>
  (
    await sql<Row>`select natural_key, data->>'text' as text, valid_from, valid_to, known_from, known_to, stated_by, introduced_by, ended_by
      from reference_data where source_id = ${source} order by natural_key, known_from, valid_from`.execute(database.db)
  ).rows;

/** What was law on a date, as known at an instant; null: now. */
function law(rows: readonly Row[], date: string, known: string | null): Rows {
  const found: Rows = {};
  for (const row of rows) {
    const believed = known === null ? row.known_to === null : row.known_from <= known && (row.known_to ?? '9') > known;
    if (!believed || row.valid_from > date || (row.valid_to !== null && row.valid_to <= date)) continue;
    expect(found[row.natural_key], 'two rows of one key at once').toBeUndefined();
    found[row.natural_key] = row.text;
  }
  return found;
}

const clockAt = (hour: number) => `${day(LAST)}T${String(hour).padStart(2, '0')}:00:00.000Z`;
const earlier = (hour: number) => Array.from({ length: hour - 1 }, (_, index) => clockAt(index + 1));

const open = ({ known_to: _known, ended_by: _ended, ...row }: Row) => row;

let sources = 0;
async function play(
  history: { editions: { at: number; rows: Rows }[]; reposts: { of: number; rows: Rows }[] },
  validity: Validity,
) {
  const id = `xx.corrected-${++sources}`;
  // Dated rows begin on one day for good, and end early ('b'), late ('c') or never ('a').
  const printed = (rows: Rows, at: number): Rows =>
    validity === 'from-release'
      ? rows
      : Object.fromEntries(
          Object.entries(rows)
            .map(([key, text]): [string, string] => [
              key,
              `${text}|${day(0)}|${{ b: day(45), c: day(90) }[text] ?? ''}`,
            ])
            .filter(([, text]) => (text.split('|')[2] || '9999') > day(at)),
        );
  const editions: ToyEdition[] = history.editions.map(({ at, rows }) => ({
    label: `edition ${at}`,
    published: day(at),
    effective: day(at),
    rows: printed(rows, at),
  }));
  const source = toySource(editions, id, { min: {}, sizeShare: Infinity }, validity);
  let hour = 0;
  const clock = () => clockAt(hour);
  const deps = await toyDeps(database, dir, editions, clock);
  for (const edition of editions)
    await runSource(deps, source, {
      trigger: 'manual',
      select: (all) => all.filter((one) => one.label === edition.label),
    });
  for (const { of, rows } of history.reposts) {
    hour += 1;
    const before = await rowsOf(id);
    const edition = editions[of];
    if (!edition) throw new Error('no such edition');
    edition.rows = printed(rows, history.editions[of]?.at ?? 0);
    const report = await runSource(deps, source, {
      trigger: 'manual',
      select: (all) => all.filter((one) => one.label === edition.label),
    });
    expect(['published', 'unchanged']).toContain(report.state);
    const after = await rowsOf(id);
    // Every question about what was known earlier is answered as before.
    for (const known of [...editions.map(({ published }) => `${published}T00:00:00.000Z`), ...earlier(hour)])
      for (let date = 0; date <= 95; date += 5)
        expect(law(after, day(date), known)).toEqual(law(before, day(date), known));
    // An extract does not print what a later one cut; which of two equal statements came first may be told otherwise afterwards.
    if (validity === 'extract') continue;
    // Rows are only ended, now, and added, now. Nothing earlier is written again.
    for (const row of before) {
      const kept = after.find((one) => JSON.stringify(open(one)) === JSON.stringify(open(row)));
      expect(kept, `${JSON.stringify(row)} was rewritten`).toBeDefined();
      if (kept?.known_to !== row.known_to) expect([row.known_to, kept?.known_to]).toEqual([null, clock()]);
    }
    const fresh = after.filter((row) => !before.some((one) => JSON.stringify(open(one)) === JSON.stringify(open(row))));
    for (const row of fresh) expect(row.known_from).toBe(clock());
    // And nothing is ended to be said again.
    for (const row of fresh) {
      const twin = after.find(
        (one) =>
          one.known_to === row.known_from &&
          JSON.stringify([one.natural_key, one.text, one.valid_from, one.valid_to]) ===
            JSON.stringify([row.natural_key, row.text, row.valid_from, row.valid_to]),
      );
      if (twin) expect(twin.stated_by, 'restated without need').not.toBe(row.stated_by);
    }
  }
  return { id, deps, source, editions };
}

describe('corrections in any number, of any edition', () => {
  it('change nothing of what was known, and lead to what the corrected editions say', async () => {
    await fc.assert(
      fc.asyncProperty(histories, async (history) => {
        const { id, deps, source, editions } = await play(history, 'from-release');
        const rows = await rowsOf(id);
        for (const [index, edition] of editions.entries()) {
          const next = editions[index + 1]?.effective ?? day(LAST);
          for (const date of [edition.effective, day(Math.max(0, 59))].filter((one) => one < next))
            expect(law(rows, date, null)).toEqual({ ...edition.rows });
        }
        expect((await replaySource(deps, source)).state).toBe('unchanged');
      }),
      { numRuns: 40 },
    );
  }, 120_000);

  it('hold for sources that date their rows themselves', async () => {
    await fc.assert(
      fc.asyncProperty(histories, async (history) => {
        const { id, editions } = await play(history, 'extract');
        const newest = editions.at(-1);
        const rows = await rowsOf(id);
        const on = newest?.effective ?? '';
        const texts = Object.fromEntries(
          Object.entries(newest?.rows ?? {}).map(([key, text]) => [key, text.split('|')[0]]),
        );
        expect(law(rows, on, null)).toEqual(texts);
      }),
      { numRuns: 40 },
    );
  }, 120_000);
});
