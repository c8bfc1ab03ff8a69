import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Issue } from '../../ingest/source.ts';
import { usChapter99Notes } from '../../ingest/sources/us-chapter-99-notes.ts';
import { pdfText } from '../../transforms/read/pdf-text.ts';
import { referenceRecord, type ReferenceRecord } from '../../transforms/records.ts';
import { parseChapter99Notes } from '../../transforms/us/chapter-99-notes.ts';
import { editionFiles } from '../support/edition-files.ts';
import { collect, contextFor } from '../support/source-run.ts';

const MIRROR = '../shared/mirror/us';
const here = existsSync(`${MIRROR}/chapter99/chapter99_2026_rev_6.pdf`);
if (!here) console.warn('skipped: chapter 99 of ../shared is not here');

describe.skipIf(!here)('U.S. notes of chapter 99, 2026 Revision 6', async () => {
  const pdf = here ? readFileSync(`${MIRROR}/chapter99/chapter99_2026_rev_6.pdf`) : Buffer.alloc(0);
  const { subdivisions, issues } = here ? parseChapter99Notes(await pdfText(pdf)) : { subdivisions: [], issues: [] };
  const numbers = new Map(subdivisions.map((part) => [part.key, part.numbers.map((number) => number.digits)]));
  /** A subdivision's own numbers and those of the subdivisions under it. */
  const within = (key: string) =>
    new Set(
      [...numbers].filter(([other]) => other === key || other.startsWith(`${key}(`)).flatMap(([, digits]) => digits),
    );

  const oracle = here
    ? (
        JSON.parse(gunzipSync(readFileSync(`${MIRROR}/lists/note-coverage-2026rev6.json.gz`)).toString('utf8')) as {
          notes: Record<string, string[]>;
        }
      ).notes
    : {};

  it('finds the lists of the China duties at their published sizes', () => {
    const eight = (key: string) => [...within(key)].filter((digits) => digits.length === 8).length;
    expect(
      ['20(b)', '20(d)', '20(f)', '20(g)', '20(s)', '20(u)', '31(b)', '30(b)', '30(d)'].map((key) => [
        key,
        eight(key),
        within(key).size,
      ]),
    ).toEqual([
      ['20(b)', 856, 856],
      ['20(d)', 283, 283],
      ['20(f)', 5906, 5906],
      ['20(g)', 11, 29],
      ['20(s)', 2963, 2979],
      ['20(u)', 546, 582],
      ['31(b)', 348, 348],
      ['30(b)', 553, 553],
      ['30(d)', 127, 127],
    ]);
    const heading = (key: string) => subdivisions.find((part) => part.key === key)?.heading;
    expect(['20(b)', '20(d)', '20(f)', '20(g)', '20(s)(i)', '20(u)', '31(b)'].map(heading)).toEqual([
      '99038801',
      '99038802',
      '99038803',
      '99038804',
      '99038815',
      '99038816',
      '99039101',
    ]);
  });

  it('agrees number by number with the independent parse of note 20', () => {
    const rows = gunzipSync(readFileSync(`${MIRROR}/lists/note20_lists_2026rev6_parsed.csv.gz`))
      .toString('utf8')
      .trim()
      .split('\n')
      .slice(1);
    const lists = new Map<string, Set<string>>();
    for (const row of rows) {
      const [note = '', , code = ''] = row.trim().split(',');
      lists.set(note, (lists.get(note) ?? new Set()).add(code));
    }
    expect([...lists.keys()].sort()).toEqual(['20(b)', '20(d)', '20(f)', '20(g)', '20(s)', '20(u)']);
    for (const [note, codes] of lists) expect([note, [...within(note)].sort()]).toEqual([note, [...codes].sort()]);
  });

  it('agrees with the independent parse of all notes but for named differences', () => {
    const moved = (key: string) => key.replace('20(www)(21)', '21');
    const differences = Object.entries(oracle).flatMap(([key, codes]) => {
      // The independent parse does not know (II) for (ll), and calls the misnumbered note 21 a part of note 20.
      const mine = /^20\(gg\)\(\d+\)$/.test(key) ? within(key.replace('(gg)', '(ll)')) : within(moved(key));
      const own = new Set(numbers.get(moved(key)) ?? []);
      const parts = codes.every((code) => own.has(code)) ? own : mine;
      const missing = codes.filter((code) => !parts.has(code));
      // The independent parse leaves chapter 98 out.
      const extra = [...parts].filter((code) => code < '98' && !codes.includes(code));
      return missing.length + extra.length > 0 ? [[key, missing.length, extra.length]] : [];
    });
    expect(differences).toEqual([
      // Four numbers beside the running head of a page, which the independent parse drops; HTS 2026 Revision 15 counts 1,097 + 1 in (aa)(ii).
      ['2(x)(iii)(a)', 0, 4],
      ['2(aa)(ii)', 0, 4],
      ['2(aa)(iv)', 0, 4],
      // Page 99-III-65 is set with shifted columns: 39 steel, 139 derivative steel, 76 copper, as in Annex I-A of Proclamation 11021.
      ['16(c)(iii)', 3, 0],
      ['16(c)(iv)', 13, 6],
      ['16(c)(v)', 0, 13],
      // '8716,80.5090': the independent parse reads 80.50.90.
      ['20(gg)(70)', 1, 0],
      // '2803;00.00' and '7217,10.90' are no headings.
      ['30(b)', 1, 1],
      ['30(d)', 1, 1],
      ['31(b)', 0, 3],
      // Numbers of the table of headings that follows the last note.
      ['39(d)(vii)', 117, 0],
    ]);
    expect(Object.keys(oracle).length).toBe(3691);
  });

  it('reads the same from the text rendition', () => {
    const text = gunzipSync(readFileSync(`${MIRROR}/chapter99/chapter99_2026_rev_6.txt.gz`)).toString('latin1');
    const again = parseChapter99Notes(text.split('\f'));
    const plain = (parts: typeof subdivisions) => parts.map((part) => [part.key, part.heading, part.numbers]);
    expect(plain(again.subdivisions)).toEqual(plain(subdivisions));
  });

  it('names every repair', () => {
    expect(issues.map((issue) => issue.code)).toEqual([
      'number-misprinted',
      'number-misprinted',
      'subdivision-misprinted',
      'note-misnumbered',
      'note-repeated',
      'columns-shifted',
      'columns-shifted',
    ]);
  });

  it('becomes records of the source', async () => {
    const label = '2026HTSRev6';
    const noted: Issue[] = [];
    const files = editionFiles({
      'chapter-99': pdf,
      'change-record': readFileSync(`${MIRROR}/chapter99/change-records/${label}_change_record.pdf`),
    });
    const edition = { label, publishedAt: null, effectiveDate: null, parts: [] };
    expect(await usChapter99Notes.describe?.(files, edition, contextFor(edition))).toMatchObject({
      effectiveDate: '2026-04-23',
    });
    const records = (await collect(
      usChapter99Notes.normalise(usChapter99Notes.parse(files, edition), contextFor(edition, noted)),
    )) as ReferenceRecord[];
    for (const record of records) referenceRecord.parse(record);
    const keys = records.map((record) => record.natural_key);
    expect(keys.length - new Set(keys).size).toBe(0);
    expect(noted.every((issue) => issue.severity === 'warning')).toBe(true);
    const entries = records.filter((record) => record.topic === 'list-entry');
    expect(entries.length).toBeGreaterThan(26_000);
    for (const golden of usChapter99Notes.expect.golden ?? [])
      expect(records.find((record) => record.natural_key === golden.natural_key)).toMatchObject(golden.has);
    // Carve-outs of the splits are no members: 18 in 20(g), 16 in 20(s)(ii), 36 in 20(u).
    const exceptions = (subject: string) =>
      records.filter((record) => record.topic === 'list-exception' && record.subject === subject).length;
    expect(['note:20(g)', 'note:20(s)(ii)', 'note:20(u)'].map(exceptions)).toEqual([18, 16, 36]);
    // Exclusions in force (note 20(vvv)): 164 items, most of them goods described inside a number.
    const items = subdivisions.filter((part) => /^20\(vvv\)\([ivx]+\)\(\d+\)$/.test(part.key));
    expect(items.length).toBe(164);
    const described = new Set(
      entries
        .filter((entry) => entry.subject?.startsWith('note:20(vvv)') && entry.data.condition === 'described-article')
        .map((entry) => entry.subject),
    );
    // The other 27 items are bare statistical numbers ('5603.92.0090 prior to July 1, 2022; …' among them).
    expect(described.size).toBe(137);
    const bare = items.filter((part) => !described.has(`note:${part.key}`));
    expect(bare.every((part) => part.text.length < 120)).toBe(true);
  });
});
