import { existsSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lookup } from '../../answers/lookup.ts';
import { openHsTitles } from '../../answers/hs-titles.ts';
import { openLineReader } from '../../answers/line-reader.ts';
import { openLineage } from '../../answers/lineage.ts';
import { openLedgerViews } from '../../answers/ledger-view.ts';
import { lookupAnswer } from '../../api/schemas/lookup.ts';
import { searchAnswer } from '../../api/schemas/search.ts';
import { openMirror } from '../../ingest/fetch/mirror.ts';
import { runSource } from '../../ingest/run.ts';
import { usHtsus } from '../../ingest/sources/us-htsus.ts';
import { wcoHs } from '../../ingest/sources/wco-hs.ts';
import { openStore } from '../../snapshots/store.ts';
import { csvRecords } from '../../transforms/read/csv.ts';
import { apiOn, problemOf, read } from '../support/api.ts';
import { testDatabase } from '../support/database.ts';
import { sharedFile } from '../support/edition-load.ts';

const shared = new URL('../../../shared/', import.meta.url);
const present = existsSync(shared);
if (!present) console.warn('skipped: no ../shared with the editions of the tariff');

const EDITIONS = ['2025HTSBasic', '2025HTSRev1', '2026HTSRev10'];
const clock = () => '2026-06-20T00:00:00.000Z';

describe.skipIf(!present)('lookups of the real tariff', async () => {
  if (!present) return;
  const database = await testDatabase();
  let app: FastifyInstance;
  beforeAll(async () => {
    const fetch = await openMirror(new URL('mirror', shared).pathname);
    const store = await openStore(await mkdtemp(join(tmpdir(), 'real-lookup-')));
    const deps = { database, store, fetch, clock, codeVersion: 'test', report: () => undefined };
    await runSource(deps, wcoHs, { trigger: 'manual' });
    const report = await runSource(deps, usHtsus, {
      trigger: 'manual',
      // Two years of changes between the last two are more than one release may bring.
      accept: 'editions in between are left out',
      select: (editions) => editions.filter((edition) => EDITIONS.includes(edition.label)),
    });
    expect(report.outcomes.map(({ state }) => state)).toEqual(['published', 'published', 'published']);
    app = await apiOn(database, {}, clock);
  });
  afterAll(() => app.close());

  const line = async (query: string) => (await read(app, `/api/v1/lookup?${query}`, lookupAnswer)).data;
  const golden = present
    ? csvRecords(sharedFile('golden/us/mfn_rates_2025.csv.gz'), ['hs8', 'mfn_rate', 'rate_type', 'rate_raw'])
    : [];

  it('gives a sample of the golden general rates over HTTP', async () => {
    const sample = golden.filter((_, index) => index % 131 === 0);
    expect(sample).toHaveLength(100);
    for (const row of sample) {
      const data = await line(`code=${row.hs8 ?? ''}&as_of=2025-01-15`);
      const general = data.rates.find((rate) => rate.column === 'general');
      // Lines that are printed with ten digits alone print their rate there.
      const printed = general ?? (await line(`code=${data.children[0]?.code ?? ''}&as_of=2025-01-15`)).rates[0];
      expect([row.hs8, printed?.expression]).toEqual([row.hs8, row.rate_raw?.trim()]);
      if (row.rate_type === 'ad_valorem')
        expect(Number(printed?.ad_valorem_rate)).toBeCloseTo(Number(row.mfn_rate), 10);
    }
  });

  it('gives every golden general rate', async () => {
    expect(golden).toHaveLength(13_073);
    const deps = {
      database,
      views: openLedgerViews(database),
      titles: openHsTitles(database),
      readLine: openLineReader(database),
      lineage: openLineage(database),
    };
    const wrong: unknown[] = [];
    let next = 0;
    const work = async (): Promise<void> => {
      for (let row = golden[next++]; row !== undefined; row = golden[next++]) {
        const code = row.hs8 ?? '';
        const moment = { jurisdiction: 'US', as_of: '2025-01-15', known_at: '2025-01-15T00:00:00.000Z' };
        let { data } = await lookup(deps, { code, ...moment });
        const [child] = data.children;
        if (!data.printed && child?.code) ({ data } = await lookup(deps, { code: child.code, ...moment }));
        const general = data.rates.find((rate) => rate.column === 'general');
        if (general?.expression !== row.rate_raw?.trim()) wrong.push([code, general?.expression, row.rate_raw]);
      }
    };
    await Promise.all(Array.from({ length: 50 }, work));
    expect(wrong).toEqual([]);
  });

  it('answers for all headings that have lines but no row of their own', async () => {
    const { rows } = await sql<{ heading: string }>`
      select distinct left(code, 4) as heading from goods_nomenclature g
      where source_id = 'us.htsus' and code is not null and known_to is null and valid_to is null
        and left(code, 2) < '98' and not exists (select 1 from goods_nomenclature h where h.source_id = 'us.htsus'
          and h.code = left(g.code, 4) and h.known_to is null and h.valid_to is null) order by 1`.execute(database.db);
    expect(rows).toHaveLength(267);
    for (const { heading } of rows) {
      const data = await line(`code=${heading}`);
      expect([heading, data.printed, data.children.length > 0]).toEqual([heading, false, true]);
    }
  });

  it('knows the peculiar lines', async () => {
    expect((await line('code=6109.10')).printed).toBe(false);
    const shirt = await line('code=6109100012');
    expect(shirt.rates.map(({ column, expression }) => [column, expression]).slice(0, 1)).toEqual([
      ['general', '16.5%'],
    ]);
    expect(shirt.footnotes.flatMap(({ refs }) => refs.map(({ formatted }) => formatted))).toContain('9903.88.15');
    expect(shirt.section?.numeral).toBe('XI');

    const plates = await line('code=9006.59.15.20&as_of=2025-01-15');
    expect(plates.rates.find(({ column }) => column === 'column-2')?.inherited_from).toBeNull();
    expect(plates.rates.find(({ column }) => column === 'general')?.inherited_from).not.toBeNull();

    const horses = await line('code=0101');
    expect(horses.children[0]).toMatchObject({ code: null, description: 'Horses:' });
    expect((await line('code=9903.88.15')).rates.find(({ column }) => column === 'general')?.expression).toMatch(
      /7\.5%/,
    );
    expect(problemOf(await app.inject('/api/v1/lookup?code=8471309999'))['nearest_ancestor']).toMatchObject({
      code: '847130',
    });
  });

  it('finds what people look for', async () => {
    const first = async (q: string) =>
      (await read(app, `/api/v1/search?q=${encodeURIComponent(q)}`, searchAnswer)).data.results[0]?.formatted;
    expect(await first('bicycles')).toBe('8712.00');
    expect(await first('umbrellas')).toMatch(/^6601/);
    expect(await first('roasted coffee not decaffeinated')).toMatch(/^0901/);
    expect(await first('frozen shrimp')).toMatch(/^0306/);
  });
});
