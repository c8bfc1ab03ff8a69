import { exclusiveEnd } from '../../../transforms/dates.ts';
import type { ReviewedList } from '../../reviewed-list.ts';
import { dateCell, headingCell, IEEPA_END, IEEPA_ENDED, notice, TRACKER, unpadded } from './terms.ts';

const FAMILY = ['ieepa'] as const;

/** Legal starts of the exemptions from the reciprocal floor: change records of 2025 Revisions 24 and 32 and 2026 Basic. */
const FLOOR: Readonly<Record<string, { area: string; from: string }>> = {
  eu: { area: 'EU', from: '2025-09-01' },
  korea: { area: 'KR', from: '2025-11-14' },
  swiss: { area: 'CH', from: '2025-11-14' },
};
const FLOOR_CONDITION: Readonly<Record<string, string>> = {
  civil_aircraft: 'civil-aircraft-use',
  pharma: 'pharmaceutical-use',
  particular: 'described-article',
};

/** The annex of 2025-11-20 mentions these in descriptions ('parts of instruments of subheading 9014.80.50') and lists none of them. */
const MENTIONED = /^(?:99|9014\.80\.50|9031\.49\.[47]0|9802\.00\.91)/;

/**
 * Rows of the file that U.S. note 2(v)(iii)(a) does not have: lines of which 2(v)(iii)(b) exempts a described article only (etrogs, açaí
 * preparations, baked goods for religious purposes …), magnets other than 8505.11.0070, printed matter and works of art (exempt only as
 * informational materials, 9903.01.31), and the four 9802 provisions that bear the duty on part of the value (note 2(v)(i)).
 */
const NOT_IN_ANNEX_II = new RegExp(
  '^(?:' +
    '08059001|08119080|14049090|19059010|19059090|20089921|20093160|20098970|20099040|21069099|33012951|' +
    '85051100[1359]0|49(?:07|08|09|10)|491191(?:10|15|20|30|40)|49119920|97|980200[4568]0)',
);

