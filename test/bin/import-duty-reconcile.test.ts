import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { testDatabase } from '../support/database.ts';
import { tariff } from '../support/tariff-child.ts';

const database = await testDatabase();
const folder = await mkdtemp(join(tmpdir(), 'tariff-import-'));
const env = { DATABASE_URL: database.connectionString, TARIFF_DATA_DIR: folder };
const run = (...args: string[]) => tariff(args, env).ended;
const LIST = 'section122-product-exemptions';
const SOURCE = `us.lists.${LIST}`;
const ACT = 'Proclamation 11012';

async function listFile(name: string, codes: readonly string[]): Promise<string> {
  const path = join(folder, name);
  await writeFile(
    path,
    ['hts_code,digits', ...codes.map((code) => `${code},${code.replaceAll('.', '').length}`)].join('\n'),
  );
  return path;
}

beforeAll(async () => {
  for (const source of ['us.htsus', 'us.programmes']) {
    const loaded = await run('run', source, '--json');
    if (loaded.code !== 0) throw new Error(loaded.stderr);
  }
}, 120_000);

describe('tariff import', { timeout: 120_000 }, () => {
  it('publishes a reviewed file as an edition of its list, its bytes kept, the run marked as an import', async () => {
    const file = await listFile('reviewed.csv', ['8542.31.00', '0901.21.00']);
    const dry = await run('import', LIST, file, '--dry-run', '--json');
    expect(JSON.parse(dry.stdout)).toMatchObject({ outcomes: [{ state: 'staged', added: 2 }] });
    const first = await run('import', LIST, file, '--json');
    expect([first.code, first.stderr]).toEqual([0, '']);
    expect(JSON.parse(first.stdout)).toMatchObject({ source: SOURCE, state: 'published', outcomes: [{ label: ACT }] });
    const { rows } = await sql<{ trigger: string; label: string; url: string; bytes: number }>`
      select run.trigger, release.label, part.url, snapshot.bytes::int as bytes
      from release join run using (run_id) join release_snapshot part using (release_id) join snapshot using (snapshot_id)
      where release.source_id = ${SOURCE}`.execute(database.db);
    expect(rows).toEqual([{ trigger: 'import', label: ACT, url: 'import:reviewed.csv', bytes: 41 }]);
    const entries = await sql<{ code: string }>`
      select code from reference_data where source_id = ${SOURCE} and known_to is null order by code`.execute(
      database.db,
    );
    expect(entries.rows.map(({ code }) => code)).toEqual(['09012100', '85423100']);

    const again = await run('import', SOURCE, file, '--json');
    expect(JSON.parse(again.stdout)).toMatchObject({ state: 'unchanged' });
  });

  it('a file for an act that the list does not declare needs its date; it is an edition of its own', async () => {
    const file = await listFile('later.csv', ['8542.31.00', '0901.21.00', '0901.22.00']);
    const undated = await run('import', LIST, file, '--citation', 'Proclamation 99999');
    expect([undated.code, undated.stderr]).toEqual([2, expect.stringContaining(`'${ACT}'`)]);
    const dates = ['--effective', '2026-05-01', '--published', '2026-04-20'];
    const grown = await run('import', LIST, file, '--citation', 'Proclamation 99999', ...dates);
    expect([grown.code, grown.stdout]).toEqual([3, expect.stringContaining('quarantined')]);
    const accept = [
      '--accept',
      'Proclamation 99999=too-many',
      '--reason',
      'a third product was added by the act',
      '--json',
    ];
    const dated = await run('import', LIST, file, '--citation', 'Proclamation 99999', ...dates, ...accept);
    expect(JSON.parse(dated.stdout)).toMatchObject({ state: 'published', outcomes: [{ label: 'Proclamation 99999' }] });
    expect((await run('import', LIST, file, '--citation', ACT, ...dates)).code).toBe(2);
  });

  it('holds back what the source does not expect; --accept publishes what is only out of bounds, never what cannot be read', async () => {
    const empty = await listFile('empty.csv', []);
    const held = await run('import', LIST, empty, '--citation', 'Nothing', '--effective', '2026-06-01', '--json');
    expect(held.code).toBe(3);
    expect(JSON.parse(held.stdout)).toMatchObject({ state: 'quarantined' });
    const broken = await listFile('broken.csv', ['see annex']);
    expect(
      (
        await run(
          'import',
          LIST,
          broken,
          '--citation',
          'Broken',
          '--effective',
          '2026-06-01',
          '--accept',
          'Broken=too-few',
          '--reason',
          'trial',
        )
      ).code,
    ).toBe(3);
  });

  it('ends with 5 for a list or a file that does not exist', async () => {
    const list = await run('import', 'no-such-list', 'x.csv');
    expect([list.code, list.stderr]).toEqual([5, expect.stringContaining(LIST)]);
    expect((await run('import', LIST, join(folder, 'missing.csv'))).code).toBe(5);
  });
});

