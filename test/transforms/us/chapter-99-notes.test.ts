import { describe, expect, it } from 'vitest';
import { parseChapter99Notes } from '../../../transforms/us/chapter-99-notes.ts';

const HEAD = [
  'Harmonized Tariff Schedule of the United States Revision 6 (2026)',
  'Annotated for Statistical Reporting Purposes',
  'XXII',
];
const page = (number: number, ...lines: string[]) => [...HEAD, `99 - III - ${number}`, ...lines].join('\n');
const first = (...lines: string[]) =>
  [...HEAD.slice(0, 2), 'SUBCHAPTER III', 'XXII', '99-III-1', 'U.S. Notes', ...lines].join('\n');
const TABLE = page(
  9,
  'Heading/ Stat. Unit Rates of Duty',
  'Subheading Suf- of',
  '9903.01.01 1/ Except for products of 8471.30.01',
);

/** Notes are numbered upwards with small gaps; a numbered item within a note is smaller than the note. */
const TO_TWENTY = ['6. Six.', '13. Thirteen.'];

const read = (...pages: string[]) => {
  const { subdivisions, issues } = parseChapter99Notes([...pages, TABLE]);
  const numbers = Object.fromEntries(
    subdivisions.map((part) => [part.key, part.numbers.map((number) => number.digits)]),
  );
  return { subdivisions, issues, numbers, keys: subdivisions.map((part) => part.key) };
};

