import { DUTY_HEADER, dutyRow } from './eu-month.ts';

/**
 * The European month of the bundled sample (snapshots/sample/eu/taric), sheet by sheet, in the layout of the official workbooks. Codes,
 * rates, dates and members are facts of TARIC as of June 2026; texts are shortened. Where TARIC's start date of a measure is not known
 * to us, it bears the day from which its act applies. test/support/write-sample.ts writes the workbooks from it.
 */

type Value = string | number | null;

/** Goods code and suffix, dashes, start (day-month-year), text. */
const LINES: readonly [code: string, dashes: number, start: string, text: string][] = [
  ['0800000000 80', 0, '31-12-1971', 'EDIBLE FRUIT AND NUTS; PEEL OF CITRUS FRUIT OR MELONS'],
  ['0805000000 80', 0, '01-01-1972', 'Citrus fruit, fresh or dried'],
  ['0805100000 80', 1, '01-01-1972', 'Oranges'],
  ['0805102200 10', 2, '01-01-2017', 'Sweet oranges, fresh'],
  ['0805102200 80', 3, '01-01-2017', 'Navel oranges'],
  ['0805102210 80', 4, '01-01-2017', 'Of high quality'],
  ['0805102290 80', 4, '01-01-2017', 'Other'],
  ['0805108000 80', 2, '01-01-2000', 'Other'],
  ['0805108010 80', 3, '01-01-2000', 'Fresh'],
  ['0805108090 80', 3, '01-01-2000', 'Other'],
  ['1900000000 80', 0, '31-12-1971', 'PREPARATIONS OF CEREALS, FLOUR, STARCH OR MILK; …'],
  ['1905000000 80', 0, '01-01-1972', 'Bread, pastry, cakes, biscuits and other bakers’ wares, …'],
  ['1905310000 10', 1, '01-01-2002', 'Sweet biscuits; waffles and wafers'],
  ['1905310000 80', 2, '01-01-2002', 'Sweet biscuits'],
  ['1905311100 10', 3, '01-01-2002', 'Coated or covered with chocolate or preparations containing cocoa …'],
  ['1905311100 80', 4, '01-01-2002', 'In immediate packings of a net content not exceeding 85|g'],
  ['1905311900 80', 4, '01-01-2002', 'Other'],
  ['1905313000 10', 3, '01-01-2002', 'Other'],
  ['1905313000 80', 4, '01-01-2002', 'Containing 8|% or more by weight of milkfats'],
  ['2200000000 80', 0, '31-12-1971', 'BEVERAGES, SPIRITS AND VINEGAR'],
  ['2208000000 80', 0, '01-01-1972', 'Undenatured ethyl alcohol …; spirits, liqueurs and other spirituous beverages'],
  ['2208300000 80', 1, '01-01-1972', 'Whiskies'],
  ['2208308200 10', 2, '01-01-1995', 'Other, in containers holding'],
  ['2208308200 80', 3, '01-01-1995', '2|litres or less'],
  ['2208308800 80', 3, '01-01-1995', 'More than 2|litres'],
  ['6100000000 80', 0, '31-12-1971', 'ARTICLES OF APPAREL AND CLOTHING ACCESSORIES, KNITTED OR CROCHETED'],
  ['6109000000 80', 0, '01-01-1972', 'T-shirts, singlets and other vests, knitted or crocheted'],
  ['6109100000 80', 1, '01-01-1972', 'Of cotton'],
  ['6109100010 80', 2, '10-03-2015', 'T-shirts'],
  ['6109100090 80', 2, '10-03-2015', 'Other'],
  ['6900000000 80', 0, '31-12-1971', 'CERAMIC PRODUCTS'],
  ['6912000000 80', 0, '01-01-1972', 'Ceramic tableware, kitchenware, …, other than of porcelain or china'],
  ['6912002100 10', 1, '01-01-2016', 'Tableware and kitchenware'],
  ['6912002100 80', 2, '01-01-2016', 'Of common pottery'],
  ['6912002111 10', 3, '01-01-2016', 'Hand-made'],
  ['6912002111 80', 4, '01-01-2016', 'Tableware and kitchenware, excluding mills, sharpeners and …'],
  ['6912002119 80', 4, '01-01-2016', 'Other'],
  ['6912002300 80', 2, '01-01-2016', 'Stoneware'],
  ['6912002310 80', 3, '01-01-2016', 'Tableware and kitchenware, excluding mills, sharpeners and …'],
  ['6912002390 80', 3, '01-01-2016', 'Other'],
  ['7300000000 80', 0, '31-12-1971', 'ARTICLES OF IRON OR STEEL'],
  ['7306000000 80', 0, '01-01-1972', 'Other tubes, pipes and hollow profiles (…), of iron or steel'],
  ['7306300000 80', 1, '01-01-1972', 'Other, welded, of circular cross-section, of iron or non-alloy steel'],
  ['7306304100 10', 2, '01-01-2006', 'Other'],
  ['7306307200 10', 3, '01-01-2006', 'Other, of an external diameter'],
  ['7306307200 20', 4, '01-01-2006', 'Not exceeding 168,3|mm'],
  ['7306307700 80', 5, '01-01-2006', 'Other'],
  ['7306307780 80', 6, '01-01-2006', 'Tubes and pipes'],
  ['7306307790 80', 6, '01-01-2006', 'Other'],
  ['8400000000 80', 0, '31-12-1971', 'NUCLEAR REACTORS, BOILERS, MACHINERY AND MECHANICAL APPLIANCES; PARTS THEREOF'],
  ['8471000000 80', 0, '01-01-1972', 'Automatic data-processing machines and units thereof; …'],
  ['8471300000 80', 1, '01-01-1996', 'Portable automatic data-processing machines, weighing not more than 10|kg, …'],
  ['8700000000 80', 0, '31-12-1971', 'VEHICLES OTHER THAN RAILWAY OR TRAMWAY ROLLING STOCK, …'],
  ['8711000000 80', 0, '01-01-1972', 'Motorcycles (including mopeds) and cycles fitted with an auxiliary motor, …'],
  ['8711600000 80', 1, '01-01-2017', 'With electric motor for propulsion'],
  ['8711601000 80', 2, '01-01-2017', 'Bicycles, …, with pedal assistance, … motor … not exceeding 250|watts'],
  ['8711609000 80', 2, '01-01-2017', 'Other'],
  ['8711609010 80', 3, '20-10-2017', 'Cycles, with pedal assistance, with an auxiliary electric motor'],
  ['8711609090 80', 3, '20-10-2017', 'Other'],
  ['9500000000 80', 0, '31-12-1971', 'TOYS, GAMES AND SPORTS REQUISITES; PARTS AND ACCESSORIES THEREOF'],
  ['9503000000 80', 0, '01-01-1972', 'Tricycles, scooters, … and similar wheeled toys; dolls; other toys; …'],
  ['9503004100 10', 1, '01-01-2007', 'Toys representing animals or non-human creatures'],
  ['9503004100 80', 2, '01-01-2007', 'Stuffed'],
  ['9503004900 80', 2, '01-01-2007', 'Other'],
  ['9503004910 80', 3, '01-01-2007', 'Hand-made, of wood'],
  ['9503004990 80', 3, '01-01-2007', 'Other'],
];

