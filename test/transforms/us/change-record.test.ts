import { describe, expect, it } from 'vitest';
import { parseChangeRecord } from '../../../transforms/us/change-record.ts';

const page = (...lines: string[]) => lines.join('\n');
const TITLE = [
  '1',
  'Harmonized Tariff Schedule of the United States (2026 Revision 2)',
  'February 1, 2026',
  'Change Record',
];
const FRONT = 'updates made to the HTS after 2026 Revision 1, published January 16, 2026.';
const HEAD = 'Item changed Nature of change Effective date Source';

describe('parseChangeRecord', () => {
  it('reads release, date and plain items, and leaves items about notes alone', () => {
    const record = parseChangeRecord([
      page(
        ...TITLE,
        FRONT,
        HEAD,
        'U.S. note 2(aa), subch III, ch 99 Added February 1, 2026 Notice',
        '9903.03.01 Added January 31, 2026 Notice',
      ),
    ]);
    expect(record.release).toBe('2026HTSRev2');
    expect(record.effectiveDate).toBe('2026-02-01');
    expect(record.items).toEqual([
      {
        digits: '99030301',
        action: 'added',
        detail: '',
        effective_date: '2026-01-31',
        source: 'Notice',
        edition: null,
      },
    ]);
    expect(record.issues).toEqual([]);
  });

  it('keeps an item together that wraps inside its parentheses, over a page, where a number begins the line', () => {
    const record = parseChangeRecord([
      page(...TITLE, FRONT, HEAD, '0201.30.5085 Discontinued (transferred to 0201.30.5091 and', '0201.30.5097)'),
      page(
        '2',
        HEAD,
        'February 1, 2026 484(f)',
        '0201.30.5091 Established (transferred from 0201.30.5085 (pt.)) February 1, 2026 484(f)',
      ),
    ]);
    expect(record.items.map((item) => [item.digits, item.action, item.effective_date, item.source])).toEqual([
      ['0201305085', 'discontinued', '2026-02-01', '484(f)'],
      ['0201305091', 'established', '2026-02-01', '484(f)'],
    ]);
  });

  it('survives a parenthesis that is never closed', () => {
    const record = parseChangeRecord([
      page(
        ...TITLE,
        HEAD,
        '9903.45.22 Modified (expired February 7, 2026 PP 10339',
        '9903.45.25 Modified (expired) February 7, 2026 PP 10339',
      ),
    ]);
    expect(record.items.map((item) => [item.digits, item.effective_date, item.source])).toEqual([
      ['99034522', '2026-02-07', 'PP 10339'],
      ['99034525', '2026-02-07', 'PP 10339'],
    ]);
  });

  it('takes the date column, not a date in the description', () => {
    const record = parseChangeRecord([
      page(
        ...TITLE,
        HEAD,
        '8711.40.60 Technical correction (rule beginning',
        'on July 1, 2023)',
        'July 1, 2020 PP 10053',
      ),
    ]);
    expect(record.items[0]).toMatchObject({
      action: 'technical-correction',
      effective_date: '2020-07-01',
      source: 'PP 10053',
    });
  });

  it('writes ranges out and reports a range it cannot', () => {
    const record = parseChangeRecord([
      page(
        ...TITLE,
        HEAD,
        '9903.02.01–9903.02.03 Added August 7, 2025 Executive Order',
        '9903.02.05–9902.01.01 Deleted August 7, 2025 Notice',
      ),
    ]);
    expect(record.items.map((item) => item.digits)).toEqual(['99030201', '99030202', '99030203']);
    expect(record.issues.map((issue) => issue.code)).toEqual(['change-record-item']);
  });

  it('leaves an impossible date open and says so', () => {
    const record = parseChangeRecord([page(...TITLE, HEAD, '9903.94.31 Added June 30, 3025 Notice')]);
    expect(record.items[0]?.effective_date).toBeNull();
    expect(record.issues[0]).toMatchObject({ code: 'change-record-item-date' });
  });

  it('reads the annual record: fifth column, no date of its own', () => {
    const record = parseChangeRecord([
      page(
        'CHANGE RECORD (2025)',
        'take effect on January 1, 2025, endnotes',
        'Item changed Nature of change Effective date Source Edition',
        '0704.90.4025 Discontinued July 1, 2024 484(f) Rev 4',
        '9902.01.01 Deleted N/A N/A 2025',
      ),
    ]);
    expect(record.release).toBe('2025HTSBasic');
    expect(record.effectiveDate).toBe('2025-01-01');
    expect(record.items.map((item) => [item.effective_date, item.source, item.edition])).toEqual([
      ['2024-07-01', '484(f)', 'Rev 4'],
      [null, 'N/A', '2025'],
    ]);
  });

  it('does not take the date of the edition before for its own', () => {
    const record = parseChangeRecord([
      page('Harmonized Tariff Schedule of the United States (2026 Revision 2)', 'Change Record', FRONT, HEAD),
    ]);
    expect(record.effectiveDate).toBeNull();
    expect(record.issues[0]).toMatchObject({ code: 'change-record-date' });
  });
});