describe('parseChapter99Notes', () => {
  it('reads lists over page breaks with their heading, and stops before the table of headings', () => {
    const { numbers, subdivisions } = read(
      first(
        '1. This subchapter contains modifications.',
        '2. (a) Heading 9903.88.01 applies to goods',
        'classified in:',
        '2845.20.00 2845.30.00',
      ),
      page(2, 'U.S. Notes (con.)', '8401.10.00 8401.20.00', '(b) Other duties apply.'),
    );
    expect(numbers['2(a)']).toEqual(['28452000', '28453000', '84011000', '84012000']);
    expect(subdivisions.find((part) => part.key === '2(a)')).toMatchObject({
      heading: '99038801',
      page: '99-III-1',
      parent: '2',
    });
    expect(Object.values(numbers).flat()).not.toContain('84713001');
  });

  it('keeps numbers that stand beside the running head', () => {
    const { numbers } = read(
      first('1. (a) Heading 9903.91.01 applies to:'),
      page(2, 'U.S. Notes (con.) 2605.00.00 2606.00.00', '2611.00.60'),
    );
    expect(numbers['1(a)']).toEqual(['26050000', '26060000', '26110060']);
  });

  it('gives rows set above the title of their list to that list, and says so', () => {
    const { numbers, issues } = read(
      first('1. (a) Lists:', '(i) Articles of steel:', '7304 7305'),
      page(
        2,
        'U.S. Notes (con.) 7301.20.10',
        '7307.19.90',
        '(ii) Derivative steel articles: 7307.22.50 7307.23.00',
        '7407.10.30',
        '(iii) Articles of copper:',
        '7406.10.00',
      ),
    );
    expect(numbers['1(a)(i)']).toEqual(['7304', '7305']);
    expect(numbers['1(a)(ii)']?.toSorted()).toEqual(['73012010', '73071990', '73072250', '73072300']);
    expect(numbers['1(a)(iii)']).toEqual(['74061000', '74071030']);
    expect(issues.map((issue) => issue.code)).toEqual(['columns-shifted', 'columns-shifted']);
  });

  it('does not take wrapped cross-references for subdivisions', () => {
    const { keys } = read(
      first(
        '1. (a) Articles classifiable under subdivision',
        '(b) as amended are covered, and those of subdivisions',
        '(c) and (f) of U.S. note 40 are not; see',
        '(g) of this note or meeting the requirements, and',
        '(b), (c), and (d) to this note.',
        '(b) Heading 9903.01.02 covers donations.',
      ),
    );
    expect(keys).toEqual(['1', '1(a)', '1(b)']);
  });

  it('tells (i) the letter from (i) the numeral by what follows', () => {
    const { keys } = read(
      first(
        '1. (g) One.',
        '(h) Heading 9903.94.06 applies to articles',
        '(i) that are eligible; or',
        '(ii) that are not parts.',
        '(i) Heading 9903.94.31 applies.',
        '(j) More.',
      ),
    );
    expect(keys).toEqual(['1', '1(g)', '1(h)', '1(h)(i)', '1(h)(ii)', '1(i)', '1(j)']);
  });

  it('follows letters past (z), gaps of deleted subdivisions, two markers on a line and none after them', () => {
    const { keys } = read(
      first(
        '2.',
        '(c) Three.',
        '(j) Ten.',
        '(m) Thirteen.',
        '(s) Nineteen.',
        '(u) Twenty-one.',
        '(v) (i) Except as provided.',
        '(ii) Donations.',
        '(iii)',
        '(a) Products.',
        '(x)',
        '(z) Last.',
        '(aa)',
        '(i) First.',
      ),
    );
    expect(keys).toEqual([
      '2',
      '2(c)',
      '2(j)',
      '2(m)',
      '2(s)',
      '2(u)',
      '2(v)',
      '2(v)(i)',
      '2(v)(ii)',
      '2(v)(iii)',
      '2(v)(iii)(a)',
      '2(x)',
      '2(z)',
      '2(aa)',
      '2(aa)(i)',
    ]);
  });

  it('reads (II) between (kk) and (mm) as (ll), and words in parentheses as words', () => {
    const { keys, issues } = read(
      first(
        '1. (x) A.',
        '(z) B.',
        '(gg) C.',
        '(II) The U.S. Trade Representative determined:',
        '(1) Fittings of plastics',
        '(ABS) plastics (described in 8413.20.0000)',
        '(mm) D.',
      ),
    );
    expect(keys).toEqual(['1', '1(x)', '1(z)', '1(gg)', '1(ll)', '1(ll)(1)', '1(mm)']);
    expect(issues.map((issue) => issue.code)).toEqual(['subdivision-misprinted']);
  });

  it('makes a note of one that is printed as a subdivision, and keeps apart two notes of one number', () => {
    const { keys, issues } = read(
      first(
        ...TO_TWENTY,
        '20. (a) A.',
        '(1) Item (described in 8413.20.0000)',
        '(21)(a) For the purposes of subheading 9903.89.05, goods.',
        '(b) Aircraft.',
        '21. (a) For purposes of subheading 9903.19.23, powder.',
        '22. [Note deleted.]',
      ),
    );
    expect(keys.slice(-6)).toEqual(['21', '21(a)', '21(b)', '21#2', '21#2(a)', '22']);
    expect(issues.map((issue) => issue.code)).toContain('note-misnumbered');
    expect(issues.map((issue) => issue.code)).toContain('note-repeated');
  });

  it('tells what is taken out of a subheading from what is listed', () => {
    const { subdivisions } = read(
      first(
        ...TO_TWENTY,
        '20. (a) For the purposes of heading 9903.88.04, these:',
        '8. Other seats except for other seats of plastics, provided for in',
        '[subheading] 9401.80.40, except for such seats provided for in statistical reporting number 9401.80.4001;',
        '9. Other, provided for in 9401.80.60.',
      ),
    );
    expect(subdivisions.find((part) => part.key === '20(a)')?.numbers).toEqual([
      { digits: '94018040', use: 'listed', table: false },
      { digits: '9401804001', use: 'excepted', table: false },
      { digits: '94018060', use: 'listed', table: false },
    ]);
  });

  it('separates numbers that run together and mends misprinted ones', () => {
    const { numbers, issues } = read(
      first(
        '1. (a) Heading 9903.90.08 covers:',
        '7606760776087601',
        '7216.10.007216.21.00',
        '2803;00.00 4904.00.00',
        '7217,10.90',
      ),
    );
    expect(numbers['1(a)']).toEqual([
      '7606',
      '7607',
      '7608',
      '7601',
      '72161000',
      '72162100',
      '28030000',
      '49040000',
      '72171090',
    ]);
    expect(issues.map((issue) => issue.code)).toEqual(['number-misprinted', 'number-misprinted']);
  });

  it('names no numbers of chapters 98 and 99, but knows which headings a text names', () => {
    const { subdivisions } = read(
      first(
        '1. (a) As provided in heading 9903.01.32, not under 9802.00.80 or headings 9903.82.02–9903.82.04, but 8471.30.01.',
      ),
    );
    const part = subdivisions.find(({ key }) => key === '1(a)');
    expect(part?.numbers.map((number) => number.digits)).toEqual(['84713001']);
    expect(part?.heading).toBe('99030132');
    expect(part?.headings).toEqual(['99030132', '99038202', '99038204']);
  });

  it('says when there are no notes', () => {
    expect(parseChapter99Notes(['', ''])).toMatchObject({ subdivisions: [], issues: [{ code: 'notes-missing' }] });
  });
});