const AREAS: Readonly<Record<string, string>> = {
  '1011': 'ERGA OMNES',
  '2005': 'GSP-EBA (Everything But Arms)',
  '2020': 'GSP - General arrangements',
  '2027': 'GSP+',
  '2301': 'Certain handicraft products (Handicrafts)',
  BD: 'Bangladesh',
  CH: 'Switzerland',
  CN: 'China',
  GB: 'United Kingdom',
  ID: 'Indonesia',
  IN: 'India',
  IS: 'Iceland',
  KH: 'Cambodia',
  LI: 'Liechtenstein',
  NO: 'Norway',
  PK: 'Pakistan',
  TR: 'Türkiye',
};

/** All members in June 2026: a group with a few of them would refuse the others. */
const MEMBERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  '2005': {
    '01-01-1997':
      'AF AO BD BF BI BJ BT CF DJ ER ET GM GN GW HT KH KI KM LA LR LS MG ML MR MW MZ NE NP RW SB SD SL SO ST TD TG TV TZ UG YE ZM',
    '01-01-1998': 'CD',
    '01-07-1999': 'MM',
    '29-12-2001': 'SN',
    '25-10-2004': 'TL',
    '01-01-2013': 'SS',
  },
  '2020': {
    '01-01-1984': 'CG FM ID IN NG SY',
    '01-01-1993': 'TJ',
    '01-01-2001': 'CK NU',
    '01-10-2014': 'KE',
    '01-01-2025': 'VU',
  },
  '2027': {
    '01-01-1997': 'BO',
    '01-07-2005': 'MN',
    '01-01-2012': 'CV',
    '01-01-2014': 'PK',
    '25-12-2014': 'PH',
    '27-01-2016': 'KG',
    '19-05-2017': 'LK',
    '10-04-2021': 'UZ',
  },
  '2301': { '01-01-2002': 'AR BD BO BR CL EC GT HN ID IN IR LA LK MX MY PA PE PH PK PY SV TH UY' },
};

