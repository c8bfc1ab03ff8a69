import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lookupAnswer } from '../../api/schemas/lookup.ts';
import { releasesOf } from '../../db/releases.ts';
import { runSource, type RunOptions } from '../../ingest/run.ts';
import { usHtsus } from '../../ingest/sources/us-htsus.ts';
import { apiOn, read } from '../support/api.ts';
import { testDatabase } from '../support/database.ts';
import { exportBytes, htsExport, withCells } from '../support/hts-export.ts';
import { fetcherAt, type PublishedEdition, startHtsPublisher } from '../support/hts-publisher.ts';
import { ingestDeps } from '../support/ingest-deps.ts';

// A publisher's site that goes wrong, the source with its real expectations, a whole tariff of 34,270 rows: what is served stays.
const ROWS = htsExport();
const BYTES = exportBytes(ROWS);
const clock = () => '2026-03-01T12:00:00.000Z';

const database = await testDatabase();
const publisher = await startHtsPublisher();
const deps = await ingestDeps(database, fetcherAt(publisher.origin), clock);
let app: FastifyInstance;
afterAll(async () => {
  await app.close();
  await deps.fetch.close();
  await publisher.close();
});

const REV1: PublishedEdition = { label: '2026HTSRev1', date: '01/16/2026', body: BYTES };
const rev2 = (edition: Partial<PublishedEdition>): PublishedEdition => ({
  label: '2026HTSRev2',
  date: '02/12/2026',
  body: BYTES,
  ...edition,
});
const run = (options: Partial<RunOptions> = {}) => runSource(deps, usHtsus, { trigger: 'manual', ...options });
const served = async () => (await read(app, '/api/v1/lookup?code=0101210010&as_of=2026-02-20', lookupAnswer)).data;
const published = async () => (await releasesOf(database.db, 'us.htsus')).map((release) => release.label);
const issuesOf = async (runId: number | null) =>
  (
    await sql<{ severity: string; code: string; message: string; release_id: number | null }>`
      select severity, code, message, release_id from issue where run_id = ${runId} order by issue_id`.execute(
      database.db,
    )
  ).rows;

let before: Awaited<ReturnType<typeof served>>;
beforeAll(async () => {
  publisher.editions = [REV1];
  const report = await run();
  expect(report).toMatchObject({ state: 'published', message: null });
  app = await apiOn(database, {}, clock);
  before = await served();
  expect(before.rates[0]).toMatchObject({ expression: 'Free' });
});

const text = BYTES.toString('utf8');
const changedRates = ROWS.map((row, index) =>
  row.general !== '' && row.htsno !== '0101.21.00' && index % 2 === 0 ? { ...row, general: '77%' } : row,
);

const HELD_BACK: readonly [string, Partial<PublishedEdition>, readonly RegExp[]][] = [
  // A cut at a place that looks like the end of a file: only reading it shows.
  [
    'a file cut short behind a bracket',
    { body: Buffer.from(text.slice(0, text.lastIndexOf('"units":[]', 7_900_000) + '"units":[]'.length)) },
    [/^2026HTSRev2: parse-failure: schedule: .*JSON/],
  ],
  [
    '30 % fewer rows',
    { body: exportBytes(ROWS.slice(0, Math.floor(ROWS.length * 0.7))) },
    [
      /too-few: goods_nomenclature: 2\d{4} records, at least 33000 expected/,
      /mass-removal: \d+ of \d+ records vanish \(3\d\.\d %\), at most 5\.0 % expected/,
      /size: schedule: \d+ bytes after \d+ in the release before \(-\d+\.\d %\)/,
    ],
  ],
  [
    'a renamed field',
    { body: exportBytes(ROWS.map(({ general, ...row }) => ({ ...row, General: general }))) },
    [/parse-failure: schedule row 1: field 'general' is missing; fields are htsno, .*General/],
  ],
  [
    'a field nobody knows',
    { body: exportBytes(ROWS.map((row, index) => (index === 20_000 ? { ...row, surcharge: '10%' } : row))) },
    [/parse-failure: schedule row 20001: unknown field 'surcharge'/],
  ],
  [
    'a field with another type',
    { body: exportBytes(ROWS.map((row, index) => (index === 5 ? { ...row, general: null } : row))) },
    [/parse-failure: schedule row 6: field 'general': .*expected string/],
  ],
  ['an empty list', { body: Buffer.from('[]') }, [/too-few: goods_nomenclature: 0 records, at least 33000 expected/]],
  [
    'an error document',
    { body: Buffer.from('{"message":"Internal Server Error"}') },
    [/parse-failure: schedule: a JSON array of rows is expected/],
  ],
  [
    'one number twice with different rates',
    {
      body: exportBytes([
        ...ROWS.slice(0, 9000),
        ...withCells(
          ROWS.filter((row) => row.htsno === '0101.21.00'),
          '0101.21.00',
          { general: '99%' },
        ),
        ...ROWS.slice(9000),
      ]),
    },
    [/key-collision: 01012100(\/mfn)?: two records with one key and different content/],
  ],
  [
    'half the rates changed at once',
    { body: exportBytes(changedRates) },
    [/mass-change: \d+ of \d+ measure\.mfn change \(\d\d\.\d %\), at most 5\.0 % expected/],
  ],
  [
    'another rate in a row everybody knows',
    { body: exportBytes(withCells(ROWS, '0805.90.01.00', { other: '53%' })) },
    [/golden-row: 0805900100\/column-2: duty_expression is "53%", expected "35%"/],
  ],
  [
    'a change record that is no PDF',
    { changeRecord: Buffer.from('%PDF-1.4\nnothing of a document\n%%EOF\n') },
    [/parse-failure: change-record: .*PDF/],
  ],
];

