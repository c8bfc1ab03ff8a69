import { readFileSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import source, { dailyRates, historyRates } from '../../../ingest/sources/fx-ecb.ts';
import type { Fetcher } from '../../../ingest/fetch/fetcher.ts';
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

  test('a day that was missed comes from the history; the next day needs the daily file only', async () => {
    const zip = zipOf('eurofxref-hist.csv', fixture('eurofxref-hist.csv'));
    const fetch: Fetcher = {
      get: (url) => {
        const body = url.endsWith('.zip') ? zip : fixture('eurofxref-daily.xml');
        return Promise.resolve({
          outcome: 'ok',
          status: 200,
          url,
          mediaType: null,
          etag: null,
          lastModified: null,
          body,
        });
      },
      download: () => Promise.reject(new Error('not used')),
      close: () => Promise.resolve(),
    };
    const parts = async (last: string | null) => {
      const known = last === null ? [] : [{ label: last, publishedAt: `${last}T00:00:00.000Z` }];
      const editions = await collect(source.discover({ fetch, known, today: '2026-10-20' }));
      return editions.map((found) => [found.publishedAt?.slice(0, 10), ...found.parts.map(({ part }) => part)]);
    };
    expect(await parts(null)).toEqual([['2026-10-19', 'history', 'daily']]);
    // Friday to Monday.
    expect(await parts('2026-10-16')).toEqual([['2026-10-19', 'daily']]);
    expect(await parts('2026-10-15')).toEqual([['2026-10-19', 'history', 'daily']]);
    expect(await parts('2026-10-19')).toEqual([]);
  });
});

/** A zip archive with one stored member. */
function zipOf(name: string, content: Buffer): Buffer {
  const fields = (signature: number, central: boolean): Buffer => {
    const head = Buffer.alloc(central ? 46 : 30);
    head.writeUInt32LE(signature, 0);
    const at = central ? 16 : 14;
    head.writeUInt32LE(crc32(content), at);
    head.writeUInt32LE(content.length, at + 4);
    head.writeUInt32LE(content.length, at + 8);
    head.writeUInt16LE(name.length, at + 12);
    return head;
  };
  const local = Buffer.concat([fields(0x04034b50, false), Buffer.from(name), content]);
  const central = Buffer.concat([fields(0x02014b50, true), Buffer.from(name)]);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, central, end]);
}