const TYPES: Readonly<Record<string, string>> = {
  '103': 'Third country duty',
  '106': 'Customs Union Duty',
  '109': 'Supplementary unit',
  '122': 'Non preferential tariff quota',
  '142': 'Tariff preference',
  '552': 'Definitive anti-dumping duty',
  '554': 'Definitive countervailing duty',
  '750': 'Import control of organic products',
};

/** A row of the duties: the key with its dates, then what it prints. */
function duty(
  goods: string,
  type: string,
  origin: string,
  dates: string,
  legalBase: string,
  printed: string,
  own: { additional?: string; order?: string } = {},
): Value[] {
  const [start = '', end = null] = dates.split(' to ');
  const row = dutyRow({ goods, type, origin, start, end, duty: printed, ...own }) as Value[];
  row[6] = AREAS[origin] ?? null;
  row[7] = TYPES[type] ?? null;
  row[8] = legalBase;
  return row;
}

const NOMENCLATURE_LAW = 'R2658/87';
const third = (goods: string, dates: string, printed: string) =>
  duty(goods, '103', '1011', dates, NOMENCLATURE_LAW, printed);
const preference = (goods: string, origin: string, dates: string, legalBase: string, printed = '0.000 %') =>
  duty(goods, '142', origin, dates, legalBase, printed);
/** A company's rate is given on its invoice with the declaration only (D008), else that of all others. */
const company = (rate: string, others: string) => `Cond:  A cert: D-008 (01):${rate} % ; A (01):${others} %`;
const onCycles = (type: string, legalBase: string, rate: string, others: string) =>
  ['8711601000', '8711609010'].flatMap((goods) => [
    duty(goods, type, 'CN', '19-01-2019', legalBase, company(rate, others), { additional: 'C384' }),
    duty(goods, type, 'CN', '19-01-2019', legalBase, `${others} %`, { additional: 'C999' }),
  ]);

const BISCUITS = '9.000 % + EA MAX 24.200 % +ADSZ';
/** Annex 2 of the Combined Nomenclature: from December to May oranges cost more the cheaper they are. */
const ORANGES = [
  ['35.400', ''],
  ['34.700', ' + 0.700 EUR DTN'],
  ['34.000', ' + 1.400 EUR DTN'],
  ['33.300', ' + 2.100 EUR DTN'],
  ['32.600', ' + 2.800 EUR DTN'],
  ['0.000', ' + 7.100 EUR DTN'],
]
  .map(([price, more]) => `V ${price ?? ''} EUR/DTN(01):16.000 %${more ?? ''}`)
  .join(' ; ');

