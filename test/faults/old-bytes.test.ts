import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { releasesOf } from '../../db/releases.ts';
import { runSource } from '../../ingest/run.ts';
import { ParseFailure } from '../../ingest/parse-failure.ts';
import usChangeRecords from '../../ingest/sources/us-change-records.ts';
import usChapter99Notes, { printedRelease } from '../../ingest/sources/us-chapter-99-notes.ts';
import { usHtsus } from '../../ingest/sources/us-htsus.ts';
import { testDatabase } from '../support/database.ts';
import { editionFiles } from '../support/edition-files.ts';
import { exportBytes, htsExport, withCells } from '../support/hts-export.ts';
import { fetcherAt, startHtsPublisher } from '../support/hts-publisher.ts';
import { ingestDeps } from '../support/ingest-deps.ts';
import { pdfOf } from '../support/pdf.ts';
import { collect, edition } from '../support/source-run.ts';

// The list of editions names a new one; the addresses still answer with the one before (304, or the same bytes with another ETag).
const ROWS = htsExport();
const database = await testDatabase();
const publisher = await startHtsPublisher();
const deps = await ingestDeps(database, fetcherAt(publisher.origin), () => '2026-03-01T12:00:00.000Z');
afterAll(async () => {
  await deps.fetch.close();
  await publisher.close();
});
const run = () => runSource(deps, usHtsus, { trigger: 'manual' });
const published = async () => (await releasesOf(database.db, 'us.htsus')).map((release) => release.label);
const record = (revision: number, ...items: string[]) =>
  pdfOf([
    `Harmonized Tariff Schedule of the United States (2026 Revision ${revision})`,
    'February 12, 2026',
    'Change Record',
    'Item Changed   Nature of change   Effective date of change   Source',
    ...items,
  ]);
const first = { label: '2026HTSRev1', date: '01/16/2026', body: exportBytes(ROWS), changeRecord: record(1) };
const second = { ...first, label: '2026HTSRev2', date: '02/12/2026' };

beforeAll(async () => {
  publisher.editions = [first];
  expect((await run()).state).toBe('published');
});

describe('the current export under a new label', () => {
  it('is held back while it is the old one, whether nothing or another edition speaks for the new label', async () => {
    for (const changeRecord of [undefined, record(1), record(2, '0101.21.00   Modified   02/12/2026   Notice')]) {
      const { changeRecord: _old, ...bare } = second;
      publisher.editions = [first, changeRecord === undefined ? bare : { ...bare, changeRecord }];
      const report = await run();
      expect(report.state).toBe('quarantined');
      expect(report.message).toMatch(
        /^2026HTSRev2: old-bytes: schedule: .* still answers with the bytes of 2026HTSRev1/,
      );
      expect(await published()).toEqual(['2026HTSRev1']);
    }
  });

  it('is published when the change record of the new label says that no number changed', async () => {
    publisher.editions = [first, { ...second, changeRecord: record(2) }];
    expect(await run()).toMatchObject({ state: 'published', message: null });
    expect(await published()).toEqual(['2026HTSRev1', '2026HTSRev2']);
  });

  it('is published when it is new', async () => {
    const body = exportBytes(withCells(ROWS, '9714.99.00', { general: '1%' }));
    publisher.editions = [...publisher.editions, { label: '2026HTSRev3', date: '02/20/2026', body }];
    expect(await run()).toMatchObject({ state: 'published', message: null });
  });
});

describe('documents that name their edition', () => {
  it('a change record of another edition is an error, which holds the edition back', async () => {
    publisher.editions = publisher.editions.map((one) => ({ ...one, changeRecord: record(1) }));
    const report = await runSource(deps, usChangeRecords, { trigger: 'manual' });
    expect(report.state).toBe('quarantined');
    expect(report.message).toContain('the change record filed under 2026HTSRev3 says it is of 2026HTSRev1');
  });

  it('what is no PDF quarantines the edition of either source', async () => {
    const broken = Buffer.from('%PDF-1.4\nnothing of a document\n%%EOF\n');
    for (const [source, part] of [
      [usChangeRecords, 'change-record'],
      [usChapter99Notes, 'chapter-99'],
    ] as const) {
      const rows = source.parse(editionFiles({ [part]: broken }), edition('2026HTSRev3'));
      await expect(collect<unknown>(rows)).rejects.toBeInstanceOf(ParseFailure);
    }
  });

  it('chapter 99 under another label than its page heads print is not read', async () => {
    const head = 'Harmonized Tariff Schedule of the United States Revision 6 (2026)';
    expect(printedRelease([head, `${head}\n1. Note`])).toBe('2026HTSRev6');
    expect(printedRelease(['Harmonized Tariff Schedule of the United States (2026) Basic Edition'])).toBe(
      '2026HTSBasic',
    );
    expect(printedRelease(['SUBCHAPTER III'])).toBeNull();
    const rows = usChapter99Notes.parse(editionFiles({ 'chapter-99': pdfOf([head]) }), edition('2026HTSRev7'));
    await expect(collect<unknown>(rows)).rejects.toThrow('the file of 2026HTSRev7 prints that it is of 2026HTSRev6');
  });
});
