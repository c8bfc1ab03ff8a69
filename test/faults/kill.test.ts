import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lookupAnswer } from '../../api/schemas/lookup.ts';
import { withConnection } from '../../db/connect.ts';
import { releasesOf } from '../../db/releases.ts';
import { runSource } from '../../ingest/run.ts';
import { usHtsus } from '../../ingest/sources/us-htsus.ts';
import { openStore } from '../../snapshots/store.ts';
import { apiOn, read } from '../support/api.ts';
import { testDatabase } from '../support/database.ts';
import { exportBytes, htsExport, withCells } from '../support/hts-export.ts';
import { fetcherAt, startHtsPublisher } from '../support/hts-publisher.ts';

// Processes that are killed (SIGKILL, no last word) while they bring in an edition, and two that want to at once.
const ROWS = htsExport();
const CODE = '4001310010';
const LINE = '4001.31.00';
const OLD = ROWS.find((row) => row.htsno === LINE)?.general ?? '';
const MEASURE = '40013100/mfn';

const database = await testDatabase();
const publisher = await startHtsPublisher();
const storeDir = await mkdtemp(join(tmpdir(), 'kill-store-'));
const clock = () => '2026-03-01T12:00:00.000Z';
const deps = {
  database,
  store: await openStore(storeDir),
  fetch: fetcherAt(publisher.origin),
  clock,
  codeVersion: 'test',
  report: () => undefined,
};
const children: ChildProcess[] = [];
let app: FastifyInstance;
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await app.close();
  await deps.fetch.close();
  await publisher.close();
});

const edition = (n: number, date: string, general: string) => ({
  label: `2026HTSRev${n}`,
  date,
  body: exportBytes(withCells(ROWS, LINE, { general })),
});
const run = () => runSource(deps, usHtsus, { trigger: 'manual' });
const rate = async () =>
  (await read(app, `/api/v1/lookup?code=${CODE}&as_of=2026-02-25`, lookupAnswer)).data.rates[0]?.expression;
const labels = async () => (await releasesOf(database.db, 'us.htsus')).map((release) => release.label);

function start(dieAt: string): { child: ChildProcess; ended: Promise<NodeJS.Signals | null>; stderr: () => string } {
  const args = [database.connectionString, storeDir, publisher.origin, dieAt, clock()];
  const child = spawn(process.execPath, ['--import', 'tsx', 'test/support/publish-child.ts', ...args], {
    cwd: fileURLToPath(new URL('../../', import.meta.url)),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  children.push(child);
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));
  const ended = new Promise<NodeJS.Signals | null>((resolve) => child.on('close', (_, signal) => resolve(signal)));
  return { child, ended, stderr: () => stderr };
}

/** What the server is doing for the child. */
const backends = async () =>
  (
    await sql<{ state: string; wait: string | null; query: string }>`select state, wait_event_type as wait, query
      from pg_stat_activity where application_name = 'publish-child' and datname = current_database()`.execute(
      database.db,
    )
  ).rows;

/** A process that was killed leaves its connections behind, and with them the lock of the source, until the server notices. */
const gone = () =>
  until(
    async () => (await backends()).length === 0,
    () => 'the server still works for the dead process',
  );

async function until(condition: () => Promise<boolean>, what: () => string): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt += 1) {
    if (await condition()) return;
    await sleep(50);
  }
  throw new Error(`never happened: ${what()}`);
}

/** Everything of the ledger and beside it that a half-done publication could leave behind. */
const left = async () =>
  (
    await sql`select (select count(*)::int from release) as releases, (select count(*)::int from change) as changes,
      (select count(*)::int from goods_nomenclature) as lines, (select count(*)::int from measure) as measures,
      (select count(*)::int from issue where release_id is not null) as issues,
      (select count(*)::int from release_snapshot) as snapshots,
      (select md5(string_agg(m::text, '' order by m.measure_id)) from measure m) as content,
      (select md5(string_agg(g::text, '' order by g.goods_nomenclature_id)) from goods_nomenclature g) as tree`.execute(
      database.db,
    )
  ).rows;

beforeAll(async () => {
  publisher.editions = [edition(1, '01/16/2026', OLD)];
  expect(await run()).toMatchObject({ state: 'published', message: null });
  app = await apiOn(database, {}, clock);
});