/** Food that calls itself organic needs a certificate of inspection (C644), other food says that it does not (Y929). */
const ORGANIC = 'Cond:  B cert: C-644 (29):; B cert: Y-929 (29):; B (09):';
const FOOD = ['0800000000', '1900000000'];

const DUTIES: readonly Value[][] = [
  ...FOOD.map((goods) => duty(goods, '750', '1011', '01-01-2022', 'R2306/21', ORGANIC)),
  third('0805102200', '01-06-2026 to 15-10-2026', '3.200 %'),
  third('0805102200', '16-10-2026 to 30-11-2026', '16.000 %'),
  third('0805102200', '01-12-2026 to 31-12-2026', `Cond:  ${ORANGES}`),
  third('0805102200', '01-01-2027 to 31-03-2027', `Cond:  ${ORANGES}`),
  third('0805108000', '01-04-2026 to 15-10-2026', '12.000 %'),
  third('0805108000', '16-10-2026 to 31-03-2027', '16.000 %'),
  third('1905311100', '01-01-2005', BISCUITS),
  third('1905311900', '01-01-2005', BISCUITS),
  third('1905313000', '01-01-2005', BISCUITS),
  preference('1905310000', 'GB', '01-01-2021', 'D2253/20'),
  third('2208300000', '01-01-2000', '0.000 %'),
  duty('2208300000', '109', '1011', '01-01-1995', NOMENCLATURE_LAW, 'LPA'),
  third('6109000000', '01-01-1997', '12.000 %'),
  duty('6109000000', '106', 'TR', '01-01-1996', 'D0142/96', '0.000 %'),
  duty('6109100000', '109', '1011', '01-01-1995', NOMENCLATURE_LAW, 'NAR'),
  preference('6109000000', '2005', '01-01-2014', 'R0978/12'),
  preference('6109000000', '2020', '01-01-2014', 'R0978/12', '9.600 %'),
  preference('6109000000', '2027', '01-01-2014', 'R0978/12'),
  preference('6109000000', 'GB', '01-01-2021', 'D2253/20'),
  third('6912002100', '01-01-2016', '5.000 %'),
  duty('6912002111', '122', '2301', '01-01-2002', 'R0032/00', '0.000 % Cond:  C cert: A-014 (27):; C (07):', {
    order: '090104',
  }),
  third('6912002300', '01-01-2016', '5.500 %'),
  third('7306000000', '01-01-2005', '0.000 %'),
  third('8471000000', '01-01-2000', '0.000 %'),
  third('8711600000', '01-01-2017', '6.000 %'),
  preference('8711600000', 'GB', '01-01-2021', 'D2253/20'),
  duty('8711600000', '109', '1011', '01-01-2017', NOMENCLATURE_LAW, 'NAR'),
  ...onCycles('552', 'R0073/19', '10.300', '62.100'),
  ...onCycles('554', 'R0072/19', '8.500', '17.200'),
  third('9503004100', '01-01-2007', '4.700 %'),
  third('9503004900', '01-01-2007', '0.000 %'),
];

/** The lines of one condition: a document each, and what follows without any. */
function conditions(key: readonly Value[], certificates: string, met: string, unmet: string): Value[][] {
  const line = (sequence: number, certificate: string | null, action: string): Value[] => [
    ...key,
    sequence,
    certificate,
    null,
    null,
    null,
    null,
    action,
  ];
  const documents = certificates.split(' ');
  return [
    ...documents.map((certificate, index) => line(index + 1, certificate, met)),
    line(documents.length + 1, null, unmet),
  ];
}

/** The column called 'Excluded country code' holds the name, the last one the code. */
function excluded(goods: string, start: string, origin: string, type: string, country: string): Value[] {
  const names = [AREAS[origin] ?? null, TYPES[type] ?? null, AREAS[country] ?? null];
  return [goods, null, null, start, null, ...names, origin, type, country];
}

const KEY = ['Goods code', 'Add code', 'Order No.', 'Start date', 'End date'];
const DESCRIPTION = ['Language', 'Description', 'Start date', 'Description start date', 'End date'];

