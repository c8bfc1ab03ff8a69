import { describe, expect, test } from 'vitest';
import source from '../../../ingest/sources/us-quota-status.ts';
import type { Fetcher } from '../../../ingest/fetch/fetcher.ts';
import type { Issue } from '../../../ingest/source.ts';
import { tariffRecord } from '../../../transforms/records.ts';
import { contradictions, quotaLine, reportDate } from '../../../transforms/us/quota-report.ts';
import { editionFiles } from '../../support/edition-files.ts';
import { collect, contextFor, edition } from '../../support/source-run.ts';

const REPORT = [
  'Commodity Status Report October 5, 2026 Quota/License ID Number',
  '01CHEESE07 Cheddar - OTHR 202601 01/01/2026 12/31/2026 - 1000000 KG 250000.5 25.00% OPEN -',
  '01CHEESE07 Cheddar NEW ZEALAND - 202601 01/01/2026 12/31/2026 - 8200000 KG 8200000 100.00% FILL 08/28/2026 00:00: AM',
  '09XLUMBER USTR SOFTWOOD CANADA - 202602 10/01/2026 10/30/2026 - 0 KG - 0.00% EXCL -',
  'Page 1 of 12',
].join('\n');

describe('us.quota-status', () => {
  test('the date stands in the header only', async () => {
    expect(reportDate(REPORT)).toBe('2026-10-05');
    expect(reportDate('Commodity Status Report weekly aug 31')).toBeNull();
    const files = editionFiles({ report: Buffer.from(REPORT) });
    expect(await source.describe?.(files, edition('x'), contextFor('x'))).toMatchObject({
      effectiveDate: '2026-10-05',
      publishedAt: '2026-10-05T00:00:00.000Z',
    });
  });

  test('lines: others, a country of two words, an excluded quota of 0 kg, a damaged time of filling', async () => {
    const issues: Issue[] = [];
    const rows = source.parse(editionFiles({ report: Buffer.from(REPORT) }), edition('x'));
    const records = (await collect(source.normalise(rows, contextFor('x', issues)))).map((r) => tariffRecord.parse(r));
    expect(
      records.flatMap((r) => (r.kind === 'reference' ? [[r.natural_key, r.data['name'], r.data['status']]] : [])),
    ).toEqual([
      ['01CHEESE07:OTHR:202601', 'Cheddar', 'open'],
      ['01CHEESE07:NEW ZEALAND:202601', 'Cheddar', 'filled'],
      ['09XLUMBER:CANADA:202602', 'USTR SOFTWOOD', 'excluded'],
    ]);
    expect(records[1]).toMatchObject({
      data: { filled_on: '2026-08-28', limit: '8200000', share: '1' },
      valid_from: '2026-01-01',
      valid_to: '2027-01-01',
    });
    // A tranche is not a month: it ends with the 30th.
    expect(records[2]).toMatchObject({ data: { entered: null }, valid_to: '2026-10-31' });
    expect(issues).toEqual([]);
  });

  test('a line against itself, and a quota that stands twice, are reported', async () => {
    const line = quotaLine('01A Beef - OTHR 202601 01/01/2026 12/31/2026 - 100 KG 50 40.00% FILL -');
    expect(line && contradictions(line)).toEqual(['0.4 printed, 0.5000 by its quantities', 'filled without a day']);
    const twice = ['10 10.00%', '30 30.00%', '20 20.00%'].map(
      (entered) => `01A Beef - OTHR 202601 01/01/2026 12/31/2026 - 100 KG ${entered} OPEN -`,
    );
    const issues: Issue[] = [];
    const rows = source.parse(editionFiles({ report: Buffer.from(twice.join('\n')) }), edition('x'));
    const records = await collect(source.normalise(rows, contextFor('x', issues)));
    expect(records).toMatchObject([{ data: { entered: '30' } }]);
    expect(issues.map(({ code }) => code)).toEqual(['repeated-quota', 'repeated-quota']);
  });

  test('of a quota that stands twice, the line that reports a quantity counts, be it none', async () => {
    const twice = ['-', '0'].map(
      (entered) => `01A Beef - OTHR 202601 01/01/2026 12/31/2026 - 100 KG ${entered} 0.00% OPEN -`,
    );
    for (const report of [twice, twice.toReversed()]) {
      const rows = source.parse(editionFiles({ report: Buffer.from(report.join('\n')) }), edition('x'));
      const records = await collect(source.normalise(rows, contextFor('x')));
      expect(records).toMatchObject([{ data: { entered: '0' } }]);
    }
  });

  test('a line with a period in a form not known stops the edition: its quota must not vanish', () => {
    const line = '01A Beef - OTHR 202601 01/01/2026 12/31/2026 - 100 KG 50 50.00% HOLD -';
    expect(() => quotaLine(line)).toThrow(/as known/);
    expect(quotaLine('Quota ID Name Period Start End Limit Unit Entered % Status')).toBeNull();
  });

  test('an impossible date stops the edition', () => {
    expect(() => quotaLine('01A Beef - OTHR 202601 02/30/2026 12/31/2026 - 100 KG 50 50.00% OPEN -')).toThrow(/period/);
  });

  test('links are read off the page, oldest first', async () => {
    const page = `<html><a href="/sites/26_0921_commodity_status_report.pdf">new</a>
      <a href="/sites/commodity_status_report_weekly_aug_31.pdf">old</a><a href="/x.pdf">other</a></html>`;
    const fetch: Fetcher = {
      get: (url) =>
        Promise.resolve({
          outcome: 'ok',
          status: 200,
          url,
          mediaType: null,
          etag: null,
          lastModified: null,
          body: Buffer.from(url.endsWith('.pdf') ? url : page),
        }),
      download: () => Promise.reject(new Error('not used')),
      close: () => Promise.resolve(),
    };
    const editions = await collect(source.discover({ fetch, known: [], today: '2026-11-20' }));
    expect(editions.map(({ parts }) => parts[0]?.url)).toEqual([
      'https://www.cbp.gov/sites/commodity_status_report_weekly_aug_31.pdf',
      'https://www.cbp.gov/sites/26_0921_commodity_status_report.pdf',
    ]);
    expect(new Set(editions.map(({ label }) => label)).size).toBe(2);
  });
});
