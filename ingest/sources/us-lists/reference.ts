import type { ReviewedList } from '../../reviewed-list.ts';
import { dateCell, FEDERAL, TRACKER } from './terms.ts';

/** Country codes, acts by authority, publication dates: no duty follows from them alone. */
export const referenceLists: readonly ReviewedList[] = [
  {
    name: 'census-codes-iso',
    title: 'Census Schedule C country codes with ISO 3166-1',
    url: 'mirror:us/lists/census_codes_iso.csv',
    licence: TRACKER,
    acts: [
      {
        citation: 'Schedule C 2026',
        url: 'https://www.census.gov/foreign-trade/schedules/c/country.txt',
        published: null,
        effective: '2025-01-01',
      },
    ],
    format: 'csv',
    columns: ['census_code', 'name', 'iso2', 'note'],
    rows: 240,
    role: 'reference',
    families: [],
    defects: ['ISO matched by name, 29 by hand; Schedule C itself uses GZ, WE and KV', 'the name of 7660 is cut'],
    entry: (row) => ({
      topic: 'country-code',
      subject: row.iso2 === undefined || row.iso2 === '' ? `schedule-c-${row.census_code ?? ''}` : row.iso2,
      code: null,
      apart: row.census_code ?? '',
      data: {
        schedule_c: row.census_code ?? '',
        name: row.name ?? '',
        iso2: row.iso2 === '' ? null : (row.iso2 ?? null),
        note: row.note ?? '',
      },
    }),
  },
  {
    name: 'case-country-codes',
    title: 'Country segment of antidumping and countervailing case numbers',
    url: 'mirror:us/lists/case_country_codes.csv',
    licence: FEDERAL,
    acts: [{ citation: 'Schedule C and case numbers', url: null, published: null, effective: '2025-01-01' }],
    format: 'csv',
    columns: ['case_prefix', 'census_schedule_c', 'name'],
    rows: 60,
    role: 'reference',
    families: [],
    defects: [
      'former Soviet and Serbian 4xxx codes become 8xx; Spain keeps the old 469; old cases may use a country that no longer exists',
    ],
    entry: (row) => ({
      topic: 'case-country-code',
      subject: row.case_prefix ?? '',
      code: null,
      data: { schedule_c: row.census_schedule_c ?? '', name: row.name ?? '' },
    }),
  },
  {
    name: 'federal-register-sources',
    title: 'Legal acts by tariff authority and date',
    url: 'mirror:us/lists/federal_register_sources.csv',
    licence: TRACKER,
    acts: [{ citation: 'Federal Register documents to 2026-06', url: null, published: null, effective: '2025-01-01' }],
    format: 'csv',
    columns: ['authority', 'tariff', 'effective_date', 'fr_number', 'fr_name', 'fr_link'],
    rows: 49,
    role: 'reference',
    families: [],
    defects: [
      'document number WH: White House page only',
      'aluminum 2025-03-07 is a date of the source, the legal start is 2025-03-12',
    ],
    entry: (row) => ({
      topic: 'legal-act',
      subject: row.authority ?? '',
      code: null,
      apart: `${row.tariff ?? ''}/${row.fr_number ?? ''}`,
      data: {
        tariff: row.tariff ?? '',
        fr_number: row.fr_number === 'WH' ? null : (row.fr_number ?? null),
        title: row.fr_name ?? '',
        url: row.fr_link ?? '',
      },
      from: dateCell(row.effective_date),
    }),
  },
  {
    name: 'hts-publication-dates',
    title: 'Publication dates of HTS releases',
    url: 'mirror:us/lists/hts_revisions_usitc_publication_dates.csv',
    licence: FEDERAL,
    acts: [
      {
        citation: 'releases to 2026 Revision 21',
        url: 'https://hts.usitc.gov/reststop/releaseList',
        published: null,
        effective: '2025-01-01',
      },
    ],
    format: 'csv',
    columns: ['release', 'published'],
    rows: 55,
    role: 'reference',
    families: [],
    defects: ['publication, not legal effect'],
    entry: (row) => ({
      topic: 'release-date',
      subject: row.release ?? '',
      code: null,
      data: { published: row.published ?? '' },
    }),
  },
];