describe('kill -9 in the middle of publishing', () => {
  it('leaves the release before served; the next run closes the dead one and publishes', async () => {
    const before = await left();
    // The description makes the publication rewrite a line first; the measure after it is where it will hang.
    const rows = withCells(ROWS, LINE, { general: '9.9%', description: 'Another text' });
    publisher.editions = [...publisher.editions, { label: '2026HTSRev2', date: '02/12/2026', body: exportBytes(rows) }];
    const dying = await withConnection(database.pool, async (client) => {
      await client.query('begin');
      await client.query('select from measure where natural_key = $1 for update', [MEASURE]);
      const { child, ended, stderr } = start('never');
      await until(
        async () => (await backends()).some((one) => one.wait === 'Lock'),
        () => stderr(),
      );
      // It is inside its transaction: release, line and changes are written, the measure is not.
      const waiting = (await backends()).find((one) => one.wait === 'Lock');
      expect(waiting?.query).toMatch(/measure/);
      expect(await rate()).toBe(OLD);
      expect(await labels()).toEqual(['2026HTSRev1']);

      // Meanwhile nobody else gets at the source, and is told why.
      const other = await run();
      expect(other).toMatchObject({ state: 'failed', busy: true, outcomes: [] });
      expect(other.message).toBe('another process is ingesting us.htsus');

      child.kill('SIGKILL');
      expect(await ended).toBe('SIGKILL');
      await client.query('rollback');
      return child;
    });
    expect(dying.exitCode).toBeNull();
    await gone();
    expect(await left()).toEqual(before);
    expect(await rate()).toBe(OLD);
    const started = () => sql`select state, message from run where state = 'started'`.execute(database.db);
    expect((await started()).rows).toHaveLength(1);

    expect(await run()).toMatchObject({ state: 'published', message: null });
    expect((await started()).rows).toEqual([]);
    const { rows: closed } = await sql`select state, code_version from run
      where message like 'interrupted:%'`.execute(database.db);
    expect(closed).toEqual([{ state: 'failed', code_version: 'child' }]);
    expect(await rate()).toBe('9.9%');
    expect(await labels()).toEqual(['2026HTSRev1', '2026HTSRev2']);
  });
});

describe('a process that dies earlier', () => {
  it.each([
    ['before anything is read', 'parse', 3, '1.1%'],
    ['between checking and publishing', 'check', 4, '1.2%'],
    ['staged, at the door of the transaction', 'publish', 5, '1.3%'],
  ])('%s', async (_, stage, number, general) => {
    const before = await left();
    const was = await rate();
    publisher.editions = [...publisher.editions, edition(number, `02/${12 + number}/2026`, general)];
    const { ended, stderr } = start(stage);
    expect(await ended, stderr()).toBe('SIGKILL');
    await gone();
    expect(await left()).toEqual(before);
    expect(await rate()).toBe(was);
    expect(await run()).toMatchObject({ state: 'published', message: null });
    expect(await rate()).toBe(general);
    expect((await sql`select from run where state = 'started'`.execute(database.db)).rows).toEqual([]);
  });
});

describe('two runs of one source at once', () => {
  it('one of them publishes', async () => {
    publisher.editions = [...publisher.editions, edition(6, '02/19/2026', '1.4%')];
    const reports = await Promise.all([run(), run(), run()]);
    expect(reports.filter(({ state }) => state === 'published')).toHaveLength(1);
    // One that comes when the work is done finds nothing new.
    expect(reports.filter(({ state, busy }) => busy || state === 'unchanged')).toHaveLength(2);
    expect((await labels()).filter((label) => label === '2026HTSRev6')).toHaveLength(1);
    expect(await rate()).toBe('1.4%');
  });

  it('a run whose lock was lost with its connection does not publish over what another one published', async () => {
    publisher.editions = [...publisher.editions, edition(7, '02/20/2026', '1.5%')];
    let cut = false;
    // At the door of its transaction the connection that holds the source's lock is gone, and another run comes first.
    const report = await runSource(
      {
        ...deps,
        report: ({ stage, edition: label }) => {
          if (stage === 'parse' && label === '2026HTSRev7') cut = true;
        },
        store: {
          ...deps.store,
          read: async (sha256) => {
            if (cut) {
              cut = false;
              // Waits until the connection is gone: the signal alone leaves it its lock for a moment more.
              await sql`select pg_terminate_backend(pid, 30000) from pg_locks
                where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())
                  and pid <> pg_backend_pid()`.execute(database.db);
              expect(await run()).toMatchObject({ state: 'published' });
            }
            return deps.store.read(sha256);
          },
        },
      },
      usHtsus,
      { trigger: 'manual' },
    );
    expect(report.state).toBe('failed');
    expect(report.message).toBe('another process published us.htsus in the meantime');
    expect((await labels()).filter((label) => label === '2026HTSRev7')).toHaveLength(1);
    expect(await rate()).toBe('1.5%');
  });
});
