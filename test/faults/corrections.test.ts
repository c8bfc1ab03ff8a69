import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { lookupAnswer } from '../../api/schemas/lookup.ts';
import { storedAnswerAnswer } from '../../api/schemas/service.ts';
import { releasesOf } from '../../db/releases.ts';
import { replaySource } from '../../ingest/replay.ts';
import { runSource } from '../../ingest/run.ts';
import type { Source } from '../../ingest/source.ts';
import { usHtsus } from '../../ingest/sources/us-htsus.ts';
import type { ExportRow } from '../../ingest/sources/us-htsus/export-row.ts';
import { apiOn, read } from '../support/api.ts';
import { testDatabase } from '../support/database.ts';
import { exportBytes, htsExport, withCells } from '../support/hts-export.ts';
import { fetcherAt, startHtsPublisher } from '../support/hts-publisher.ts';
import { ingestDeps } from '../support/ingest-deps.ts';
import { pdfOf } from '../support/pdf.ts';

// One edition from its publication through a silent repost and a better parser of ours, in this order: each step builds on the one before.
const ROWS = htsExport();
const CODE = '4001310010';
const LINE = '4001.31.00';
const FIRST = ROWS.find((row) => row.htsno === LINE)?.general ?? '';

const database = await testDatabase();
const publisher = await startHtsPublisher();
let now = '2026-02-13T08:00:00.000Z';
const clock = () => now;
const deps = await ingestDeps(database, fetcherAt(publisher.origin), clock);
let app: FastifyInstance;
let given: z.output<typeof lookupAnswer>;
let steady: z.output<typeof lookupAnswer>;

const record = pdfOf([
  'Harmonized Tariff Schedule of the United States (2026 Revision 2)',
  'February 1, 2026',
  'Item changed',
]);
const edition = (body: Buffer, more: { changeRecord?: Buffer } = { changeRecord: record }) => ({
  label: '2026HTSRev2',
  date: '02/12/2026',
  body,
  ...more,
});
const run = () => runSource(deps, usHtsus, { trigger: 'manual' });
const ask = (known: string | null, asOf = '2026-02-20', code = CODE) =>
  read(app, `/api/v1/lookup?code=${code}&as_of=${asOf}${known === null ? '' : `&known_at=${known}`}`, lookupAnswer);
const rateOf = async (known: string | null, asOf?: string) => (await ask(known, asOf)).data.rates[0]?.expression;
const newest = async () => (await releasesOf(database.db, 'us.htsus')).at(-1);
const changes = async (release: number | undefined) =>
  (
    await sql<{
      entity: string;
      op: string;
      natural_key: string;
      kinds: string[];
      fields: string[];
      before: object;
      after: object;
    }>`select entity, op, natural_key, kinds, fields, before, after from change where release_id = ${release ?? 0}
       order by entity, natural_key`.execute(database.db)
  ).rows;

beforeAll(async () => {
  publisher.editions = [
    { label: '2026HTSRev1', date: '01/16/2026', body: exportBytes(ROWS) },
    edition(exportBytes(withCells(ROWS, '0102.21.00', { general: '7.7%' }))),
  ];
  expect(await runSource(deps, usHtsus, { trigger: 'manual', select: (all) => all })).toMatchObject({
    state: 'published',
    message: null,
  });
  app = await apiOn(database, {}, clock);
  given = await ask(null);
  steady = await ask(null, '2026-02-20', '0101210010');
});
afterAll(async () => {
  await app.close();
  await deps.fetch.close();
  await publisher.close();
});

describe('a change of the publisher', () => {
  it('is dated by the change record and shows the changed fields only', async () => {
    const release = await newest();
    expect(release).toMatchObject({ effective_date: '2026-02-01', cause: 'publisher', corrects: null, modified: 1 });
    expect(release).toMatchObject({ added: 0, removed: 0, effective_basis: 'change record of 2026HTSRev2' });
    const [change, ...others] = await changes(release?.release_id);
    expect(others).toEqual([]);
    expect(change).toMatchObject({ op: 'modify', natural_key: '01022100/mfn', kinds: ['rate'] });
    // Dates of a source that prints none are ours and no part of what changed.
    expect(change?.fields).toEqual(['duty', 'duty_expression']);
    expect(Object.keys(change?.before ?? {})).toEqual(['duty', 'duty_expression']);
    expect(change?.after).toMatchObject({ duty_expression: '7.7%' });
  });
});

