import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import source, { dailyRates, historyRates } from '../../../ingest/sources/fx-ecb.ts';
import type { Issue } from '../../../ingest/source.ts';
import { tariffRecord } from '../../../transforms/records.ts';
import { editionFiles } from '../../support/edition-files.ts';
import { collect, contextFor, edition } from '../../support/source-run.ts';

const fixture = (name: string) => readFileSync(new URL(`../../fixtures/fx.ecb/${name}`, import.meta.url));

describe('fx.ecb', () => {
  test('reads the history: trailing comma, N/A is no rate', () => {
    const rates = [...historyRates(fixture('eurofxref-hist.csv'))];
    expect(rates).toHaveLength(7);
    expect(rates.some(({ currency }) => currency === '' || currency === 'CYP')).toBe(false);
    expect(rates.filter(({ date }) => date === '2026-10-14')).toEqual([
      { date: '2026-10-14', currency: 'USD', rate: '1.1488' },
    ]);
  });

  test('a rate is valid on its day only; days before the scope are counted, not lost in silence', async () => {
    const issues: Issue[] = [];
    const rows = historyRates(fixture('eurofxref-hist.csv'));
    const records = await collect(source.normalise(rows, contextFor('history', issues)));
    expect(records).toHaveLength(5);
    expect(records[0]).toMatchObject({
      natural_key: 'EUR:USD:2026-10-16',
      subject: 'USD',
      data: { base: 'EUR', quote: 'USD', rate: '1.1512', kind: 'daily', source: 'ecb' },
      valid_from: '2026-10-16',
      valid_to: '2026-10-17',
    });
    records.forEach((record) => tariffRecord.parse(record));
    expect(issues).toEqual([{ severity: 'info', code: 'before-scope', message: '2 rates before 2018-01-01 left out' }]);
  });

  test('a value that is no rate is an error, not a record', async () => {
    const issues: Issue[] = [];
    const rows = [{ date: '2026-10-16', currency: 'USD', rate: '1,1512' }];
    expect(await collect(source.normalise(rows, contextFor('x', issues)))).toEqual([]);
    expect(issues.map(({ severity, code }) => [severity, code])).toEqual([['error', 'bad-exchange-rate']]);
  });

  test('reads the daily file', async () => {
    const files = editionFiles({ daily: fixture('eurofxref-daily.xml') });
    expect(await collect(source.parse(files, edition('2026-10-19')))).toEqual([
      { date: '2026-10-19', currency: 'USD', rate: '1.1499' },
      { date: '2026-10-19', currency: 'GBP', rate: '0.86980' },
    ]);
    const cut = fixture('eurofxref-daily.xml').subarray(0, 400);
    await expect(collect(dailyRates(cut))).rejects.toThrow();
  });
});
