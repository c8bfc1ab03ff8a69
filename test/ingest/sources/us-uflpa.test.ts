import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import entities from '../../../ingest/sources/us-uflpa-entities.ts';
import sectors, { US_UFLPA_SECTORS, usUflpaSectorBytes } from '../../../ingest/sources/us-uflpa-sectors.ts';
import type { Fetcher } from '../../../ingest/fetch/fetcher.ts';
import type { Issue } from '../../../ingest/source.ts';
import { DECLARATIONS } from '../../../ingest/sources/us-programmes/all.ts';
import { tariffRecord } from '../../../transforms/records.ts';
import { entityNames } from '../../../transforms/reference/uflpa.ts';
import { editionFiles } from '../../support/edition-files.ts';
import { collect, contextFor, edition } from '../../support/source-run.ts';

const page = readFileSync(new URL('../../fixtures/us.uflpa-entities/page.html', import.meta.url));

/** A declaration asks nobody: any request is a fault. */
const nobody: Fetcher = {
  get: () => Promise.reject(new Error('a request')),
  download: () => Promise.reject(new Error('a request')),
  close: () => Promise.resolve(),
};

// A page of our own in the documented shape: the real one has not been read.
describe('us.uflpa-entities', () => {
  test('entities by statutory list, with aliases, subsidiaries and effective date', async () => {
    const issues: Issue[] = [];
    const rows = entities.parse(editionFiles({ page }), edition('x'));
    const records = (await collect(entities.normalise(rows, contextFor('x', issues)))).map((r) =>
      tariffRecord.parse(r),
    );
    expect(records.map((r) => ('valid_from' in r ? [r.natural_key, r.valid_from] : []))).toEqual([
      ['2(d)(2)(B)(i):EXAMPLE TEXTILE CO., LTD.', '2022-06-21'],
      ['2(d)(2)(B)(i):EXAMPLE SILICON INDUSTRY CO., LTD.', '2022-06-21'],
      ['2(d)(2)(B)(ii):PLACEHOLDER FOODS GROUP', '2025-01-15'],
    ]);
    expect(records[0]).toMatchObject({
      data: {
        name: 'Example Textile Co., Ltd.',
        aliases: ['Sample Textile', 'Specimen Weaving Co., Ltd.'],
        subsidiaries: ['Model Yarn Co., Ltd.'],
      },
    });
    expect(issues.map(({ severity, code }) => [severity, code])).toEqual([['error', 'bad-effective-date']]);
  });

  test('a page without the tables stops the edition', async () => {
    const rows = entities.parse(
      editionFiles({ page: Buffer.from('<html><table><tr><th>x</th></tr></table></html>') }),
      edition('x'),
    );
    await expect(collect(rows)).rejects.toThrow(/no table/);
  });

  test('names without the grammar stay whole', () => {
    expect(entityNames('Plain Trading and Logistics Co., Ltd.')).toEqual({
      name: 'Plain Trading and Logistics Co., Ltd.',
      aliases: [],
      subsidiaries: [],
    });
  });
});

describe('us.uflpa-sectors', () => {
  test('every code is labelled inferred; a sector is known from the report that named it', async () => {
    const [first] = await collect(sectors.discover({ fetch: nobody, known: [], today: '2026-11-20' }));
    expect(first?.label).toBe('2022-06-17');
    const at = async (day: string) => {
      const rows = sectors.parse(editionFiles({ declaration: usUflpaSectorBytes(day) }), edition(day));
      return await collect(sectors.normalise(rows, contextFor(day)));
    };
    const has = (records: Awaited<ReturnType<typeof at>>, sector: string) =>
      records.some((r) => r.kind === 'reference' && r.data['sector'] === sector);
    expect([has(await at('2022-06-17'), 'cotton'), has(await at('2022-06-17'), 'seafood')]).toEqual([true, false]);
    expect(has(await at('2025-08-19'), 'steel')).toBe(true);
    for (const { record } of US_UFLPA_SECTORS) expect(record.data['authority']).toBe('inferred');
  });

  test('is the one place for them: no programme of duties declares a sector, none begins before the presumption', () => {
    expect(DECLARATIONS.filter(({ data }) => /uflpa|sector/i.test(`${data.program} ${data.title}`))).toEqual([]);
    expect(new Set(US_UFLPA_SECTORS.map(({ record }) => record.valid_from))).toEqual(
      new Set(['2022-06-21', '2024-07-09', '2025-08-19']),
    );
  });
});
