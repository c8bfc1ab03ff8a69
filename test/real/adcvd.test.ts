import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import adcvd from '../../ingest/sources/us-adcvd.ts';
import ita from '../../ingest/sources/us-ita-adcvd.ts';
import { openMirror } from '../../ingest/fetch/mirror.ts';
import type { Issue, Source } from '../../ingest/source.ts';
import { tariffRecord } from '../../transforms/records.ts';
import { editionFiles } from '../support/edition-files.ts';
import { collect, contextFor, edition } from '../support/source-run.ts';

const us = new URL('../../../shared/mirror/us/', import.meta.url);

async function load<Row>(source: Source<Row>) {
  const fetch = await openMirror(us.pathname);
  const [found] = await collect(source.discover({ fetch, known: [], today: '2026-11-20' }));
  const parts: Record<string, Buffer> = {};
  for (const part of found?.parts ?? []) {
    const answer = await fetch.get(part.url, { expect: part.expect });
    if (answer.outcome === 'ok') parts[part.part] = answer.body;
  }
  await fetch.close();
  const issues: Issue[] = [];
  const rows = source.parse(editionFiles(parts), edition('x'));
  const all = (await collect(source.normalise(rows, contextFor('x', issues)))).map((r) => tariffRecord.parse(r));
  return { found, issues, records: all.flatMap((record) => (record.kind === 'reference' ? [record] : [])) };
}

describe.skipIf(!existsSync(us))('AD/CVD of the mirror', () => {
  test('the excerpt of September 2026: its orders with all their traps', async () => {
    const { records, issues } = await load(adcvd);
    const orders = records.filter((r) => r.topic === 'order');
    const listed = orders.filter((r) => JSON.stringify(r.data['notices']).includes('2026-17810'));
    expect(listed.map((r) => [r.natural_key, r.subject, r.data['product']])).toEqual([
      ['A-201-847', 'MX', 'Heavy Walled Rectangular Welded Carbon Steel Pipes and Tubes'],
      ['A-412-824', 'GB', 'Cold-Rolled Steel Flat Products'],
      ['A-489-816', 'TR', 'Certain Oil Country Tubular Goods'],
      ['A-533-857', 'IN', 'Certain Oil Country Tubular Goods'],
      ['A-533-865', 'IN', 'Cold-Rolled Steel Flat Products'],
      ['A-533-919', 'IN', 'Mattresses'],
      ['A-570-190', 'CN', 'Sol Gel Alumina-Based Ceramic Abrasive Grains'],
      ['A-570-860', 'CN', 'Steel Concrete Reinforcing Bars'],
      ['A-822-804', 'BY', 'Steel Concrete Reinforcing Bars'],
      ['C-533-866', 'IN', 'Cold-Rolled Steel Flat Products'],
      ['C-580-882', 'KR', 'Cold-Rolled Steel Flat Products'],
    ]);
    expect(
      orders.every((r) => r.data['product'] === null || !/-----|for November/.test(String(r.data['product']))),
    ).toBe(true);
    const codes: Record<string, number> = {};
    for (const { code } of issues) codes[code] = (codes[code] ?? 0) + 1;
    // 11 of the excerpt, 7 more of the reviewed extract, 2 that only a rate names; 51 tariff numbers.
    expect([orders.length, records.length]).toEqual([20, 71]);
    expect(codes).toEqual({
      'anniversary-months-missing': 1,
      'heading-in-product': 1,
      // "Review-Specific Rate for Non-Examined Companies", marked as all others in the extract.
      'not-all-others': 1,
      'order-without-codes': 12,
      'reversed-period': 1,
      'unmatched-rate': 2,
    });
  });

  test('the retired search: ten orders with their numbers', async () => {
    const { records, issues } = await load(ita);
    expect(records.filter((r) => r.topic === 'order').map((r) => [r.natural_key, r.subject])).toEqual([
      ['A-351-842', 'BR'],
      ['A-471-807', 'PT'],
      ['A-533-843', 'IN'],
      ['A-560-828', 'ID'],
      ['A-602-807', 'AU'],
      ['C-122-854', 'CA'],
      ['C-533-844', 'IN'],
      ['C-560-829', 'ID'],
      ['C-570-023', 'CN'],
      ['C-570-921', 'CN'],
    ]);
    expect(issues.map(({ code }) => code)).toContain('page-of-many');
    expect(records.find((r) => r.natural_key === 'C-570-921:48201020')).toMatchObject({
      topic: 'order-scope',
      subject: 'CN',
    });
  });
});
