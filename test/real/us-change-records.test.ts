import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { pdfText } from '../../transforms/read/pdf-text.ts';
import { type ChangeRecord, parseChangeRecord } from '../../transforms/us/change-record.ts';

const FOLDER = '../shared/mirror/us/chapter99/change-records';
const GOLDEN = '../shared/golden/us';
const here = existsSync(FOLDER) && existsSync(GOLDEN);
if (!here) console.warn('skipped: change records of ../shared are not here');

const rows = (file: string) => readFileSync(`${GOLDEN}/${file}`, 'utf8').trim().split('\n').slice(1);
const FOUR = ['added', 'deleted', 'established', 'discontinued'];

describe.skipIf(!here)('the 43 change records', async () => {
  const records = new Map<string, ChangeRecord>();
  for (const file of here ? readdirSync(FOLDER).sort() : [])
    records.set(
      file.replace('_change_record.pdf', ''),
      parseChangeRecord(await pdfText(readFileSync(`${FOLDER}/${file}`))),
    );

  it('reads release and date of every one', () => {
    expect(records.size).toBe(43);
    for (const [release, record] of records) expect(record.release).toBe(release);
    for (const row of rows('change_record_vs_json.csv')) {
      const [release = '', date] = row.split(',');
      expect([release, records.get(release)?.effectiveDate]).toEqual([release, date]);
    }
    // The annual record of 2025 prints no date of its own.
    expect(records.get('2025HTSBasic')?.effectiveDate).toBe('2025-01-01');
  });

  it('finds the same added, deleted, established and discontinued numbers as the reference', () => {
    const key = (release: string, digits: string, action: string, date: string) =>
      `${release},${digits},${action},${date}`;
    const expected = rows('change_record_items.csv').map((row) => {
      const [release = '', digits = '', action = '', date = ''] = row.split(',');
      return key(release, digits, action, date);
    });
    const found = [...records].flatMap(([release, record]) =>
      record.items
        .filter((item) => FOUR.includes(item.action))
        .map((item) => key(release, item.digits, item.action, item.effective_date ?? '')),
    );
    expect(expected.length).toBe(1378);
    const expectedSet = new Set(expected);
    const foundSet = new Set(found);
    expect({
      missing: expected.filter((row) => !foundSet.has(row)),
      extra: found.filter((row) => !expectedSet.has(row)),
    }).toEqual({
      missing: [],
      extra: [],
    });
    expect(found.length).toBe(expected.length);
  });

  it('does not believe the year 3025', () => {
    const issues = records.get('2025HTSRev16')?.issues ?? [];
    expect(issues.some((issue) => issue.message.includes('3025'))).toBe(true);
  });

  it('says where a record cannot be read', () => {
    const unread = [...records].flatMap(([release, record]) =>
      record.issues
        .filter((issue) => issue.code !== 'change-record-item-date')
        .map((issue) => `${release}: ${issue.message}`),
    );
    expect(unread).toEqual([]);
  });
});