describe('the same edition with other bytes', () => {
  it('that say the same is no correction: other spaces, the change record taken off the site', async () => {
    now = '2026-02-14T08:00:00.000Z';
    const rows = withCells(ROWS, '0102.21.00', { general: '7.7%' });
    publisher.editions[1] = edition(Buffer.from(JSON.stringify(rows)), {});
    const report = await run();
    expect(report).toMatchObject({ state: 'unchanged', message: null });
    expect(await releasesOf(database.db, 'us.htsus')).toHaveLength(2);
    expect((await newest())?.effective_date).toBe('2026-02-01');
  });

  it('that say otherwise is a correction by the publisher, known from when we saw it, dated in law as the edition', async () => {
    now = '2026-02-18T08:00:00.000Z';
    const rows = withCells(withCells(ROWS, '0102.21.00', { general: '7.7%' }), LINE, { general: '9.9%' });
    publisher.editions[1] = edition(exportBytes(rows), {});
    const before = await newest();
    expect(await run()).toMatchObject({ state: 'published', message: null });
    const release = await newest();
    expect(release).toMatchObject({
      label: '2026HTSRev2',
      cause: 'publisher',
      corrects: before?.release_id,
      published_at: now,
      effective_date: '2026-02-01',
      added: 0,
      modified: 1,
      removed: 0,
    });
    expect(await changes(release?.release_id)).toMatchObject([
      { op: 'modify', natural_key: '40013100/mfn', fields: ['duty', 'duty_expression'] },
    ]);
  });

  it('before it, what was then known is answered; after it, the corrected rate, back to the date of law', async () => {
    expect(await rateOf('2026-02-17T00:00:00.000Z')).toBe(FIRST);
    expect(await rateOf('2026-02-18T07:59:59.999Z')).toBe(FIRST);
    expect(await rateOf('2026-02-18T08:00:00.000Z')).toBe('9.9%');
    expect(await rateOf(null)).toBe('9.9%');
    expect(await rateOf(null, '2026-02-01')).toBe('9.9%');
    expect(await rateOf(null, '2026-01-31')).toBe(FIRST);
    expect(await rateOf('2026-02-17T00:00:00.000Z', '2026-02-01')).toBe(FIRST);
  });

  it('answers given before are served as they were given and say that a later release answers differently', async () => {
    // Another process, which has them from the database.
    await app.close();
    app = await apiOn(database, {}, clock);
    const stored = await read(app, `/api/v1/answers/${given.meta.answer_id}`, storedAnswerAnswer);
    expect(stored.data.response).toEqual(given);
    expect(stored.data.later).toMatchObject({ differs: true, problem: null });
    const same = await read(app, `/api/v1/answers/${steady.meta.answer_id}`, storedAnswerAnswer);
    expect(same.data.response).toEqual(steady);
    expect(same.data.later).toMatchObject({ differs: false, problem: null });
    const again = await ask('2026-02-17T00:00:00.000Z');
    expect(again.data).toEqual(given.data);
  });

  it('is compared with the correction from then on', async () => {
    now = '2026-02-19T08:00:00.000Z';
    expect(await run()).toMatchObject({ state: 'unchanged' });
  });
});

describe('a better parser of ours', () => {
  const better: Source<ExportRow> = {
    ...usHtsus,
    normalise: (rows, context) => usHtsus.normalise(corrected(rows), context),
  };
  async function* corrected(rows: AsyncIterable<ExportRow> | Iterable<ExportRow>) {
    for await (const row of rows) yield row.htsno === LINE ? { ...row, general: '8.8%' } : row;
  }

  it('the same parser says the same from the kept bytes, and asks nobody', async () => {
    const states = (await releasesOf(database.db, 'us.htsus')).map((release) => release.state_hash);
    const report = await replaySource({ ...deps, fetch: fetcherAt('http://127.0.0.1:1') }, usHtsus);
    expect(report).toMatchObject({ state: 'unchanged', message: null });
    expect(report.outcomes.map(({ label, state }) => [label, state])).toEqual([
      ['2026HTSRev1', 'unchanged'],
      ['2026HTSRev2', 'unchanged'],
    ]);
    expect((await releasesOf(database.db, 'us.htsus')).map((release) => release.state_hash)).toEqual(states);
  });

  it('publishes corrections of cause parser; both axes keep what was known and what was law', async () => {
    now = '2026-02-25T08:00:00.000Z';
    const published = await releasesOf(database.db, 'us.htsus');
    const report = await replaySource({ ...deps, codeVersion: 'better' }, better, { from: '2026HTSRev2' });
    expect(report).toMatchObject({ state: 'published', message: null });
    const release = await newest();
    expect(release).toMatchObject({
      cause: 'parser',
      code_version: 'better',
      label: '2026HTSRev2',
      corrects: published.at(-1)?.release_id,
      published_at: now,
      effective_date: '2026-02-01',
      modified: 1,
    });
    expect(await changes(release?.release_id)).toMatchObject([{ op: 'modify', natural_key: '40013100/mfn' }]);
    expect(await rateOf('2026-02-17T00:00:00.000Z')).toBe(FIRST);
    expect(await rateOf('2026-02-20T00:00:00.000Z')).toBe('9.9%');
    expect(await rateOf(null)).toBe('8.8%');
    expect(await rateOf(null, '2026-01-31')).toBe(FIRST);
  });

  it('the changes of each release say who changed: the publisher, or we', async () => {
    const { rows } = await sql`select r.label, r.cause, r.corrects is not null as corrects, c.natural_key
      from change c join release r using (release_id) where r.source_id = 'us.htsus' order by r.published_at`.execute(
      database.db,
    );
    expect(rows).toEqual([
      { label: '2026HTSRev2', cause: 'publisher', corrects: false, natural_key: '01022100/mfn' },
      { label: '2026HTSRev2', cause: 'publisher', corrects: true, natural_key: '40013100/mfn' },
      { label: '2026HTSRev2', cause: 'parser', corrects: true, natural_key: '40013100/mfn' },
    ]);
  });

  it('a parser that reads everything differently is held back as a publisher would be', async () => {
    const worse: Source<ExportRow> = {
      ...usHtsus,
      normalise: (rows, context) => usHtsus.normalise(shifted(rows), context),
    };
    async function* shifted(rows: AsyncIterable<ExportRow> | Iterable<ExportRow>) {
      for await (const row of rows) yield { ...row, general: row.other };
    }
    const report = await replaySource(deps, worse, { from: '2026HTSRev2' });
    expect(report.state).toBe('quarantined');
    expect(report.message).toMatch(/mass-change: \d+ of \d+ measure\.mfn change/);
    expect(await rateOf(null)).toBe('8.8%');
  });
});