/** The sheets of the month by file name, header first. */
export const EU_WORKBOOKS: Readonly<Record<string, readonly (readonly Value[])[]>> = {
  'Nomenclature EN': [
    ['Goods code', 'Start date', 'End date', 'Language', 'Hier. Pos.', 'Indent', 'Description', 'Descr. start date'],
    ...LINES.map(([code, dashes, start, text]) => {
      const digits = code.slice(0, 10).replace(/(00)+$/, '').length;
      return [code, start, null, 'EN', digits, dashes === 0 ? null : '- '.repeat(dashes), text, start];
    }),
  ],
  'Duties Import 01-99': [DUTY_HEADER, ...DUTIES],
  'Measure conditions': [
    [
      ...KEY,
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
    ...FOOD.flatMap((goods) =>
      conditions([goods, null, null, '01-01-2022', null, '1011', '750', 'B'], 'C644 Y929', '29', '09'),
    ),
    ...conditions(['6912002111', null, '090104', '01-01-2002', null, '2301', '122', 'C'], 'A014', '27', '07'),
  ],
  'Measure exclusions': [
    [...KEY, 'Origin', 'Measure type', 'Excluded country code', 'Origin code', 'Meas. type code', 'Excluded country'],
    excluded('6109000000', '01-01-2014', '2005', '142', 'KH'),
    ...FOOD.flatMap((goods) =>
      ['CH', 'IS', 'LI', 'NO'].map((country) => excluded(goods, '01-01-2022', '1011', '750', country)),
    ),
  ],
  'Measure footnotes': [[...KEY, 'Origin', 'Measure type', 'Footnote', 'Origin code', 'Meas. type code']],
  'Geographical areas composition': [
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
    ...Object.entries(MEMBERS).flatMap(([group, byStart]) =>
      Object.entries(byStart).flatMap(([start, members]) =>
        members
          .split(' ')
          .map((member): Value[] => [
            group,
            start,
            'EN',
            null,
            AREAS[group] ?? null,
            member,
            null,
            AREAS[member] ?? null,
            start,
            null,
            null,
          ]),
      ),
    ),
  ],
  'Geographical areas descriptions': [
    ['Or./Dest.', 'Language', 'Abbrev.', 'Description', 'Start date', 'Descr. start date', 'End date'],
    ...Object.entries(AREAS).map(([id, name]): Value[] => [id, 'EN', null, name, '01-01-1988', '01-01-1988', null]),
  ],
  'Additional codes descriptions': [
    ['Add code', ...DESCRIPTION],
    ['C384', 'EN', 'Jinhua Vision Industry; Yongkang Hulong Electric Vehicle', '19-01-2019', '19-01-2019', null],
    ['C999', 'EN', 'All other companies', '01-01-2018', '01-01-2018', null],
  ],
  'Box 44 codes of the SAD': [
    ['Certificate code', ...DESCRIPTION],
    ['C644', 'EN', 'Certificate of inspection for organic products', '01-01-2022', '01-01-2022', null],
    ['Y929', 'EN', 'Goods not concerned by the rules on organic products', '01-01-2022', '01-01-2022', null],
    ['A014', 'EN', 'Certificate of authenticity for hand-made products', '01-01-1995', '01-01-1995', null],
    [
      'D008',
      'EN',
      'Commercial invoice with a signed declaration of the manufacturer',
      '01-01-2010',
      '01-01-2010',
      null,
    ],
  ],
  'Legal basis': [
    ['Legal base', 'Off. Journal', 'Page', 'Publ. date'],
    ['R2658/87', 'L 256', '1', '07-09-1987'],
    ['R0032/00', 'L 5', '1', '08-01-2000'],
    ['R2306/21', 'L 461', '13', '27-12-2021'],
    ['R0978/12', 'L 303', '1', '31-10-2012'],
    ['R0072/19', 'L 16', '5', '18-01-2019'],
    ['R0073/19', 'L 16', '108', '18-01-2019'],
    ['D2253/20', 'L 444', '2', '31-12-2020'],
  ],
};
