import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import type { IngestDeps } from '../../ingest/deps.ts';
import { replaySource } from '../../ingest/replay.ts';
import type { Source } from '../../ingest/source.ts';
import { usHtsus } from '../../ingest/sources/us-htsus.ts';
import type { ExportRow } from '../../ingest/sources/us-htsus/export-row.ts';
import { testDatabase } from '../support/database.ts';
import {
  editionsAreHere,
  ledgerLines,
  loadClock,
  loadEditions,
  onlyInOne,
  SOME_EDITIONS,
} from '../support/htsus-editions.ts';

if (!editionsAreHere) console.warn('skipped: no ../shared with the editions of the tariff');
const MINUTES = SOME_EDITIONS === null ? 60 : 5;

/** As if one rate had been read wrongly so far. */
const better: Source<ExportRow> = {
  ...usHtsus,
  normalise: (rows, context) => usHtsus.normalise(corrected(rows), context),
};
async function* corrected(rows: AsyncIterable<ExportRow> | Iterable<ExportRow>) {
  for await (const row of rows) yield row.htsno === '0101.30.00.00' ? { ...row, general: '6.9%' } : row;
}

describe.skipIf(!editionsAreHere)('replay of the real editions from the kept bytes', async () => {
  if (!editionsAreHere) return;
  const database = await testDatabase();
  let deps: IngestDeps;
  let labels: string[];
  let before: Awaited<ReturnType<typeof ledgerLines>>;
  const later = '2026-12-01T12:00:00.000Z';

  beforeAll(async () => {
    ({ deps, labels } = await loadEditions(database));
    deps = { ...deps, fetch: { ...deps.fetch, get: () => Promise.reject(new Error('a replay asks nobody')) } };
    before = await ledgerLines(database);
  }, MINUTES * 60_000);

  it(
    'the same parser gives the same hashes, and nothing is published',
    async () => {
      const report = await replaySource(deps, usHtsus);
      expect(report).toMatchObject({ state: 'unchanged', message: null });
      expect(report.outcomes.map(({ label, state }) => [label, state])).toEqual(
        labels.map((label) => [label, 'unchanged']),
      );
      const after = await ledgerLines(database);
      for (const part of ['releases', 'changes', 'rows'] as const)
        expect(onlyInOne(before[part], after[part]), part).toEqual([]);
    },
    MINUTES * 60_000,
  );

  it(
    'a parser that reads a cell otherwise publishes corrections: ours, known from now, dated in law as the editions',
    async () => {
      const report = await replaySource({ ...deps, clock: () => later, codeVersion: 'better' }, better);
      expect(report).toMatchObject({ state: 'published', message: null });
      expect(report.outcomes.map(({ label, state }) => [label, state])).toEqual(
        labels.map((label) => [label, 'published']),
      );

      const corrections = await sql<{ label: string; same: boolean; known: boolean }>`
        select c.label, c.effective_date = o.effective_date and c.label = o.label as same, c.published_at >= ${later} as known
        from release c join release o on o.release_id = c.corrects
        where c.cause = 'parser' and c.code_version = 'better' and (c.added, c.modified, c.removed) = (0, 1, 0)
        order by c.published_at`.execute(database.db);
      expect(corrections.rows).toEqual(labels.map((label) => ({ label, same: true, known: true })));
      const changes = await sql<{
        natural_key: string;
        kinds: string[];
        fields: string[];
        before: object;
        after: object;
      }>`
        select distinct natural_key, kinds, fields, before -> 'duty_expression' as before, after -> 'duty_expression' as after
        from change join release using (release_id) where cause = 'parser'`.execute(database.db);
      expect(changes.rows).toEqual([
        {
          natural_key: '0101300000/mfn',
          kinds: ['rate'],
          fields: ['duty', 'duty_expression'],
          before: '6.8%',
          after: '6.9%',
        },
      ]);

      const printed = async (on: string, known: string) =>
        (
          await sql<{
            duty_expression: string;
          }>`select duty_expression from measure where natural_key = '0101300000/mfn'
            and valid_from <= ${on} and (valid_to is null or valid_to > ${on})
            and known_from <= ${known} and (known_to is null or known_to > ${known})`.execute(database.db)
        ).rows.map((row) => row.duty_expression);
      for (const on of ['2026-06-01', '2026-10-01']) {
        expect(await printed(on, loadClock()), on).toEqual(['6.8%']);
        expect(await printed(on, '2026-12-31T00:00:00.000Z'), on).toEqual(['6.9%']);
      }
      // Everything else is as it was: the rows of before, but for this one.
      const after = await ledgerLines(database);
      const differing = onlyInOne(before.rows, after.rows);
      expect(differing.length).toBeGreaterThan(0);
      expect(differing.filter((line) => !line.includes(' 0101300000/mfn '))).toEqual([]);
      expect(onlyInOne(before.changes, after.changes).filter((line) => line.startsWith('-'))).toEqual([]);
      expect(onlyInOne(before.releases, after.releases).filter((line) => line.startsWith('-'))).toEqual([]);
    },
    MINUTES * 60_000,
  );

  it(
    'the better parser again has nothing to correct',
    async () => {
      const { rows } = await sql`select count(*) from release`.execute(database.db);
      const again = await replaySource({ ...deps, clock: () => '2026-12-02T12:00:00.000Z' }, better);
      expect(again).toMatchObject({ state: 'unchanged', message: null });
      expect((await sql`select count(*) from release`.execute(database.db)).rows).toEqual(rows);
    },
    MINUTES * 60_000,
  );
});
