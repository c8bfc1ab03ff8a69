import { csvRecords } from '../../transforms/read/csv.ts';
import { fileEdition } from '../file-edition.ts';
import { defineSource } from '../source.ts';
import { strictParse } from '../strict-parse.ts';
import { dictionaryOf, dictionaryPart } from './us-pga/dictionary.ts';
import { flagRecords, PGA_SOURCE, type FlagItem } from './us-pga/flags.ts';

// The address of the official file is not known; the table is imported as CSV.
const LIST = 'mirror:us/pga/nmfs-trade-monitoring-2026-07.csv';

/** Programs as the list prints them, and the flag of the dictionary whose definition names each. */
const FLAG_OF: Readonly<Record<string, { flag: string; program: string }>> = {
  SIMP: { flag: 'NM8', program: 'SIM' },
  // Tuna Tracking and Verification Program: NOAA form 370.
  TTVP: { flag: 'NM1', program: '370' },
  HMS: { flag: 'NM5', program: 'HMS' },
  AMLR: { flag: 'NM3', program: 'AMR' },
};

/** NOAA Fisheries trade monitoring: seafood import monitoring, tuna, highly migratory species, Antarctic resources. */
export default defineSource<FlagItem>({
  ...PGA_SOURCE,
  id: 'us.pga-nmfs',
  title: 'NMFS trade monitoring HTS list',
  publisher: { name: 'NOAA Fisheries', acronym: 'NMFS', url: 'https://www.fisheries.noaa.gov' },
  validity: 'from-release',
  cadence: { cron: '40 7 * * 1', timezone: 'America/New_York', staleAfter: 'P1Y' },
  covers: { families: ['pga-nmfs'] },
  async *discover({ fetch }) {
    const edition = await fileEdition(fetch, { part: 'list', url: LIST, expect: 'csv' }, [dictionaryPart]);
    if (edition) yield edition;
  },
  parse: strictParse<FlagItem>('list', async function* (files) {
    const dictionary = await dictionaryOf(files);
    if (dictionary) yield { of: 'dictionary', dictionary };
    for (const row of csvRecords(await files.read('list'), ['htsCode', 'description', 'species', 'program'])) {
      // 'SIMP, HMS, TTVP' in any order: one row each.
      for (const printed of (row.program ?? '').split(',').map((name) => name.trim())) {
        const known = FLAG_OF[printed];
        yield {
          of: 'row',
          row: {
            code: row.htsCode ?? '',
            agency: 'NMF',
            // An unknown program is looked up under its own name and reported as an unknown flag.
            flag: known?.flag ?? printed,
            program: known?.program ?? printed,
            flag_source: 'published_agency_list',
            description: (row.description ?? '').trim(),
            notes: [`species: ${(row.species ?? '').trim()}; program as printed: ${printed}`],
          },
        };
      }
    }
  }),
  normalise: flagRecords,
  expect: { min: { 'reference.pga-flag': 250 }, max: { 'reference.pga-flag': 450 }, removedShare: 0.1 },
});
