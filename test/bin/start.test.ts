import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, describe, expect, it } from 'vitest';
import { testDatabase } from '../support/database.ts';
import { tariff } from '../support/tariff-child.ts';

const dataDir = await mkdtemp(join(tmpdir(), 'tariff-start-'));
afterAll(() => rm(dataDir, { recursive: true, force: true }));

describe('tariff start on a machine with nothing but the package', { timeout: 180_000 }, () => {
  it('creates its database, loads the sample, serves, and stops in order; a second start finds everything there', async () => {
    const env = { TARIFF_DATA_DIR: dataDir, PORT: '0' };
    for (const start of ['first', 'second'] as const) {
      const child = tariff(['start'], env);
      const [, url = ''] = await child.until('stdout', /answering on (http:\S+)/);
      expect(child.output.stdout).toContain(`curl '${url}/api/v1/lookup?code=6109.10.00.12'`);
      const ready = await fetch(`${url}/ready`);
      expect(ready.status).toBe(200);
      const answer = await fetch(`${url}/api/v1/lookup?code=6109.10.00.12`);
      expect(answer.status).toBe(200);
      expect(await answer.json()).toMatchObject({ data: { description: "Men's (338)" } });
      const european = await fetch(`${url}/api/v1/duties?code=6109100010&destination=DE&origin=CN`);
      expect(await european.json()).toMatchObject({ data: { total: { ad_valorem_rate: '0.12' } } });
      const status = await fetch(`${url}/api/v1/status`);
      const { data }: { data: { sources: { id: string; next_run_at: string | null }[] } } = JSON.parse(
        await status.text(),
      );
      const htsus = data.sources.find(({ id }) => id === 'us.htsus');
      expect(Date.parse(htsus?.next_run_at ?? '')).toBeGreaterThan(Date.now());
      await child.until('stderr', /serving http/);
      expect(child.output.stderr).toMatch(
        start === 'first' ? /us\.htsus {2}done: published/ : /us\.htsus {2}done: unchanged/,
      );
      expect(child.output.stderr).toMatch(start === 'first' ? / [1-9]\d* new releases/ : / 0 new releases/);
      child.process.kill('SIGTERM');
      const ended = await child.ended;
      expect([ended.code, ended.signal]).toEqual([0, null]);
      await expect(fetch(`${url}/health`)).rejects.toThrow();
    }
  });
});

describe('SIGTERM', { timeout: 120_000 }, () => {
  it('lets a scheduled run finish its edition and leaves no run that says it is still going', async () => {
    const database = await testDatabase();
    const dir = await mkdtemp(join(tmpdir(), 'tariff-term-'));
    const child = tariff(['schedule'], { DATABASE_URL: database.connectionString, TARIFF_DATA_DIR: dir });
    // In the middle of catching up: the first edition is being published, other sources still wait.
    await child.until('stderr', /publish: /);
    child.process.kill('SIGTERM');
    const ended = await child.ended;
    expect([ended.code, ended.signal]).toEqual([0, null]);
    const { rows } = await sql<{ state: string; sources: number }>`
      select state, count(*)::int as sources from run group by state`.execute(database.db);
    expect(rows.map(({ state }) => state)).not.toContain('started');
    expect(rows.reduce((sum, { sources }) => sum + sources, 0)).toBeGreaterThan(0);
    const open =
      await sql`select 1 from pg_stat_activity where datname = current_database() and application_name = 'tariff-ledger'`.execute(
        database.db,
      );
    expect(open.rows).toEqual([]);
    await rm(dir, { recursive: true, force: true });
  });
});
