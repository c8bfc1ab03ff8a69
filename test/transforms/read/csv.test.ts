import { describe, expect, it } from 'vitest';
import { csvRecords, csvTable } from '../../../transforms/read/csv.ts';

describe('CSV', () => {
  it('reads quoted line ends, CRLF, a byte order mark and the null token', () => {
    const bytes = Buffer.from('\uFEFFcode,text\r\n01,"a, ""b""\nc"\r\n02,#NA\r\n');
    expect(csvRecords(bytes, ['code', 'text'], { nullToken: '#NA' })).toEqual([
      { code: '01', text: 'a, "b"\nc' },
      { code: '02', text: null },
    ]);
  });

  it('refuses a shifted row and says which', () => {
    expect(() => csvTable(Buffer.from('a,b\n1,2\n1,2,3\n'))).toThrow('row 3: 3 cells under 2 names');
  });

  it('refuses a table without a column it needs and one whose names repeat', () => {
    expect(() => csvRecords(Buffer.from('a,b\n1,2\n'), ['c'])).toThrow('no column c in a, b');
    expect(() => csvRecords(Buffer.from('a,a\n1,2\n'), ['a'])).toThrow("two columns are called 'a'");
  });

  it('does not guess the delimiter', () => {
    expect(csvTable(Buffer.from('a;b\n1,5;2\n'), { delimiter: ';' }).rows).toEqual([['1,5', '2']]);
  });

  it('reads Latin-1 where it is declared', () => {
    expect(csvTable(Buffer.from([0x61, 0xa3, 0x0a, 0x31]), { encoding: 'latin1' }).header).toEqual(['a£']);
  });
});
