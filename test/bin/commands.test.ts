import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { tryAdvisoryLock } from '../../db/locks.ts';
import { testDatabase } from '../support/database.ts';
import { writeMirror } from '../support/mirror-folder.ts';
import { tariff } from '../support/tariff-child.ts';

const database = await testDatabase();
const dataDir = await mkdtemp(join(tmpdir(), 'tariff-cli-'));
const env = { DATABASE_URL: database.connectionString, TARIFF_DATA_DIR: dataDir };
const run = (args: readonly string[], more: Record<string, string> = {}) => tariff(args, { ...env, ...more }).ended;

describe('the command line', { timeout: 120_000 }, () => {
  it('explains itself, exit codes and environment included, and every command does', async () => {
    const help = await run(['--help']);
    expect(help.code).toBe(0);
    for (const part of ['Exit codes', '4  busy', 'TARIFF_MIRROR', 'DATABASE_URL']) expect(help.stdout).toContain(part);
    const commands = [...help.stdout.matchAll(/^ {2}([a-z]+) .*\[options\]/gm)].map((match) => match[1] ?? '');
    expect(commands).toEqual(
      expect.arrayContaining(['start', 'run', 'backfill', 'replay', 'diff', 'status', 'doctor', 'export']),
    );
    for (const command of commands) {
      const text = await run([command, '--help']);
      expect([command, text.code]).toEqual([command, 0]);
      expect(text.stdout).toContain('--json');
    }
  });

  it('ends with 2 for a misuse and names the variable that cannot be used', async () => {
    expect((await run(['nonsense'])).code).toBe(2);
    expect((await run(['run'])).code).toBe(2);
    expect((await run(['run', 'us.htsus', '--all'])).code).toBe(2);
    const port = await run(['status'], { PORT: 'abc' });
    expect(port.code).toBe(2);
    expect(port.stderr).toContain('PORT must be a port number, 0 to 65535');
    const source = await run(['status'], { TARIFF_SOURCE: 'mirror' });
    expect([source.code, source.stderr]).toEqual([2, expect.stringContaining('TARIFF_MIRROR')]);
    const url = await run(['status'], { DATABASE_URL: 'mysql://user:secret@host/x' });
    expect(url.code).toBe(2);
    expect(url.stderr).toContain('DATABASE_URL must be postgres://');
    expect(url.stderr).not.toContain('secret');
  });

  it('ends with 5 for what does not exist, and says what does', async () => {
    const missing = await run(['run', 'us.hts']);
    expect(missing.code).toBe(5);
    expect(missing.stderr).toContain('us.htsus');
    const diff = await run(['diff', 'us.htsus', 'A', 'B', '--json']);
    expect(diff.code).toBe(5);
    expect(JSON.parse(diff.stdout)).toMatchObject({ error: { exit_code: 5 } });
  });

  it('loads, shows and compares: with --json one document on standard output and nothing else', async () => {
    const loaded = await run(['run', 'wco.hs', '--json']);
    expect(loaded).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(loaded.stdout)).toMatchObject([{ source: 'wco.hs', state: 'published', busy: false }]);
    const filled = await run(['backfill', 'us.htsus', '--json']);
    expect(filled).toMatchObject({ code: 0, stderr: '' });
    const again = await run(['run', 'us.htsus']);
    expect(again.code).toBe(0);
    expect(again.stdout).toMatch(/us\.htsus\s+unchanged/);
    expect(again.stderr).toContain('us.htsus  done: unchanged');

    const sources = await run(['status', '--json']);
    const status: { sources: { id: string; next_run_at: string; last_release: { label: string } | null }[] } =
      JSON.parse(sources.stdout);
    const htsus = status.sources.find(({ id }) => id === 'us.htsus');
    expect(htsus).toMatchObject({
      last_release: { label: '2026HTSRev10' },
      last_run: { state: 'unchanged' },
      quarantines: 0,
      stale: true,
    });
    expect(Date.parse(htsus?.next_run_at ?? '')).toBeGreaterThan(Date.now());

    const diff = await run(['diff', 'us.htsus', '2026HTSRev9', '2026HTSRev10', '--json']);
    expect(JSON.parse(diff.stdout)).toMatchObject({
      notes: [],
      summary: { lines_added: 7, lines_removed: 0, descriptions_changed: 4, rates_changed: 0 },
    });
    const lookup = await run(['lookup', '6109.10.00.12', '--json']);
    expect(JSON.parse(lookup.stdout)).toMatchObject({ data: { formatted: '6109.10.00.12', declarable: true } });
    expect((await run(['lookup', '6109.10.00.12'])).stdout).toMatch(/general\s+16\.5%\s+6109\.10\.00/);
    expect((await run(['lookup', '4202.92'])).code).toBe(5);
    const replay = await run(['replay', 'us.htsus', '--json']);
    expect(JSON.parse(replay.stdout)).toMatchObject([
      { state: 'unchanged', outcomes: [{ state: 'unchanged' }, { state: 'unchanged' }] },
    ]);
    const rows = (await run(['export', 'us.htsus', '--kind', 'measure', '--as-of', '2026-07-01'])).stdout
      .trim()
      .split('\n');
    expect(rows.map((row): unknown => JSON.parse(row))).toContainEqual(
      expect.objectContaining({ natural_key: '61091000/mfn', duty_expression: '16.5%' }),
    );
    expect((await run(['snapshots', 'verify'])).code).toBe(0);
    const doctor = await run(['doctor', '--json']);
    expect(doctor.code).toBe(0);
    expect(JSON.parse(doctor.stdout)).toMatchObject({
      checks: expect.arrayContaining([expect.objectContaining({ check: 'one law per day', state: 'ok' })]),
    });
  });

  it('ends with 4 while another process works on the source', async () => {
    const other = database.open(2);
    const held = await tryAdvisoryLock(other.db, 'source:wco.hs', async () => {
      const busy = await run(['run', 'wco.hs']);
      expect(busy.code).toBe(4);
      expect(busy.stdout).toMatch(/wco\.hs\s+busy/);
    });
    expect(held.acquired).toBe(true);
    expect((await run(['run', 'wco.hs'])).code).toBe(0);
  });

  it('ends with 3 when an edition is held back, and publishes it with a reason that is kept', async () => {
    const mirror = await writeMirror({
      '': [
        {
          url: 'https://hts.usitc.gov/reststop/releaseList',
          file: 'list.json',
          body: JSON.stringify([
            { name: '2026HTSRev11', title: null, status: 'current', releaseStartDate: '07/01/2026' },
          ]),
        },
        {
          url: 'https://hts.usitc.gov/reststop/exportList?from=0101&to=9999&format=JSON&styles=false',
          file: 'rows.json',
          body: JSON.stringify([ROW]),
        },
      ],
    });
    const more = { TARIFF_MIRROR: mirror };
    const held = await run(['run', 'us.htsus'], more);
    expect(held.code).toBe(3);
    expect(held.stdout).toContain('too-few');
    expect((await run(['doctor'], more)).stdout).toMatch(/held back\s+warning\s+us\.htsus/);
    const accept = async (...args: string[]) => run(['run', 'us.htsus', ...args], more);
    for (const [args, message] of [
      [['--accept', 'a test of one row'], 'EDITION=EXPECTATION'],
      [['--accept', '2026HTSRev11=too-few'], '--accept needs --reason'],
      [['--reason', 'none'], '--reason goes with --accept'],
      [['us.fees', '--accept', '2026HTSRev11=too-few', '--reason', 'x'], 'one source'],
    ] as const) {
      const refused = await accept(...args);
      expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining(message)]);
    }
    const wrong = await accept('--accept', '2026HTSRev12=too-few', '--reason', 'a test');
    expect([wrong.code, wrong.stdout]).toEqual([1, expect.stringContaining('it takes 2026HTSRev11')]);
    // '2026HTSRev11: too-few: 0 records …; golden-row: …'
    const { message = '' } =
      (JSON.parse((await run(['run', 'us.htsus', '--json'], more)).stdout) as { message?: string }[])[0] ?? {};
    const parts = message.replace(/^2026HTSRev11: /, '').split('; ');
    const codes = new Set(parts.flatMap((part) => /^([a-z-]+): /.exec(part)?.[1] ?? []));
    const named = `2026HTSRev11=${[...codes].join(',')}`;
    expect((await accept('--accept', named, '--reason', 'a test of one row')).code).toBe(0);
    const { rows } = await sql<{
      accepted: string | null;
    }>`select accepted from run order by run_id desc limit 1`.execute(database.db);
    expect(rows[0]?.accepted).toBe(`${named}: a test of one row`);
  });
});

const ROW = {
  htsno: '0101',
  indent: '0',
  description: 'Live horses',
  superior: null,
  units: [],
  general: '',
  special: '',
  other: '',
  footnotes: [],
  quotaQuantity: null,
  additionalDuties: null,
  addiitionalDuties: null,
};
