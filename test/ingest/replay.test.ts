import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { releasesOf } from '../../db/releases.ts';
import { diffEditions, UnknownEdition } from '../../ingest/diff-editions.ts';
import { replaySource } from '../../ingest/replay.ts';
import { notPublished, runSource } from '../../ingest/run.ts';
import { testDatabase } from '../support/database.ts';
import { ingestDeps } from '../support/ingest-deps.ts';
import { tinyFetcher, tinySource } from '../support/tiny-source.ts';

const database = await testDatabase();
const CADENCE = { cron: '17 6 * * *', timezone: 'UTC', staleAfter: 'P21D' };
const EDITIONS = [
  { label: 'one', date: '2026-01-05', text: 'Horses, live' },
  { label: 'two', date: '2026-02-05', text: 'Asses,  live' },
  { label: 'three', date: '2026-03-05', text: 'Mules,  live' },
];
let now = '2026-04-01T12:00:00.000Z';
const fetcher = tinyFetcher(EDITIONS);
const deps = await ingestDeps(database, fetcher, () => now);

async function load(id: string) {
  const source = tinySource(EDITIONS, CADENCE, { id });
  await runSource(deps, source, { trigger: 'manual', select: notPublished });
  return source;
}

async function describedOn(id: string, on: string, known: string): Promise<string[]> {
  const { rows } = await sql<{ description: string }>`select description from goods_nomenclature where source_id = ${id}
    and valid_from <= ${on} and (valid_to is null or valid_to > ${on})
    and known_from <= ${known} and (known_to is null or known_to > ${known})`.execute(database.db);
  return rows.map((row) => row.description);
}

describe('replay', () => {
  it('with the same code changes nothing and fetches nothing', async () => {
    const source = await load('xx.same');
    const asked = fetcher.asked.length;
    const report = await replaySource(deps, source);
    expect(report.state).toBe('unchanged');
    expect(report.outcomes.map((outcome) => outcome.state)).toEqual(['unchanged', 'unchanged', 'unchanged']);
    expect(fetcher.asked).toHaveLength(asked);
    expect(await releasesOf(database.db, 'xx.same')).toHaveLength(3);
  });

  it('with a better parser publishes our correction: dated in law as before, known from now on', async () => {
    await load('xx.better');
    const before = await releasesOf(database.db, 'xx.better');
    const better = tinySource(EDITIONS, CADENCE, { id: 'xx.better', read: (text) => text.replace(/\s+/g, ' ') });
    now = '2026-05-01T12:00:00.000Z';
    const report = await replaySource(deps, better, { from: 'two' });
    expect(report.state).toBe('published');
    expect(report.outcomes.map((outcome) => outcome.label)).toEqual(['two', 'three']);
    const corrections = (await releasesOf(database.db, 'xx.better')).slice(3);
    expect(
      corrections.map(({ label, cause, effective_date: date, corrects }) => ({ label, cause, date, corrects })),
    ).toEqual([
      { label: 'two', cause: 'parser', date: '2026-02-05', corrects: before[1]?.release_id },
      { label: 'three', cause: 'parser', date: '2026-03-05', corrects: before[2]?.release_id },
    ]);
    expect(corrections.every((release) => release.published_at.startsWith('2026-05-01T12:00:00'))).toBe(true);
    expect(await describedOn('xx.better', '2026-02-10', '2026-04-15')).toEqual(['Asses,  live']);
    expect(await describedOn('xx.better', '2026-02-10', '2026-05-02')).toEqual(['Asses, live']);
    expect(await describedOn('xx.better', '2026-01-10', '2026-05-02')).toEqual(['Horses, live']);

    now = '2026-06-01T12:00:00.000Z';
    expect((await replaySource(deps, better)).state).toBe('unchanged');
  });

  it('of an edition that was never published is refused', async () => {
    const source = await load('xx.unknown');
    await expect(replaySource(deps, source, { from: 'nine' })).rejects.toThrow(RangeError);
  });

  it('leaves no run behind that says it is still going', async () => {
    const { rows } = await sql`select * from run where state = 'started'`.execute(database.db);
    expect(rows).toEqual([]);
  });
});

describe('diff of two editions from their kept bytes', () => {
  it('names the changed field with before and after', async () => {
    const source = await load('xx.diff');
    const diff = await diffEditions(deps, source, 'one', 'two');
    expect(diff.notes).toEqual([]);
    expect(diff.summary).toMatchObject({
      lines_before: 1,
      lines_after: 1,
      lines_added: 0,
      descriptions_changed: 1,
      rates_changed: 0,
    });
    expect(diff.differences).toEqual([
      {
        kind: 'goods_nomenclature',
        op: 'modify',
        natural_key: '01',
        code: '01',
        fields: ['description'],
        kinds: ['description'],
        before: { description: 'Horses, live' },
        after: { description: 'Asses,  live' },
      },
    ]);
  });

  it('says first when an edition is stored with the bytes of another one, adjacent or not', async () => {
    const editions = [...EDITIONS, { label: 'four', date: '2026-04-05', text: 'Horses, live' }];
    const twins = await ingestDeps(database, tinyFetcher(editions), () => now);
    const source = tinySource(editions, CADENCE, { id: 'xx.twins' });
    await runSource(twins, source, { trigger: 'manual', select: notPublished });
    expect((await diffEditions(twins, source, 'one', 'two')).notes).toEqual([
      'one is stored with the bytes of four (text)',
    ]);
    expect((await diffEditions(twins, source, 'three', 'four')).notes).toEqual([
      'four is stored with the bytes of one (text)',
    ]);
  });

  it('of a label that is not published says which ones are', async () => {
    const source = await load('xx.labels');
    await expect(diffEditions(deps, source, 'one', 'nine')).rejects.toThrow(UnknownEdition);
    await expect(diffEditions(deps, source, 'one', 'nine')).rejects.toThrow(/3 editions, one to three/);
  });
});