describe('an edition that is not what it should be is held back', () => {
  it.each(HELD_BACK)('%s', async (_, fault, causes) => {
    publisher.editions = [REV1, rev2(fault)];
    const report = await run();
    expect(report.state).toBe('quarantined');
    for (const cause of causes) expect(report.message).toMatch(cause);
    const issues = await issuesOf(report.runId);
    expect(issues.length).toBeGreaterThanOrEqual(causes.length);
    expect(issues.every((issue) => issue.severity === 'error' && issue.release_id === null)).toBe(true);
    expect(await served()).toEqual(before);
    expect(await published()).toEqual(['2026HTSRev1']);
  });
});

describe('what is no export at all is not even kept', () => {
  it.each([
    [
      'an HTML page with status 200',
      Buffer.from(
        '<!DOCTYPE html><html><head><title>Scheduled maintenance</title></head><body>Back soon.</body></html>',
      ),
      /unexpected content \(status 200\): .*an HTML page instead of json: .*Scheduled maintenance/,
    ],
    [
      'a file cut short anywhere',
      BYTES.subarray(0, 5_000_001),
      /truncated \(status 200\): .*JSON does not end with \]/,
    ],
    ['an empty body', Buffer.alloc(0), /truncated \(status 200\): .*empty body/],
  ])('%s', async (_, body, cause) => {
    publisher.editions = [REV1, rev2({ body })];
    const snapshots = async () => (await sql`select count(*) from snapshot`.execute(database.db)).rows;
    const kept = await snapshots();
    const report = await run();
    expect(report.state).toBe('failed');
    expect(report.message).toMatch(cause);
    expect(await snapshots()).toEqual(kept);
    expect(await served()).toEqual(before);
    expect(await published()).toEqual(['2026HTSRev1']);
  });
});

describe('a list of editions that is not what it was', () => {
  const entry = (name: string, date: string) => ({ name, title: name, status: 'archive', releaseStartDate: date });
  const both = [entry('2026HTSRev2', '02/12/2026'), entry('2026HTSRev1', '01/16/2026')];
  it.each([
    [
      'a renamed field',
      both.map(({ name, ...rest }) => ({ ...rest, release: name })),
      /release list, '0\.name': .*string/,
    ],
    [
      'another form of date',
      both.map((row) => ({ ...row, releaseStartDate: '2026-02-12' })),
      /'2026-02-12' of 2026HTSRev1 is no date as MM\/DD\/YYYY/,
    ],
    ['another order', [...both].reverse(), /2026HTSRev2 \(2026-02-12\) stands where the oldest edition is expected/],
    ['no editions', [], /no edition with a name as 2026HTSBasic/],
    ['an object in place of the list', { releases: both }, /release list, '': .*array/],
  ])('%s', async (_, list, cause) => {
    publisher.editions = [REV1, rev2({})];
    publisher.list = JSON.stringify(list);
    const report = await run();
    publisher.list = null;
    expect(report.state).toBe('quarantined');
    expect(report.message).toMatch(/^us\.htsus, list of editions: discovery: /);
    expect(report.message).toMatch(cause);
    expect(await served()).toEqual(before);
    expect(await published()).toEqual(['2026HTSRev1']);
  });

  it('a name of a new form is an issue, not a silence', async () => {
    publisher.editions = [REV1];
    publisher.list = JSON.stringify([entry('2026HTSPreliminary', '02/20/2026'), { ...both[1], status: 'current' }]);
    const report = await run();
    publisher.list = null;
    expect(report.state).toBe('unchanged');
    expect(await issuesOf(report.runId)).toMatchObject([
      {
        severity: 'error',
        code: 'edition-not-understood',
        message: expect.stringContaining('2026HTSPreliminary') as string,
      },
    ]);
  });
});