describe('tariff duty', { timeout: 120_000 }, () => {
  it('prints every component with its status and reason, the total and how far it goes', async () => {
    const { code, stdout } = await run(
      'duty',
      '6109.10.00.12',
      '--from',
      'de',
      '--on',
      '2026-06-20',
      '--value',
      '10000',
    );
    expect(code).toBe(0);
    expect(stdout).toMatch(/status +programme +heading +rate +amount\napplied +us\.mfn +- +16\.5% +1650\.00/);
    expect(stdout).toMatch(/total: \d+(\.\d+)?%/);
    expect(stdout).toMatch(/section-301: (partial|not covered)/);
    expect(stdout).toContain('source: us.htsus 2026HTSRev10');
  });

  it('with --json gives the answer of the API; facts are declared by name', async () => {
    const { stdout } = await run(
      'duty',
      '6109100012',
      '--from',
      'MX',
      '--on',
      '2026-06-20',
      '--fact',
      'preference=S',
      '--json',
    );
    const answer = JSON.parse(stdout) as {
      data: { components: { program: string; status: string }[] };
      meta: { coverage: unknown[] };
    };
    expect(answer.data).toMatchObject({ code: '6109100012', origin: 'MX', destination: 'US' });
    expect(answer.data.components.find(({ program }) => program.startsWith('us.preference'))).toMatchObject({
      status: 'applied',
    });
    expect(answer.meta.coverage.length).toBeGreaterThan(3);
  });

  it.each([
    [['6109100012'], 2],
    [['6109100012', '--from', 'China'], 2],
    [['6109100012', '--from', 'CN', '--on', '2026-02-30'], 2],
    [['6109100012', '--from', 'CN', '--value', '-5'], 2],
    [['6109100012', '--from', 'CN', '--fact', 'colour=red'], 2],
    [['6109100012', '--from', 'CN', '--fact', 'donation=perhaps'], 2],
    [['61', '--from', 'CN'], 2],
    [['0000.00', '--from', 'CN'], 5],
    [['6109100012', '--from', 'CN', '--to', 'EU'], 5],
  ])('%j ends with %i', async (args, code) => {
    expect((await run('duty', ...args)).code).toBe(code);
  });
});

describe('tariff reconcile', { timeout: 120_000 }, () => {
  it('names what a list has and the schedule does not, and ends with 1 only when asked to', async () => {
    const found = await run('reconcile', 'us', '--on', '2026-06-20', '--json');
    expect(found.code).toBe(0);
    const data = JSON.parse(found.stdout) as {
      compared: Record<string, number>;
      findings: { kind: string; code: string }[];
    };
    expect(data.compared).toMatchObject({ listed: 3, lists: 1 });
    expect(data.findings).toContainEqual(expect.objectContaining({ kind: 'not-in-schedule', code: '09012100' }));
    const strict = await run('reconcile', 'us', '--on', '2026-06-20', '--strict');
    expect(strict.code).toBe(1);
    expect(strict.stdout).toContain('nothing was compared with footnotes');
    expect(strict.stdout).toContain('Listed, not in the schedule');
  });

  it('ends with 2 for another jurisdiction, 5 for a date that no schedule is held for', async () => {
    expect((await run('reconcile', 'eu')).code).toBe(2);
    expect((await run('reconcile', 'us', '--on', '2019-01-01')).code).toBe(5);
  });
});
