import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import ecb from '../../ingest/sources/fx-ecb.ts';
import hmrc, { monthlyCsv, monthlyXml } from '../../ingest/sources/fx-hmrc.ts';
import { openMirror } from '../../ingest/fetch/mirror.ts';
import type { Issue } from '../../ingest/source.ts';
import { customsMonthRates, type DatedRate } from '../../transforms/reference/exchange-rate.ts';
import { editionFiles } from '../support/edition-files.ts';
import { collect, contextFor, edition } from '../support/source-run.ts';

const mirror = new URL('../../../shared/mirror/fx/', import.meta.url);

describe.skipIf(!existsSync(mirror))('exchange rates of the mirror', () => {
  test('ECB history: 1,374 days from 2018 on, each rate valid for its day', async () => {
    const files = editionFiles({ history: readFileSync(new URL('ecb/eurofxref-hist.zip', mirror)) });
    const issues: Issue[] = [];
    const records = await collect(ecb.normalise(ecb.parse(files, edition('h')), contextFor('h', issues)));
    const dates = new Set(records.map((record) => ('valid_from' in record ? record.valid_from : '')));
    expect([dates.size, records.length]).toEqual([1374, 43_547]);
    expect(issues.map(({ code }) => code)).toEqual(['before-scope']);
    const daily = records.flatMap((record) =>
      record.kind === 'reference' ? [{ ...record.data, valid_from: record.valid_from, valid_to: record.valid_to }] : [],
    ) as unknown as DatedRate[]; // data was checked against the schema when it was made
    const may = customsMonthRates(daily, '2023-05-10');
    // 19 April 2023 was the penultimate Wednesday.
    expect(may.find(({ quote }) => quote === 'USD')?.rate).toBe('1.0933');
  });

  test('HMRC: 42 months under eleven headers', async () => {
    const folder = new URL('hmrc/csv/', mirror);
    const issues: Issue[] = [];
    let count = 0;
    for (const name of readdirSync(folder).sort()) {
      const rows = monthlyCsv(readFileSync(new URL(name, folder)));
      const records = await collect(hmrc.normalise(rows, contextFor(name, issues)));
      expect(records.length, name).toBeGreaterThan(100);
      count += records.length;
    }
    expect(readdirSync(folder)).toHaveLength(42);
    expect([count, issues.map(({ message }) => message)]).toEqual([6086, []]);
  });

  test('HMRC: CSV and XML of a month say the same', async () => {
    for (const month of ['2022-12', '2023-01', '2023-05', '2023-06']) {
      const csv = [...monthlyCsv(readFileSync(new URL(`hmrc/csv/monthly_${month}.csv`, mirror)))];
      const xml = await collect(monthlyXml(readFileSync(new URL(`hmrc/xml/monthly_${month}.xml`, mirror))));
      const rates = new Map(csv.map((row) => [row.currency, row]));
      for (const row of xml) {
        expect(Number(rates.get(row.currency)?.rate), `${month} ${row.currency}`).toBe(Number(row.rate));
        expect(row.start).toBe(`${month}-01`);
      }
    }
  });

  test('the mirror is discovered: the history, then months in order', async () => {
    const fetch = await openMirror(mirror.pathname);
    const context = { fetch, known: [], today: '2026-11-20' };
    expect((await collect(ecb.discover(context))).map(({ label }) => label)).toEqual(['history to 2023-05-12']);
    const months = (await collect(hmrc.discover(context))).map(({ label }) => label);
    expect([months.length, months[0], months.at(-1)]).toEqual([42, '2020-01', '2023-06']);
    await fetch.close();
  });
});
