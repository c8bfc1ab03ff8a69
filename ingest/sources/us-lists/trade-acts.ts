import type { PlainDate } from '../../../transforms/dates.ts';
import type { Act, ReviewedList } from '../../reviewed-list.ts';
import { AXIOM, headingCell, notice, TRACKER, TRADEWAR } from './terms.ts';

const S122: { from: PlainDate; to: PlainDate } = { from: '2026-02-24', to: '2026-07-24' };
/** The end stands in the proclamation itself. */
const PROCLAMATION_11012: Act = notice('Proclamation 11012', '2026-03824', '2026-02-20', '2026-02-24');
/** Start moved from 2026-08-19 to 2026-08-22 by Proclamation 11056. */
const S338_START: PlainDate = '2026-08-22';

const section122: readonly ReviewedList[] = (
  [
    ['section122-product-exemptions', 'Section 122 exempt products', 'us.s122.exempt', 1098, null],
    [
      'section122-specific-exemptions',
      'Section 122 particular articles',
      'us.s122.particular-articles',
      11,
      'described-article',
    ],
    [
      'section122-aircraft-exemptions',
      'Section 122 civil aircraft articles',
      'us.s122.aircraft',
      546,
      'civil-aircraft-use',
    ],
  ] as const
).map(([name, title, subject, rows, condition]) => ({
  name,
  title: `${title}, U.S. note 2(aa)`,
  url: `mirror:us/lists/${name}.csv`,
  licence: TRADEWAR,
  acts: [PROCLAMATION_11012],
  format: 'csv',
  columns: ['hts_code', 'digits'],
  rows,
  role: 'law',
  families: ['section-122'],
  defects: [],
  entry: (row) => ({
    subject,
    code: row.hts_code ?? '',
    ...(condition === null ? {} : { data: { condition } }),
    ...S122,
  }),
}));

const section338: readonly ReviewedList[] = (
  [
    [
      'alcohol',
      '99030312',
      63,
      '2026-14991',
      'the list has 101 codes from 2026-09-15 (Proclamations 11064 and 11065); 63 are known',
    ],
    ['dairy', '99030313', 52, '2026-14992', null],
    ['autos', '99030314', 439, '2026-14997', 'the list has 513 codes from 2026-09-15; 439 are known'],
    ['aircraft-exempt', '99030316', 554, '2026-14991', null],
  ] as const
).map(([part, heading, rows, document, missing]) => ({
  name: `canada-338-${part}`,
  title: `Section 338 Canada, ${part}`,
  url: `mirror:us/lists/canada-338-${part}.csv`,
  licence: TRADEWAR,
  acts: [notice(`FR Doc ${document}`, document, '2026-07-20', S338_START)],
  format: 'csv',
  columns: ['HTSUS'],
  rows,
  role: 'law',
  families: ['section-338'],
  ...(missing === null ? {} : { incomplete: { from: '2026-09-15', reason: missing } }),
  defects: ['the act of July named 2026-08-19; the start of 2026-08-22 by Proclamation 11056 is used throughout'],
  entry: (row) => ({
    subject: `us.s338.${part}`,
    code: row.HTSUS ?? '',
    data: { heading, area: 'CA', ...(part === 'aircraft-exempt' ? { condition: 'civil-aircraft-use' } : {}) },
    from: S338_START,
  }),
}));

const BRAZIL_CONDITION: Readonly<Record<string, string>> = {
  named: 'described-article',
  aircraft: 'civil-aircraft-use',
  pharma: 'pharmaceutical-use',
};

/** Duties of 9903.88.69 and .70 whose end the text of the headings gives; older exclusions ended and stay printed. */
const EXCLUSION_FROM: Readonly<Record<string, PlainDate>> = { '99038869': '2024-06-15', '99038870': '2024-01-01' };
const EXCLUSION_END: PlainDate = '2026-11-10';

