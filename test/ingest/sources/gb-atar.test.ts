import { sql } from 'kysely';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { isOffered } from '../../../ingest/offered.ts';
import { replaySource } from '../../../ingest/replay.ts';
import { runSource } from '../../../ingest/run.ts';
import { atarSource, gbAtar } from '../../../ingest/sources/gb-atar.ts';
import { openMirror } from '../../../ingest/fetch/mirror.ts';
import { rulingData } from '../../../transforms/reference/ruling.ts';
import { atarFetcher, listPage, type SiteRuling, siteRuling, startAtarSite } from '../../support/atar-site.ts';
import { testDatabase } from '../../support/database.ts';
import { ingestDeps } from '../../support/ingest-deps.ts';
import { writeMirror } from '../../support/mirror-folder.ts';

// A site of ours in the layout of the official one, through the whole pipeline. The source as registered, but for the size of the list.
const source = atarSource(40);
const site = await startAtarSite();
const database = await testDatabase();
let now = '2026-03-02T05:20:00.000Z';
const deps = await ingestDeps(database, atarFetcher(site.origin), () => now);
afterAll(async () => {
  await deps.fetch.close();
  await site.close();
});

const rulings = (from: number, to: number): SiteRuling[] =>
  Array.from({ length: from - to + 1 }, (_, index) => siteRuling(from - index));
/** A run at the hour of the cadence on a day. */
const runOn = (day: string, accept: string | null = null) => {
  now = `${day}T05:20:00.000Z`;
  site.asked.length = 0;
  return runSource(deps, source, { trigger: 'manual', accept });
};
interface Row {
  natural_key: string;
  code: string | null;
  valid_from: string;
  valid_to: string | null;
  known_from: string;
  known_to: string | null;
  data: Record<string, unknown>;
}
const rowsOf = async (key: string) =>
  (
    await sql<Row>`select natural_key, code, valid_from, valid_to, known_from, known_to, data from reference_data
      where source_id = 'gb.atar' and natural_key = ${key} order by known_from, valid_from`.execute(database.db)
  ).rows;
const countOf = async (topic: string) =>
  (
    await sql<{ count: number }>`select count(*)::int as count from reference_data
      where source_id = 'gb.atar' and topic = ${topic} and known_to is null`.execute(database.db)
  ).rows[0]?.count;
const issuesOf = async (runId: number | null) =>
  (
    await sql<{
      code: string;
      message: string;
    }>`select code, message from issue where run_id = ${runId} order by issue_id`.execute(database.db)
  ).rows;
const listAsked = () => site.asked.filter((path) => path.includes('/search?')).map((path) => path.split('=')[1]);
const rulingsAsked = () => site.asked.filter((path) => path.includes('/ruling/')).map((path) => path.split('/').at(-1));

beforeEach(async () => {
  Object.assign(site, { rulings: rulings(60, 1), saysTotal: true, robots: null, onPage: () => undefined });
  site.gone.clear();
  site.pages.clear();
  await sql`truncate source cascade`.execute(database.db);
  for (const table of ['reference_data', 'goods_nomenclature', 'measure'])
    await sql`truncate ${sql.raw(table)}`.execute(database.db);
});
/** The first, full reading. */
const readAll = async () => {
  expect(await runOn('2026-03-02')).toMatchObject({ state: 'published', message: null });
};

