import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import fees from '../../ingest/sources/us-fees.ts';
import quotas from '../../ingest/sources/us-quota-status.ts';
import { openMirror } from '../../ingest/fetch/mirror.ts';
import type { Issue } from '../../ingest/source.ts';
import { editionFiles } from '../support/edition-files.ts';
import { collect, contextFor, edition } from '../support/source-run.ts';

const us = new URL('../../../shared/mirror/us/', import.meta.url);

describe.skipIf(!existsSync(us))('fees and quotas of the mirror', () => {
  test('fees: nine rows, all as the statute and its factor say', async () => {
    const rows = fees.parse(editionFiles({ fees: readFileSync(new URL('fees/us_fees.csv', us)) }), edition('x'));
    const issues: Issue[] = [];
    const records = await collect(fees.normalise(rows, contextFor('x', issues)));
    expect(records.map((record) => record.natural_key)).toHaveLength(9);
    expect(records.find((record) => record.natural_key === 'mpf_formal:2026-10-01')).toMatchObject({
      data: { rate: '0.003464', minimum: '34.58', maximum: '670.86' },
      valid_to: null,
    });
    expect(new Set(issues.map(({ code }) => code))).toEqual(new Set(['unverified-fee']));
  });

  test('quotas: seven lines of three weeks are five quotas', async () => {
    const fetch = await openMirror(us.pathname);
    const [found] = await collect(quotas.discover({ fetch, known: [], today: '2026-11-20' }));
    expect(found?.label).toBe('2026-09-21');
    await fetch.close();
    const files = editionFiles({ report: readFileSync(new URL('quota/cbp_commodity_status_report_lines.txt', us)) });
    expect(await quotas.describe?.(files, edition('x'), contextFor('x'))).toMatchObject({
      effectiveDate: '2026-09-21',
    });
    const issues: Issue[] = [];
    const records = await collect(quotas.normalise(quotas.parse(files, edition('x')), contextFor('x', issues)));
    expect(records.map((record) => record.natural_key)).toEqual([
      '0299035402BEEF:OTHR:202601',
      '0201101BEEF03:ARGENTINA:202601',
      '025085ARBEEF:ARGENTINA:202603',
      '0201101BEEF03:OTHR:202601',
      '0299035402BEEF:CANADA:202601',
    ]);
    expect(records[0]).toMatchObject({ data: { entered: '31128697.86' } });
    expect(issues.map(({ code }) => code)).toEqual(['repeated-quota', 'repeated-quota']);
  });
});