/** Sections 122, 201, 301 and 338. */
export const tradeActLists: readonly ReviewedList[] = [
  ...section122,
  {
    name: 's122-exempt-products',
    title: 'Section 122 exempt products, Annex II and civil aircraft merged',
    url: 'mirror:us/lists/s122_exempt_products.csv',
    licence: TRACKER,
    acts: [PROCLAMATION_11012],
    format: 'csv',
    columns: ['hts8'],
    rows: 1656,
    role: 'cross-check',
    families: ['section-122'],
    defects: ['546 civil aircraft lines are exempt for that use only: the three section122 lists tell them apart'],
    entry: (row) => ({ subject: 'us.s122.exempt-merged', code: row.hts8 ?? '', ...S122 }),
  },
  ...section338,
  {
    name: 'brazil-301-exemptions',
    title: 'Section 301 Brazil, exemptions of the final action, U.S. note 50',
    url: 'mirror:us/lists/brazil-301-exemptions.csv',
    licence: TRADEWAR,
    acts: [notice('FR Doc 2026-14542', '2026-14542', '2026-07-15', '2026-07-22')],
    format: 'csv',
    columns: ['HTSUS', 'category'],
    rows: 2126,
    role: 'law',
    families: ['section-301'],
    defects: [],
    entry: (row) => {
      const condition = BRAZIL_CONDITION[row.category ?? ''];
      return {
        subject: `us.s301.brazil-exempt.${row.category ?? ''}`,
        code: row.HTSUS ?? '',
        data: { area: 'BR', category: row.category ?? '', ...(condition === undefined ? {} : { condition }) },
        from: '2026-07-22',
      };
    },
  },
  proposal(
    's301-brazil-exempt-products',
    'Section 301 Brazil, exemptions proposed',
    'us.s301.brazil-exempt-proposed',
    1698,
    {
      act: notice('FR Doc 2026-11158', '2026-11158', '2026-06-04', '2026-06-04'),
      defect: 'superseded by the final notice (FR Doc 2026-14542); 4 statistical numbers were cut to 8 digits',
    },
  ),
  proposal(
    's301fl-exempt-products',
    'Section 301 forced labor, exemptions proposed',
    'us.s301.forced-labor-exempt-proposed',
    1632,
    {
      act: notice('FR Doc 2026-11296', '2026-11296', '2026-06-05', '2026-06-05'),
      defect: 'preliminary: the final notice (FR Doc 2026-15181) has a longer Annex II that is not held',
    },
  ),
  {
    name: 's301fl-country-rates',
    title: 'Section 301 forced labor, rate by economy, U.S. note 52',
    url: 'mirror:us/lists/s301fl_country_rates.csv',
    licence: AXIOM,
    acts: [notice('FR Doc 2026-15181', '2026-15181', '2026-07-24', '2026-07-24')],
    format: 'csv',
    columns: ['heading', 'country', 'iso2', 'kind', 'rate'],
    rows: 65,
    role: 'law',
    families: ['section-301'],
    incomplete: {
      from: '2026-07-24',
      reason: 'the exempt products of the final notice (Annex II of FR Doc 2026-15181) are not held',
    },
    defects: [],
    entry: (row) => ({
      topic: 'country-rate',
      subject: row.iso2 ?? '',
      code: null,
      apart: headingCell(row.heading),
      data: {
        list: 'us.s301.forced-labor-rates',
        heading: headingCell(row.heading),
        economy: row.country ?? '',
        effect: row.kind ?? '',
        rate: fraction(row.rate ?? ''),
      },
      from: '2026-07-24',
    }),
  },
  {
    name: 's301-exclusion-lines',
    title: 'Tariff numbers named in China Section 301 exclusions, U.S. note 20',
    url: 'mirror:us/lists/s301_exclusion_lines.csv',
    licence: TRACKER,
    acts: [{ citation: 'HTS 2026 Revision 9', url: null, published: '2026-05-28', effective: '2026-05-28' }],
    format: 'csv',
    columns: ['ch99_code', 'hts10', 'n_revisions', 'first_rev', 'last_rev'],
    rows: 212,
    role: 'law',
    families: [],
    defects: [
      'whole numbers and described articles inside a number are not told apart: no row may be applied without the description',
      'only 9903.88.69 and 9903.88.70 are in force, through 2026-11-09; the others are printed but ended',
      'read off HTS 2026 Revision 9, so not known before its publication',
    ],
    entry: (row) => {
      const heading = headingCell(row.ch99_code);
      const from = EXCLUSION_FROM[heading] ?? null;
      return {
        subject: 'us.s301.china-exclusions',
        code: row.hts10 ?? '',
        apart: heading,
        data: {
          heading,
          condition: 'described-article',
          ...(from === null ? { role: 'cross-check', ended: true } : {}),
        },
        from,
        ...(from === null ? {} : { to: EXCLUSION_END }),
      };
    },
  },
  {
    name: 's201-solar-products',
    title: 'Section 201 solar cells and modules, U.S. note 18',
    url: 'mirror:us/lists/s201_solar_products.csv',
    licence: TRACKER,
    acts: [{ citation: 'Proclamation 9693', url: null, published: '2018-01-25', effective: '2018-02-07' }],
    format: 'csv',
    columns: ['hts10', 'ch99_code', 'heading', 'description'],
    rows: 3,
    role: 'law',
    families: ['section-201'],
    defects: [
      'the end of 2026-02-06 is that of the extension by Proclamation 10339, the tariff numbers are those of 2026',
    ],
    entry: (row) => ({
      subject: 'us.s201.solar',
      code: row.hts10 ?? '',
      data: { heading: headingCell(row.ch99_code) },
      from: '2018-02-07',
      to: '2026-02-07',
    }),
  },
  {
    name: 'axiom-ch99-memberships',
    title: 'Chapter 99 list memberships at HTS 2026 Revision 15',
    url: 'mirror:us/lists/axiom_ch99_memberships.csv.gz',
    licence: AXIOM,
    acts: [{ citation: 'HTS 2026 Revision 15', url: null, published: '2026-08-03', effective: '2026-08-03' }],
    format: 'csv',
    columns: ['note_file', 'list', 'effective_from', 'hts_prefix'],
    rows: 12227,
    role: 'cross-check',
    families: [],
    defects: [],
    entry: (row) => ({
      subject: `axiom.${row.list ?? ''}`,
      code: row.hts_prefix ?? '',
      apart: row.note_file ?? '',
      from: row.effective_from ?? null,
    }),
  },
];

function proposal(
  name: string,
  title: string,
  subject: string,
  rows: number,
  of: { act: Act; defect: string },
): ReviewedList {
  return {
    name,
    title,
    url: `mirror:us/lists/${name.replaceAll('-', '_')}.csv`,
    licence: TRACKER,
    acts: [of.act],
    format: 'csv',
    columns: ['hts8', 'effective_date_start', 'effective_date_end'],
    rows,
    role: 'proposal',
    families: [],
    defects: [of.defect, 'a proposal was never law'],
    entry: (row) => ({ subject, code: row.hts8 ?? '' }),
  };
}

/** '12.5' percent -> '0.125', exact. */
function fraction(percent: string): string | null {
  const match = /^(\d{1,3})(?:\.(\d+))?$/.exec(percent);
  if (!match) return null;
  const digits = (match[1] ?? '').padStart(3, '0') + (match[2] ?? '');
  const text = `${digits.slice(0, -2 - (match[2]?.length ?? 0))}.${digits.slice(-2 - (match[2]?.length ?? 0))}`;
  return text.replace(/^0+(?=\d)/, '').replace(/\.?0+$/, '') || '0';
}