describe('gb.atar (pages written by us: the official site has not been read yet)', () => {
  it('reads the whole list once, then every ruling on it; valid until the day after the last, known from first sight', async () => {
    await readAll();
    expect([await countOf('ruling'), await countOf('ruling-code')]).toEqual([60, 60]);
    const [row, ...more] = await rowsOf('600000007');
    expect(more).toEqual([]);
    expect(row).toMatchObject({ valid_from: '2024-02-07', valid_to: '2027-02-07', known_to: null, code: null });
    expect(new Date(row?.known_from ?? '').toISOString()).toBe('2026-03-02T05:20:00.000Z');
    expect(rulingData.parse(row?.data)).toMatchObject({
      reference: '600000007',
      codes: ['9503007500'],
      keywords: ['TOYS', 'OF PLASTIC'],
      url: 'https://www.tax.service.gov.uk/search-for-advance-tariff-rulings/ruling/600000007',
    });
    expect(await rowsOf('600000007/9503007500')).toMatchObject([{ code: '95030075' }]);
    // Pages of the list twice: to find the rulings, and to be kept.
    expect(site.asked[0]).toBe('/robots.txt');
    expect(listAsked()).toEqual(['1', '2', '3', '1', '2', '3']);
    expect(rulingsAsked()).toHaveLength(60);
  });

  it('looks for new ones from the top until a page brings none, and asks for their pages only', async () => {
    await readAll();
    site.rulings = rulings(63, 1);
    expect(await runOn('2026-03-03')).toMatchObject({ state: 'published', message: null });
    expect(listAsked()).toEqual(['1', '2']);
    expect(rulingsAsked()).toEqual(['600000063', '600000062', '600000061']);
    // The 60 that it does not list stand untouched.
    expect(await countOf('ruling')).toBe(63);
    expect(await rowsOf('600000007')).toHaveLength(1);
    expect((await rowsOf('600000063'))[0]).toMatchObject({ valid_to: '2027-02-07', known_to: null });
  });

  it('does nothing when the first page brings nothing new, though its bytes always differ', async () => {
    await readAll();
    expect(await runOn('2026-03-03')).toMatchObject({ state: 'unchanged', message: null, outcomes: [] });
    expect(listAsked()).toEqual(['1']);
    expect(rulingsAsked()).toEqual([]);
  });

  it('reads on when the list states more than are known: it is not sorted newest first, then', async () => {
    await readAll();
    site.rulings = [...rulings(60, 1), siteRuling(61)];
    expect(await runOn('2026-03-03')).toMatchObject({ state: 'published' });
    expect(listAsked()).toEqual(['1', '2', '3']);
    expect(rulingsAsked()).toEqual(['600000061']);
  });

  it('a ruling withdrawn from the site ends on the day of the full reading that misses it, and stays in history', async () => {
    await readAll();
    site.rulings = rulings(62, 1);
    await runOn('2026-03-20');
    site.rulings = rulings(62, 1).filter(({ reference }) => reference !== '600000007');
    expect(await runOn('2026-03-27')).toMatchObject({ state: 'unchanged' });
    expect(await rowsOf('600000007')).toHaveLength(1);
    // 28 days after the full reading, and after one that was silent about 60 of 62: 1 of 62 may vanish.
    expect(await runOn('2026-03-30')).toMatchObject({ state: 'published', message: null });
    expect(await rowsOf('600000007')).toMatchObject([
      { valid_to: '2027-02-07', known_to: expect.anything() },
      { valid_to: '2026-03-30', known_to: null, data: { expires_on: '2027-02-06', description: 'Toy number 7' } },
    ]);
    expect((await rowsOf('600000007/9503007500')).at(-1)).toMatchObject({ valid_to: '2026-03-30' });
    expect(await rowsOf('600000008')).toHaveLength(1);
  });

  it('an expired ruling that is no longer listed keeps its own end', async () => {
    site.rulings = [...rulings(60, 2), siteRuling(1, { start: '15 Sept 2023', expiry: '14 Sept 2026' })];
    await readAll();
    site.rulings = rulings(60, 2);
    expect(await runOn('2026-10-01')).toMatchObject({ state: 'published', message: null });
    expect(await rowsOf('600000001')).toMatchObject([
      { valid_from: '2023-09-15', valid_to: '2026-09-15', known_to: null },
    ]);
  });

  it('a list that lost pages is held back: it looks like withdrawals', async () => {
    await readAll();
    site.rulings = rulings(60, 16);
    const report = await runOn('2026-03-30');
    expect(report.state).toBe('quarantined');
    expect(report.message).toMatch(/mass-removal: 30 of 120 records vanish \(25\.0 %\), at most 5\.0 % expected/);
    expect(await rowsOf('600000007')).toMatchObject([{ valid_to: '2027-02-07', known_to: null }]);
  });

  it('so is one that never was the whole, and an empty one', async () => {
    site.rulings = rulings(30, 1);
    expect((await runOn('2026-03-02')).message).toMatch(/30 rulings listed, at least 40 expected/);
    site.rulings = [];
    expect(await runOn('2026-03-02')).toMatchObject({
      state: 'quarantined',
      message: expect.stringContaining('the list of rulings says that there are none'),
    });
    expect(await countOf('ruling')).toBe(0);
  });

  it('a row that slides to the next page while the list is read counts once; one that slides over is noticed', async () => {
    site.onPage = (number) => {
      if (number === 2) site.rulings = rulings(61, 1);
    };
    await readAll();
    // 600000061 came while the list was read: its page is not asked for, the next run finds it.
    expect(await countOf('ruling')).toBe(60);
    site.onPage = () => undefined;
    await runOn('2026-03-03');
    expect(await countOf('ruling')).toBe(61);

    let moved = false;
    site.onPage = (number) => {
      if (number === 2 && !moved) {
        moved = true;
        site.rulings = rulings(61, 1).filter(({ reference }) => reference !== '600000060');
      }
    };
    const report = await runOn('2026-03-30');
    expect(report).toMatchObject({ state: 'quarantined' });
    expect(report.message).toMatch(/states 61 rulings, 60 stand on its 3 pages: it moved/);
    expect(await runOn('2026-03-31')).toMatchObject({ state: 'published' });
  });

  it('a ruling that is listed without a page stands as it stood, and says so', async () => {
    await readAll();
    site.gone.add('600000007');
    const report = await runOn('2026-03-30');
    expect(report.state).toBe('published');
    expect(await issuesOf(report.runId)).toContainEqual(
      expect.objectContaining({ code: 'ruling-unread', message: expect.stringContaining('600000007') }),
    );
    expect(await rowsOf('600000007')).toMatchObject([{ valid_to: '2027-02-07', known_to: null }]);
  });

  it('a ruling that cannot be understood holds the edition back; accepted, it keeps what was read before', async () => {
    await readAll();
    site.rulings = rulings(60, 1).map((ruling) =>
      ruling.reference === '600000007' ? { ...ruling, expiry: '31 Feb 2027', description: 'Another toy' } : ruling,
    );
    const report = await runOn('2026-03-30');
    expect(report).toMatchObject({ state: 'quarantined' });
    expect(report.message).toContain("600000007: expiry date '31 Feb 2027'");
    expect(await runOn('2026-03-30', 'misprint, asked HMRC')).toMatchObject({ state: 'published' });
    expect(await rowsOf('600000007')).toMatchObject([{ data: { description: 'Toy number 7' }, known_to: null }]);
  });

  it.each([
    [
      'a page of the list laid out anew',
      () => site.pages.set(2, '<html><main><div id="app"></div></main></html>'),
      /discovery: list of rulings, page 2: layout not recognised, missing links to rulings/,
    ],
    [
      'a short page in the middle',
      () => site.pages.set(2, listPage(rulings(60, 1), 2).replace('/ruling/600000020', '/gone/600000020')),
      /page 2: layout not recognised, missing 25 rulings \(it links to later pages and has 24\)/,
    ],
    [
      'a full page that does not say whether it is the last',
      () => site.pages.set(1, listPage(rulings(60, 1), 1, false).replace(/<nav>.*<\/nav>/, '')),
      /page 1: layout not recognised, missing a link to page 2, or how many rulings there are/,
    ],
  ])('%s is named, never read as less', async (_, change, message) => {
    change();
    const report = await runOn('2026-03-02');
    expect(report).toMatchObject({ state: 'quarantined', message: expect.stringMatching(message) });
    expect(await countOf('ruling')).toBe(0);
  });

  it('without a stated total the links tell where the list ends', async () => {
    site.saysTotal = false;
    site.rulings = rulings(50, 1);
    await readAll();
    expect(await countOf('ruling')).toBe(50);
    expect(listAsked()).toEqual(['1', '2', '1', '2']);
  });

  it('asks nothing of a site whose robots.txt closes it', async () => {
    site.robots = 'User-agent: *\nDisallow: /search-for-advance-tariff-rulings/ruling\n';
    expect(await runOn('2026-03-02')).toMatchObject({
      state: 'failed',
      message: expect.stringContaining('robots.txt'),
    });
    expect(site.asked).toEqual(['/robots.txt']);
  });

  it('says the same when kept pages are parsed again, silences included', async () => {
    site.gone.add('600000007');
    await readAll();
    site.gone.clear();
    await runOn('2026-03-03');
    site.gone.add('600000008');
    await runOn('2026-03-30');
    now = '2026-04-01T00:00:00.000Z';
    expect(await replaySource(deps, source)).toMatchObject({ state: 'unchanged', message: null });
  });

  it('is asked daily at one request a second, is partial in all it covers, and is not offered by a mirror without it', async () => {
    expect(gbAtar.http?.minDelayMs).toBe(1000);
    expect(Object.keys(gbAtar.covers.partial ?? {})).toEqual(gbAtar.covers.families);
    expect(await isOffered(gbAtar, await openMirror(await writeMirror({ '': [] })), '2026-03-02')).toBe(false);
  });
});