/** Exemptions from the duties under IEEPA, 2025-02-04 to 2026-02-23. */
export const emergencyPowersLists: readonly ReviewedList[] = [
  {
    name: 'ieepa-exempt-products',
    title: 'Products exempt from the reciprocal duties (9903.01.32), Annex II of EO 14257 as amended',
    url: 'mirror:us/lists/ieepa_exempt_products.csv',
    licence: TRACKER,
    acts: [
      {
        ...notice('Executive Order 14257', '2025-06063', '2025-04-07', '2025-04-05', '2025-04-05'),
        // The memorandum of 2025-04-11 worked back to the start.
        knows: (row) => dateCell(row.effective_date_start) === null,
      },
      {
        citation: 'Memorandum of 2025-04-11',
        url: null,
        published: '2025-04-15',
        effective: '2025-04-05',
        horizon: '2025-04-05',
      },
      notice('Proclamation 10962', '2025-14893', '2025-08-05', '2025-08-01', '2025-08-01'),
      {
        citation: 'Executive Order 14346',
        url: null,
        published: '2025-09-09',
        effective: '2025-09-08',
        horizon: '2025-09-08',
      },
      notice('Proclamation 10976', '2025-19482', '2025-10-06', '2025-10-14', '2025-10-14'),
      {
        citation: 'Executive Order 14360',
        url: null,
        published: '2025-11-17',
        effective: '2025-11-13',
        horizon: '2025-11-13',
      },
      IEEPA_ENDED,
    ],
    format: 'csv',
    columns: ['hts10', 'effective_date_start', 'effective_date_end'],
    rows: 3256,
    role: 'law',
    families: FAMILY,
    defects: [
      'provisions of 8 digits are padded with zeros to 10 (one number to 12): read without trailing zero pairs',
      'numbers of 7 provisions are in no edition of the schedule',
      'rows without a number in U.S. note 2(v)(iii)(a) are disputed, not applied; they would exempt 1905.90.10 or 2106.90.99 whole',
      'publication of the memorandum and of EO 14346 and 14360 is dated by the HTS revision that took them over (2025 Revisions 10, 22, 29)',
    ],
    entry: (row) => ({
      subject: 'us.ieepa.annex-ii',
      code: unpadded(row.hts10 ?? ''),
      data: { heading: '99030132' },
      from: dateCell(row.effective_date_start) ?? '2025-04-05',
      to: earlier(dateCell(row.effective_date_end)),
      disputed: NOT_IN_ANNEX_II.test(row.hts10 ?? '') ? 'U.S. note 2(v)(iii)(a) does not list the number' : null,
    }),
  },
  {
    name: 'annex-ii-first-appearance',
    title: 'First and last appearance of Annex II prefixes in the schedule',
    url: 'mirror:us/lists/annex_ii_first_appearance.csv',
    licence: TRACKER,
    acts: [{ citation: 'HTS 2026 Revision 9', url: null, published: '2026-05-28', effective: '2026-05-28' }],
    format: 'csv',
    columns: ['prefix', 'first_revision', 'last_revision', 'first_effective_date', 'removed_at', 'end_effective_date'],
    rows: 1324,
    role: 'cross-check',
    families: FAMILY,
    defects: ['revision ids without a year are of 2025'],
    entry: (row) => ({
      subject: 'us.ieepa.annex-ii-first-appearance',
      code: row.prefix ?? '',
      data: { heading: '99030132', first_revision: row.first_revision ?? '', last_revision: row.last_revision ?? '' },
      from: dateCell(row.first_effective_date) ?? '2025-04-05',
      to: earlier(dateCell(row.end_effective_date)),
    }),
  },
  {
    name: 'floor-exempt-products',
    title: 'Products exempt from the reciprocal floor: EU, Korea, Switzerland and Liechtenstein',
    url: 'mirror:us/lists/floor_exempt_products.csv',
    licence: TRACKER,
    acts: [
      {
        ...notice('90 FR 2025-18660', '2025-18660', '2025-09-25', '2025-09-01', '2025-11-14'),
        knows: (row) => row.country_group === 'eu',
      },
      {
        ...notice('90 FR 2025-21940', '2025-21940', '2025-12-04', '2025-11-14', '2025-11-14'),
        knows: (row) => row.country_group !== 'swiss',
      },
      notice('90 FR 59281', '2025-23316', '2025-12-18', '2025-11-14', '2025-11-14'),
      IEEPA_ENDED,
    ],
    format: 'csv',
    columns: ['hts8', 'category', 'country_group', 'ch99_code', 'effective_date_start'],
    rows: 3815,
    role: 'law',
    families: FAMILY,
    defects: [
      'dates of the file are those of publication; the legal starts 2025-09-01 and 2025-11-14 of the change records are used instead',
    ],
    entry: (row) => {
      const group = FLOOR[row.country_group ?? ''];
      const condition = FLOOR_CONDITION[row.category ?? ''];
      return {
        subject: `us.ieepa.floor-exempt.${(group?.area ?? row.country_group ?? '').toLowerCase()}`,
        code: row.hts8 ?? '',
        apart: headingCell(row.ch99_code),
        data: {
          heading: headingCell(row.ch99_code),
          area: group?.area ?? null,
          category: row.category ?? '',
          ...(condition === undefined ? {} : { condition }),
        },
        from: group?.from ?? dateCell(row.effective_date_start),
        to: IEEPA_END,
      };
    },
  },
  {
    name: 'fentanyl-carveout-products',
    title: 'Energy and potash under the fentanyl duties on Canada and Mexico',
    url: 'mirror:us/lists/fentanyl_carveout_products.csv',
    licence: TRACKER,
    acts: [
      notice('90 FR 2025-03664', '2025-03664', '2025-03-06', '2025-03-04', '2025-03-04'),
      {
        citation: 'HTS 2025 Revision 4',
        url: null,
        published: '2025-03-11',
        effective: '2025-03-07',
        horizon: '2025-03-07',
      },
      IEEPA_ENDED,
    ],
    format: 'csv',
    columns: ['hts8', 'ch99_code', 'category'],
    rows: 308,
    role: 'law',
    families: FAMILY,
    defects: ['no dates: energy from 2025-03-04, potash from 2025-03-07 by the change records'],
    entry: (row) => ({
      subject: 'us.ieepa.fentanyl-carveout',
      code: row.hts8 ?? '',
      apart: headingCell(row.ch99_code),
      data: {
        heading: headingCell(row.ch99_code),
        category: row.category ?? '',
        area: (row.category ?? '').endsWith('_mx') ? 'MX' : 'CA',
      },
      from: (row.category ?? '').startsWith('energy') ? '2025-03-04' : '2025-03-07',
      to: IEEPA_END,
    }),
  },
  {
    name: 'country-eo-exempt-products',
    title: 'Products exempt from the duty on Brazil (9903.01.77), EO 14323 and its modification',
    url: 'mirror:us/lists/country_eo_exempt_products.csv',
    licence: TRACKER,
    acts: [
      {
        citation: 'Executive Order 14323',
        url: null,
        published: '2025-08-07',
        effective: '2025-08-06',
        horizon: '2025-08-06',
      },
      {
        citation: 'Executive Order of 2025-11-20',
        url: 'https://www.whitehouse.gov/wp-content/uploads/2025/11/2025NovemberBrazilTariff.ANNEXES.pdf',
        published: '2025-11-20',
        effective: '2025-11-13',
        horizon: '2025-11-13',
      },
      IEEPA_ENDED,
    ],
    format: 'csv',
    columns: ['ch99_code', 'hts10', 'effective_date_start', 'effective_date_end', 'source', 'note'],
    rows: 952,
    role: 'law',
    families: FAMILY,
    defects: [
      'the column is called hts10, its numbers have 8 digits with dots',
      'conditions of civil aircraft articles are not in the file: fr:EO-2025-11-20/annex-i has them',
    ],
    entry: (row) => ({
      subject: 'us.ieepa.brazil-exempt',
      code: row.hts10 ?? '',
      data: { heading: headingCell(row.ch99_code), area: 'BR', basis: row.source ?? '' },
      from: dateCell(row.effective_date_start),
      to: IEEPA_END,
      disputed: MENTIONED.test(row.hts10 ?? '') ? 'the annex only mentions the number' : null,
    }),
  },
];

/** The file prints last days; nothing outlives the programme. */
function earlier(lastDay: string | null): string {
  return lastDay === null ? IEEPA_END : exclusiveEnd(lastDay);
}
