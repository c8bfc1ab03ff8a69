import { csvRecords } from '../../transforms/read/csv.ts';
import { fileEdition } from '../file-edition.ts';
import { defineSource } from '../source.ts';
import { strictParse } from '../strict-parse.ts';
import { dictionaryOf, dictionaryPart } from './us-pga/dictionary.ts';
import { flagRecords, PGA_SOURCE, type FlagItem } from './us-pga/flags.ts';

// The workbook's own address is not known; the table is imported as CSV.
const LIST = 'mirror:us/pga/aphis-core-2026-02.csv.gz';
const COLUMNS = [
  '10 digit HTS',
  '10 digit HTS Description',
  'APHIS Flag',
  'APHIS Primary Category Type',
  'Category Code',
  'APHIS Operational Program',
] as const;

/** APHIS Core: animal and plant health flags AQ1, AQ2, AQX by tariff number. */
export default defineSource<FlagItem>({
  ...PGA_SOURCE,
  id: 'us.pga-aphis',
  title: 'APHIS Core HTS correlation table',
  publisher: {
    name: 'Animal and Plant Health Inspection Service',
    acronym: 'APHIS',
    url: 'https://www.aphis.usda.gov',
  },
  validity: 'from-release',
  cadence: { cron: '20 7 * * 1', timezone: 'America/New_York', staleAfter: 'P1Y' },
  covers: { families: ['pga-aphis'] },
  async *discover({ fetch }) {
    const edition = await fileEdition(fetch, { part: 'list', url: LIST, expect: 'csv' }, [dictionaryPart]);
    if (edition) yield edition;
  },
  parse: strictParse<FlagItem>('list', async function* (files) {
    const dictionary = await dictionaryOf(files);
    if (dictionary) yield { of: 'dictionary', dictionary };
    // Descriptions contain line breaks.
    for (const row of csvRecords(await files.read('list'), COLUMNS)) {
      const cell = (name: (typeof COLUMNS)[number]): string => (row[name] ?? '').replace(/\s+/g, ' ').trim();
      const enforced = /^AQ[0-9X]$/.test(cell('APHIS Flag'));
      // Two programs in one cell, in either order: 'VS/PPQ', 'PPQ, VS'.
      for (const program of cell('APHIS Operational Program').split(/\s*[/,]\s*/)) {
        yield {
          of: 'row',
          row: {
            code: cell('10 digit HTS'),
            agency: 'APH',
            // 'flag not enforced' is a statement of the agency, not a missing value.
            flag: enforced || cell('APHIS Flag') !== 'flag not enforced' ? cell('APHIS Flag') : null,
            program,
            ...(enforced ? {} : { requirement: 'not_enforced' as const }),
            flag_source: 'published_agency_list',
            description: cell('10 digit HTS Description'),
            notes: [`${cell('APHIS Primary Category Type')}; category ${cell('Category Code')}`],
          },
        };
      }
    }
  }),
  normalise: flagRecords,
  expect: { min: { 'reference.pga-flag': 2400 }, max: { 'reference.pga-flag': 3300 }, removedShare: 0.1 },
});
