import fc from 'fast-check';
import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { openHsTitles } from '../../answers/hs-titles.ts';
import { openLedgerViews } from '../../answers/ledger-view.ts';
import { openLineReader } from '../../answers/line-reader.ts';
import { openLineage } from '../../answers/lineage.ts';
import { lookup, type LookupDeps, type LookupQuestion } from '../../answers/lookup.ts';
import { Problem } from '../../answers/problem.ts';
import type { Database } from '../../db/connect.ts';
import { addDays, laterBy } from '../../transforms/dates.ts';
import { testDatabase } from '../support/database.ts';
import { editionsAreHere, ledgerLines, loadEditions, onlyInOne, SOME_EDITIONS } from '../support/htsus-editions.ts';

if (!editionsAreHere) console.warn('skipped: no ../shared with the editions of the tariff');
const MINUTES = SOME_EDITIONS === null ? 60 : 5;

describe.skipIf(!editionsAreHere)('the real editions in any order of loading', async () => {
  if (!editionsAreHere) return;
  const databases = {
    'oldest first': await testDatabase(),
    'newest first': await testDatabase(),
    shuffled: await testDatabase(),
  };
  const inOrder = databases['oldest first'];
  const lines = new Map<string, Awaited<ReturnType<typeof ledgerLines>>>();

  beforeAll(async () => {
    const orders = [
      [inOrder, <T>(editions: readonly T[]) => editions],
      [databases['newest first'], <T>(editions: readonly T[]) => [...editions].reverse()],
      [databases.shuffled, shuffled],
    ] as const;
    const loaded: string[][] = [];
    for (const [database, arrange] of orders) loaded.push((await loadEditions(database, arrange)).labels);
    expect(new Set(loaded.map(String)).size).toBe(3);
    expect(loaded[0]?.at(-1)).toBe('2026HTSRev10');
    for (const [name, database] of Object.entries(databases)) lines.set(name, await ledgerLines(database));
  }, MINUTES * 60_000);

  it.each(['newest first', 'shuffled'])('%s: every row, change and release is the same', (name) => {
    const [one, other] = [lines.get('oldest first'), lines.get(name)];
    if (!one || !other) throw new Error('not loaded');
    expect(one.rows.length).toBeGreaterThan(70_000);
    expect(one.changes.length).toBeGreaterThan(50);
    for (const part of ['releases', 'changes', 'rows'] as const) {
      expect(onlyInOne(one[part], other[part]).slice(0, 20), part).toEqual([]);
      expect(other[part].length, part).toBe(one[part].length);
    }
  });

  it(
    'a random sample of code × as_of × known_at is answered the same',
    async () => {
      const ask = Object.values(databases).map((database) => asker(database));
      const releases = (
        await sql<{ effective_date: string; published_at: string }>`
          select effective_date, published_at from release order by published_at`.execute(inOrder.db)
      ).rows;
      const codes = async (query: ReturnType<typeof sql<{ code: string }>>) =>
        (await query.execute(inOrder.db)).rows.map((row) => row.code);
      const all = await codes(sql`select distinct code from goods_nomenclature where code is not null order by code`);
      const changed = await codes(sql`select distinct code from change where code is not null order by code`);
      const at = fc.constantFrom(...releases);
      const questions = fc.record({
        jurisdiction: fc.constant('US'),
        code: fc.oneof(
          fc.constantFrom(...all),
          fc.constantFrom(...changed),
          fc.constantFrom('0101', '01', '0101210010'),
        ),
        as_of: fc
          .tuple(at, fc.integer({ min: -3, max: 3 }))
          .map(([release, days]) => addDays(release.effective_date, days)),
        known_at: fc.oneof(
          fc.constant(null),
          fc.tuple(at, fc.constantFrom(-1, 0, 1)).map(([release, ms]) => laterBy(release.published_at, ms)),
        ),
      });
      let answered = 0;
      await fc.assert(
        fc.asyncProperty(questions, async (question) => {
          const [one, ...others] = await Promise.all(ask.map((answer) => answer(question)));
          for (const other of others) expect(other).toEqual(one);
          if (one?.problem === null) answered += 1;
        }),
        { numRuns: 400 },
      );
      expect(answered).toBeGreaterThan(100);
    },
    MINUTES * 60_000,
  );

  it('Revision 9, exported without heading 0101, ends nothing below it and says so', async () => {
    const issues = await sql<{ label: string; code: string; message: string; place: unknown }>`
      select r.label, i.code, i.message, i.place from issue i join release r using (release_id)
      where i.code = 'row-missing'`.execute(inOrder.db);
    expect(issues.rows).toMatchObject([{ label: '2026HTSRev9', place: { code: '0101' } }]);
    expect(issues.rows[0]?.message).toMatch(/row 0101 is missing and keeps what the release before said/);
    const { rows } = await sql`select op, natural_key from change where starts_with(natural_key, '0101')
      and release_id in (select release_id from release where label in ('2026HTSRev9', '2026HTSRev10'))`.execute(
      inOrder.db,
    );
    expect(rows).toEqual([]);
    const kept = await sql<{ valid_to: string | null; known_to: string | null }>`
      select valid_to, known_to from goods_nomenclature where natural_key = '0101'`.execute(inOrder.db);
    expect(kept.rows).toEqual([{ valid_to: null, known_to: null }]);
  });
});

/** The same order in every run, neither of the other two: every second edition from the end, then the rest from the front. */
function shuffled<T>(editions: readonly T[]): readonly T[] {
  const back = [...editions].reverse().filter((_, index) => index % 2 === 1);
  return [...back, ...editions.filter((edition) => !back.includes(edition))];
}

interface Asked {
  problem: string | null;
  answer: unknown;
}

/** Answers in terms of labels, for comparison between databases. */
function asker(database: Database): (question: LookupQuestion) => Promise<Asked> {
  const deps: LookupDeps = {
    database,
    views: openLedgerViews(database),
    titles: openHsTitles(database),
    readLine: openLineReader(database),
    lineage: openLineage(database),
  };
  return async (question) => {
    try {
      const { view, data, cites, coverage } = await lookup(deps, question);
      const label = (id: unknown) => (typeof id === 'number' ? view.byId.get(id)?.label : id);
      const answer = {
        data: JSON.parse(
          JSON.stringify(data, (name, value: unknown) => (name === 'release' ? label(value) : value)),
        ) as unknown,
        cites: [...new Set([...cites].map(label))].sort(),
        coverage: JSON.parse(
          JSON.stringify(coverage, (name, value: unknown) => (/release/.test(name) ? label(value) : value)),
        ) as unknown,
      };
      return { problem: null, answer };
    } catch (error) {
      if (error instanceof Problem) return { problem: error.code, answer: error.message };
      throw error;
    }
  };
}
