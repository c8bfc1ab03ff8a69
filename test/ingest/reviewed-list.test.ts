import { describe, expect, it } from 'vitest';
import { reviewedList, type ReviewedList } from '../../ingest/reviewed-list.ts';
import type { Issue } from '../../ingest/source.ts';
import { editionFiles } from '../support/edition-files.ts';
import { collect, contextFor } from '../support/source-run.ts';

const list: ReviewedList = {
  name: 'example',
  title: 'Example',
  url: 'mirror:us/lists/example.csv',
  licence: { name: 'none', attribution: 'us' },
  acts: [
    { citation: 'Act 1', url: null, published: '2025-01-10', effective: '2025-02-01', horizon: '2025-02-01' },
    { citation: 'Act 2', url: null, published: '2025-05-10', effective: '2025-06-01' },
  ],
  format: 'csv',
  columns: ['code', 'from', 'to', 'annex'],
  rows: 3,
  role: 'law',
  families: ['section-232'],
  incomplete: { from: '2025-09-01', reason: 'ten more from September' },
  defects: ['a known weakness'],
  entry: (row) => ({
    subject: `us.example.${row.annex ?? ''}`,
    code: row.code ?? '',
    from: row.from === '' ? '2025-02-01' : (row.from ?? null),
    to: row.to === '' ? null : (row.to ?? null),
    disputed: (row.code ?? '').length < 8 ? 'headings are not in the act' : null,
  }),
  superseded: { group: (row) => row.code ?? '', by: (row) => row.from === '2025-06-01', at: '2025-06-01' },
};

async function run(citation: string, csv: string) {
  const source = reviewedList(list);
  const issues: Issue[] = [];
  const edition = { label: citation, publishedAt: null, effectiveDate: null, parts: [] };
  const records = await collect(
    source.normalise(source.parse(editionFiles({ list: Buffer.from(csv) }), edition), contextFor(edition, issues)),
  );
  return { records: records.flatMap((record) => (record.kind === 'reference' ? [record] : [])), issues };
}

const CSV = 'code,from,to,annex\n7308.20.00,,,a\n7308.20.00,2025-06-01,,b\n8471,,2025-07-01,a\n';

describe('reviewedList', () => {
  it('gives an act only what was known with it: no later rows, no later ends', async () => {
    const { records } = await run('Act 1', CSV);
    expect(records.map((record) => [record.subject, record.code, record.valid_from, record.valid_to])).toEqual([
      ['us.example.a', '73082000', '2025-02-01', undefined],
      ['us.example.a', '8471', '2025-02-01', undefined],
    ]);
  });

  it('ends what a later row replaces', async () => {
    const { records } = await run('Act 2', CSV);
    expect(records.map((record) => [record.subject, record.code, record.valid_to])).toEqual([
      ['us.example.a', '73082000', '2025-06-01'],
      ['us.example.b', '73082000', undefined],
      ['us.example.a', '8471', '2025-07-01'],
    ]);
  });

  it('keeps disputed rows visible, out of the law, with a reason; tells defects and a changed count', async () => {
    const { records, issues } = await run('Act 2', `${CSV}8472,,,a\n8472,,,a\n`);
    expect(records.find((record) => record.code === '8471')?.data).toMatchObject({
      role: 'disputed',
      reason: 'headings are not in the act',
      citation: 'Act 1',
    });
    expect(issues.map((issue) => [issue.severity, issue.code])).toEqual([
      ['info', 'known-defect'],
      ['warning', 'list-row-repeated'],
      ['warning', 'list-row-disputed'],
      ['warning', 'list-count'],
    ]);
  });

  it('refuses what is no tariff number and a file without its columns', async () => {
    await expect(run('Act 2', 'code,from,to,annex\nn/a,,,a\n')).rejects.toThrow(/no tariff number/);
    await expect(run('Act 2', 'hts,from,to,annex\n8471,,,a\n')).rejects.toThrow(/no column code/);
  });

  it('is partial where the act has outgrown the file', () => {
    expect(reviewedList(list).covers).toEqual({
      families: ['section-232'],
      partial: { 'section-232': 'Example: ten more from September' },
    });
  });
});
