import readXlsxFile from 'read-excel-file/node';
import { describe, expect, it } from 'vitest';
import { fromSerial, xlsxCreated, xlsxRows, type Cell } from '../../../transforms/read/xlsx.ts';
import { collect } from '../../support/source-run.ts';
import { workbookOf, zipOf } from '../../support/workbook.ts';

const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';

function sheetOf(cells: string, parts: Record<string, string> = {}): Buffer {
  const relation = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  return zipOf({
    'xl/workbook.xml': `<workbook ${main} xmlns:r="${relation}"><sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>`,
    'xl/worksheets/sheet1.xml': `<worksheet ${main}><sheetData>${cells}</sheetData></worksheet>`,
    ...parts,
  });
}

describe('workbook rows', () => {
  it.each([false, true])('equal what another reader finds (shared strings: %s)', async (shared) => {
    const bytes = workbookOf(
      [
        ['Goods code', 'Abbrev.', 'Start date', 'Abbrev.'],
        ['0101210000', null, { date: 39630 }, 'a & <b>'],
        ['0102000000', 12.5, '01-07-2008', null],
      ],
      { shared },
    );
    const ours = (await collect(xlsxRows(bytes))).map(({ cells }) => cells);
    const [sheet] = await readXlsxFile(bytes);
    const theirs = sheet?.data.map((row) =>
      row.map((cell): Cell => (cell instanceof Date ? cell.toISOString().slice(0, 10) : (cell as Cell))),
    );
    const wide = (row: Cell[]) => Array.from({ length: 4 }, (_, index) => row[index] ?? null);
    expect(ours.map(wide)).toEqual(theirs?.map(wide));
    expect(ours[1]).toEqual(['0101210000', null, '2008-07-01', 'a & <b>']);
  });

  it('keep blanks around a text and its row number, and leave empty rows out', async () => {
    const bytes = workbookOf([[' Measure type'], [null], ['x']]);
    expect(await collect(xlsxRows(bytes))).toEqual([
      { row: 1, cells: [' Measure type'] },
      { row: 3, cells: ['x'] },
    ]);
  });

  it('join the runs of a rich text and leave phonetic readings out', async () => {
    const strings = `<sst ${main}><si><r><t>ab</t></r><r><t xml:space="preserve"> c</t></r><rPh sb="0" eb="1"><t>zz</t></rPh></si></sst>`;
    const bytes = sheetOf(
      '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>d_x000D_e</t><rPh><t>q</t></rPh></is></c></row>',
      { 'xl/sharedStrings.xml': strings },
    );
    expect((await collect(xlsxRows(bytes)))[0]?.cells).toEqual(['ab c', 'd\re']);
  });

  it('refuse an error value instead of reading it as empty', async () => {
    const bytes = sheetOf('<row r="1"><c r="C1" t="e"><v>#REF!</v></c></row>');
    await expect(collect(xlsxRows(bytes))).rejects.toThrow('C1: the cell holds the error #REF!');
  });

  it('refuse a shared string that is not there', async () => {
    await expect(collect(xlsxRows(sheetOf('<row r="1"><c r="A1" t="s"><v>7</v></c></row>')))).rejects.toThrow(
      'A1: no shared string 7',
    );
  });

  it('place a cell by its reference, beyond column Z too', async () => {
    const bytes = sheetOf('<row r="1"><c r="AB1"><v>5</v></c></row>');
    const [row] = await collect(xlsxRows(bytes));
    expect(row?.cells).toHaveLength(28);
    expect(row?.cells[27]).toBe(5);
  });

  it('refuse a sheet that ends early and a zip that is none', async () => {
    const whole = sheetOf('<row r="1"><c r="A1"><v>5</v></c></row>');
    await expect(collect(xlsxRows(whole.subarray(0, whole.length - 30)))).rejects.toThrow();
    await expect(collect(xlsxRows(sheetOf('<row r="1"><c r="A1"><v>5</v></c>')))).rejects.toThrow(
      /unexpected|closed|tag/i,
    );
  });
});

describe('date serials', () => {
  it.each([
    [43831, false, '2020-01-01'],
    [1, false, '1900-01-01'],
    [59, false, '1900-02-28'],
    [61, false, '1900-03-01'],
    [0, true, '1904-01-01'],
    [43831.5, false, '2020-01-01T12:00:00'],
  ])('%s (1904: %s) is %s', (serial, date1904, date) => {
    expect(fromSerial(serial, date1904)).toBe(date);
  });

  it('29 February 1900, which spreadsheets know and the calendar does not, is refused', () => {
    expect(() => fromSerial(60, false)).toThrow('no date');
  });
});

describe('the day a workbook was made', () => {
  it('is the one its properties state, and null where they are missing or say no date', async () => {
    expect(await xlsxCreated(workbookOf([['a']], { created: '2026-04-01T08:01:34Z' }))).toBe('2026-04-01');
    expect(await xlsxCreated(workbookOf([['a']]))).toBeNull();
    expect(await xlsxCreated(workbookOf([['a']], { created: 'April' }))).toBeNull();
  });
});
