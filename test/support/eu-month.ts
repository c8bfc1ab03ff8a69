import { workbookOf } from './workbook.ts';

type Value = string | number | null | { date: number };

const DUTY_HEADER = [
  'Goods code',
  'Add code',
  'Order No.',
  'Start date',
  'End date',
  'RED_IND',
  'Origin',
  'Measure type',
  'Legal base',
  'Duty',
  'Origin code',
  'Meas. type code',
];

/** One row of the duties workbook, erga omnes third-country duty unless said otherwise. */
export function dutyRow(row: {
  goods: string;
  duty: string | null;
  start?: Value;
  end?: Value;
  origin?: string;
  type?: string;
  additional?: string;
  order?: string;
}): Value[] {
  return [
    row.goods,
    row.additional ?? null,
    row.order ?? null,
    row.start ?? '01-01-2020',
    row.end ?? null,
    null,
    'ERGA OMNES',
    'Third country duty',
    'R2658/87',
    row.duty,
    row.origin ?? '1011',
    row.type ?? '103',
  ];
}

/** A month's workbooks in the official layout, small: chapter 01 and what `given` replaces. */
export function euMonth(given: Partial<Record<string, Value[][]>> = {}): Record<string, Buffer> {
  const measure = ['Goods code', 'Add code', 'Order No.', 'Start date', 'End date'];
  const sheets: Record<string, Value[][]> = {
    nomenclature: [
      ['Goods code', 'Start date', 'End date', 'Language', 'Hier. Pos.', 'Indent', 'Description', 'Descr. start date'],
      ['0100000000 80', '31-12-1971', null, 'EN', 2, null, 'LIVE ANIMALS', '31-12-1971'],
      ['0101000000 80', '01-01-1972', null, 'EN', 4, null, 'Live horses', '01-01-1972'],
      ['0101210000 10', '01-01-2012', null, 'EN', 6, '- ', 'Horses', '01-01-2012'],
      ['0101210000 80', '01-01-2012', null, 'EN', 6, '- - ', 'Of a weight of 80|kg\r\nor less', '01-01-2012'],
      ['0101290000 80', '01-01-2012', '31-12-2026', 'EN', 6, '- - ', 'Other', '01-01-2012'],
    ],
    'duties-import': [DUTY_HEADER, dutyRow({ goods: '0101210000', duty: '0.000 %' })],
    'measure-conditions': [
      [
        ...measure,
        'Origin code',
        'Meas. type code',
        'Meas. cond',
        'Sequence',
        'Certificate',
        'Cond. amount',
        'Mon. unit',
        'Meas. unit',
        'Meas. unit qual',
        'Meas. action',
      ],
    ],
    'measure-exclusions': [
      [
        ...measure,
        'Origin',
        'Measure type',
        'Excluded country code',
        'Origin code',
        'Meas. type code',
        'Excluded country',
      ],
    ],
    'measure-footnotes': [[...measure, 'Origin', 'Measure type', 'Footnote', 'Origin code', 'Meas. type code']],
    'area-composition': [
      [
        'Country group',
        'Start date',
        'Language',
        'Abbrev.',
        'Country group descr.',
        'Member country',
        'Abbrev.',
        'Description',
        'Mbship start date',
        'Mbship end date',
        'End date',
      ],
      ['2020', '01-01-1984', 'EN', null, 'GSP', 'CN', null, 'China', '01-01-1984', '31-12-2014', null],
      ['2020', '01-01-1984', 'EN', null, 'GSP', 'IN', null, 'India', '01-01-1984', null, null],
    ],
    'area-descriptions': [
      ['Or./Dest.', 'Language', 'Abbrev.', 'Description', 'Start date', 'Descr. start date', 'End date'],
      ['1011', 'EN', null, 'ERGA OMNES', '01-01-1984', '01-01-1984', null],
      ['IN', 'EN', null, 'India', '01-01-1984', '01-01-1984', null],
    ],
    ...Object.fromEntries(
      Object.entries(given).filter((entry): entry is [string, Value[][]] => entry[1] !== undefined),
    ),
  };
  return Object.fromEntries(Object.entries(sheets).map(([part, rows]) => [part, workbookOf(rows)]));
}

export { DUTY_HEADER };
