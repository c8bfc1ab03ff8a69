import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, describe, expect, it } from 'vitest';
import type { Database } from '../../db/connect.ts';
import { runSource } from '../../ingest/run.ts';
import { testDatabase } from '../support/database.ts';
import { type ToyEdition, toyDeps, toySource } from '../support/toy-source.ts';

const database = await testDatabase();
const dir = await mkdtemp(join(tmpdir(), 'bitemporal-'));
afterAll(() => rm(dir, { recursive: true, force: true }));

const day = (n: number) => new Date(Date.UTC(2025, 0, 1 + n)).toISOString().slice(0, 10);

/** Up to five editions of up to four records each; effective dates in any order, some editions silent about 'k2…'. */
const editions = fc.uniqueArray(fc.integer({ min: 0, max: 40 }), { minLength: 2, maxLength: 5 }).chain((published) =>
  fc.tuple(
    ...published
      .sort((a, b) => a - b)
      .map((at) =>
        fc
          .record({
            effective: fc.integer({ min: 0, max: 40 }),
            rows: fc.dictionary(fc.constantFrom('k1', 'k2', 'k2x', 'k3'), fc.constantFrom('a', 'b', 'c'), {
              noNullPrototype: true,
            }),
            silent: fc.boolean(),
          })
          .map(({ effective, rows, silent }): ToyEdition => ({
            label: `edition ${at}`,
            published: day(at),
            effective: day(effective),
            rows,
            silent: silent ? ['k2'] : [],
          })),
      ),
  ),
);

interface Ledger {
  rows: unknown[];
  changes: unknown[];
  counts: unknown[];
}

/** The whole ledger of a source in terms of the publisher's labels: ids depend on load order, nothing else may. */
async function ledger(db: Database['db'], source: string): Promise<Ledger> {
  const rows =
    await sql`select t.natural_key, t.data, t.valid_from, t.valid_to, t.known_from, t.known_to, s.label as stated, i.label as introduced, e.label as ended
    from reference_data t join release s on s.release_id = t.stated_by join release i on i.release_id = t.introduced_by left join release e on e.release_id = t.ended_by
    where t.source_id = ${source} order by t.natural_key, t.known_from, t.valid_from`.execute(db);
  const changes =
    await sql`select r.label, c.op, c.kinds, c.natural_key, c.fields, c.before, c.after from change c join release r using (release_id)
    where r.source_id = ${source} order by r.published_at, c.natural_key`.execute(db);
  const counts =
    await sql`select label, added, modified, removed, state_hash from release where source_id = ${source} order by published_at`.execute(
      db,
    );
  return { rows: rows.rows, changes: changes.rows, counts: counts.rows };
}

let sources = 0;
async function load(
  items: readonly ToyEdition[],
  order: readonly ToyEdition[],
  validity: 'from-release' | 'extract' = 'from-release',
): Promise<Ledger> {
  const id = `xx.toy-${++sources}`;
  const deps = await toyDeps(database, dir, items);
  for (const edition of order) {
    const report = await runSource(deps, toySource(items, id, { min: {}, sizeShare: Infinity }, validity), {
      trigger: 'manual',
      select: (listed) => listed.filter((candidate) => candidate.label === edition.label),
    });
    expect(report.state).toBe('published');
  }
  return ledger(database.db, id);
}

describe('loading releases in any order', () => {
  it('gives the ledger of loading them as they were published', async () => {
    await fc.assert(
      fc.asyncProperty(editions, fc.infiniteStream(fc.nat()), async (items, dice) => {
        const shuffled = items.map((item) => ({ item, at: dice.next().value ?? 0 })).sort((a, b) => a.at - b.at);
        const inOrder = await load(items, items);
        expect(
          await load(
            items,
            shuffled.map(({ item }) => item),
          ),
        ).toEqual(inOrder);
        expect(await load(items, [...items].reverse())).toEqual(inOrder);
      }),
      { numRuns: 25 },
    );
  }, 120_000);

  it('holds for sources that date their rows themselves', async () => {
    const dated = editions.map((items) =>
      items.map((item) => ({
        ...item,
        silent: [],
        // A record keeps its start (it is part of a real key) and may get another end: '|a' ends early, '|b' never, '|c' late.
        rows: Object.fromEntries(
          Object.entries(item.rows).map(([key, text]) => [
            key,
            `${text}|${day(key.length)}|${{ a: day(20), b: '', c: day(60) }[text] ?? ''}`,
          ]),
        ),
      })),
    );
    await fc.assert(
      fc.asyncProperty(dated, fc.infiniteStream(fc.nat()), async (all, dice) => {
        // The reference date of an extract is its publication, and it lists what has not ended by then: that it listed an ended row
        // again cannot be read back from the rows (docs/time.md, limits).
        const items = all.map((item) => ({
          ...item,
          effective: item.published,
          rows: Object.fromEntries(
            Object.entries(item.rows).filter(([, text]) => (text.split('|')[2] || '9999') > item.published),
          ),
        }));
        const shuffled = items.map((item) => ({ item, at: dice.next().value ?? 0 })).sort((a, b) => a.at - b.at);
        const inOrder = await load(items, items, 'extract');
        expect(
          await load(
            items,
            shuffled.map(({ item }) => item),
            'extract',
          ),
        ).toEqual(inOrder);
      }),
      { numRuns: 25 },
    );
  }, 120_000);

  it('the changes of a release lead from the state before it to its own', async () => {
    await fc.assert(
      fc.asyncProperty(editions, async (items) => {
        const loud = items.map((item) => ({ ...item, silent: [] }));
        const { changes } = await load(loud, loud);
        const state = new Map(Object.entries(loud[0]?.rows ?? {}));
        for (const edition of loud.slice(1)) {
          for (const change of changes as {
            label: string;
            natural_key: string;
            after: { data: { text: string } } | null;
          }[]) {
            if (change.label !== edition.label) continue;
            if (change.after === null) state.delete(change.natural_key);
            else state.set(change.natural_key, change.after.data.text);
          }
          expect(Object.fromEntries(state)).toEqual({ ...edition.rows });
        }
      }),
      { numRuns: 15 },
    );
  }, 120_000);
});