describe('after the faults', () => {
  it('a batch out of bounds is published with a reason, which is kept with the run and beside what was accepted', async () => {
    publisher.editions = [REV1, rev2({ body: exportBytes(changedRates) })];
    const reason = 'Annex to Proclamation 99999 replaces half of the general rates';
    const accept = (edition: string, ...expectations: string[]) => run({ accept: { edition, expectations, reason } });
    expect(await accept('2026HTSRev3', 'mass-change')).toMatchObject({
      state: 'failed',
      message: "--accept names edition '2026HTSRev3', which this run does not take: it takes 2026HTSRev1, 2026HTSRev2",
    });
    // Another edition's acceptance, or another expectation's, is none for this one.
    expect((await accept('2026HTSRev1', 'mass-change')).state).toBe('quarantined');
    const other = await accept('2026HTSRev2', 'mass-removal');
    expect(other.state).toBe('quarantined');
    expect(other.message).toMatch(/^2026HTSRev2: mass-change: /);
    expect(await published()).toEqual(['2026HTSRev1']);
    const report = await accept('2026HTSRev2', 'mass-change', 'mass-removal');
    expect(report).toMatchObject({ state: 'published', message: null });
    const { rows } = await sql`select state, accepted from run where run_id = ${report.runId}`.execute(database.db);
    expect(rows).toEqual([{ state: 'published', accepted: `2026HTSRev2=mass-change,mass-removal: ${reason}` }]);
    const [release] = (await releasesOf(database.db, 'us.htsus')).slice(-1);
    expect(await issuesOf(report.runId)).toContainEqual({
      severity: 'warning',
      code: 'accepted-mass-change',
      message: expect.stringMatching(/measure\.mfn change \(\d\d\.\d %\)/) as string,
      release_id: release?.release_id,
    });
    expect((await issuesOf(report.runId)).find(({ code }) => code === 'accept-unused')?.message).toContain(
      "'mass-removal'",
    );
  }, 180_000);

  it('accepting does not help what cannot be read', async () => {
    publisher.editions = [
      ...publisher.editions,
      rev2({ label: '2026HTSRev3', date: '02/20/2026', body: Buffer.from('[{}]') }),
    ];
    const report = await run({
      accept: { edition: '2026HTSRev3', expectations: ['parse-failure', 'too-few'], reason: 'no matter what' },
    });
    expect(report).toMatchObject({ state: 'quarantined' });
    expect(report.message).toMatch(/schedule row 1: field 'htsno' is missing/);
    expect(await published()).toEqual(['2026HTSRev1', '2026HTSRev2']);
  });

  it('a unit nobody knows and a row printed twice are issues, and no reason to hold an edition back', async () => {
    const again = changedRates.filter((row) => row.htsno === '9714.99.00');
    const rows = withCells([...changedRates, ...again], '0101.21.00.10', { units: ['Xyz.'] });
    publisher.editions = [
      ...publisher.editions.slice(0, 2),
      rev2({ label: '2026HTSRev3', date: '02/20/2026', body: exportBytes(rows) }),
    ];
    const report = await run();
    expect(report).toMatchObject({ state: 'published', message: null });
    const issues = await issuesOf(report.runId);
    expect(issues).toContainEqual(
      expect.objectContaining({
        severity: 'warning',
        code: 'unknown-unit',
        message: expect.stringContaining("'Xyz.'") as string,
      }),
    );
    expect(issues.map((issue) => issue.code)).toContain('duplicate-records');
    expect((await served()).units).toEqual(['Xyz.']);
  });

  it('no run is left that says it is still going', async () => {
    expect((await sql`select * from run where state = 'started'`.execute(database.db)).rows).toEqual([]);
  });
});
