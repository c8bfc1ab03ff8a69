import { csvRecords } from '../../transforms/read/csv.ts';
import { fileEdition } from '../file-edition.ts';
import { defineSource } from '../source.ts';
import { strictParse } from '../strict-parse.ts';
import { dictionaryOf, dictionaryPart } from './us-pga/dictionary.ts';
import { flagRecords, PGA_SOURCE, type FlagItem } from './us-pga/flags.ts';

// The address of the official file is not known; the table is imported as CSV.
const LIST = 'mirror:us/pga/dea-drug-codes-2026-03.csv';
const FLAG_OF: Readonly<Record<string, string>> = { DEA: 'DE1', MAC: 'DE3' };

/** DEA: controlled substances and listed chemicals (DE1), regulated machines (DE3). */
export default defineSource<FlagItem>({
  ...PGA_SOURCE,
  id: 'us.pga-dea',
  title: 'DEA HTS list',
  publisher: { name: 'Drug Enforcement Administration', acronym: 'DEA', url: 'https://www.deadiversion.usdoj.gov' },
  validity: 'from-release',
  cadence: { cron: '50 7 * * 1', timezone: 'America/New_York', staleAfter: 'P1Y' },
  // A fifth of the codes belong to an older nomenclature: staleCodes() of transforms/reference/pga-flag.ts finds them.
  covers: { families: ['pga-dea'], partial: { 'pga-dea': 'the list carries codes of older editions of the tariff' } },
  async *discover({ fetch }) {
    const edition = await fileEdition(fetch, { part: 'list', url: LIST, expect: 'csv' }, [dictionaryPart]);
    if (edition) yield edition;
  },
  parse: strictParse<FlagItem>('list', async function* (files) {
    const dictionary = await dictionaryOf(files);
    if (dictionary) yield { of: 'dictionary', dictionary };
    for (const row of csvRecords(await files.read('list'), ['htsCode', 'description', 'program'])) {
      const program = (row.program ?? '').trim();
      yield {
        of: 'row',
        row: {
          code: row.htsCode ?? '',
          agency: 'DEA',
          flag: FLAG_OF[program] ?? program,
          program,
          flag_source: 'published_agency_list',
          description: (row.description ?? '').trim(),
          notes: [],
        },
      };
    }
  }),
  normalise: flagRecords,
  expect: { min: { 'reference.pga-flag': 150 }, max: { 'reference.pga-flag': 300 }, removedShare: 0.1 },
});
