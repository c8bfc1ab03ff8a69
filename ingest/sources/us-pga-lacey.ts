import { fromUsDate } from '../../transforms/dates.ts';
import { csvRecords } from '../../transforms/read/csv.ts';
import { fromWindows1252 } from '../../transforms/read/windows-1252.ts';
import { fileEdition } from '../file-edition.ts';
import { defineSource } from '../source.ts';
import { strictParse } from '../strict-parse.ts';
import { dictionaryOf, dictionaryPart } from './us-pga/dictionary.ts';
import { flagRecords, PGA_SOURCE, type FlagItem } from './us-pga/flags.ts';

const SCHEDULE = 'https://www.aphis.usda.gov/plant-imports/file-lacey-act-declaration/requirements';

/** Lacey Act declarations: the implementation schedule, phase by phase, at 4, 6, 8 and 10 digits. */
export default defineSource<FlagItem>({
  ...PGA_SOURCE,
  id: 'us.pga-lacey',
  title: 'Lacey Act declaration implementation schedule',
  publisher: {
    name: 'Animal and Plant Health Inspection Service',
    acronym: 'APHIS',
    url: 'https://www.aphis.usda.gov',
  },
  validity: 'extract',
  cadence: { cron: '30 7 * * 1', timezone: 'America/New_York', staleAfter: 'P3Y' },
  covers: { families: ['pga-lacey'] },
  async *discover({ fetch }) {
    const edition = await fileEdition(fetch, { part: 'list', url: SCHEDULE, expect: 'csv' }, [dictionaryPart]);
    if (edition) yield edition;
  },
  parse: strictParse<FlagItem>('list', async function* (files) {
    const dictionary = await dictionaryOf(files);
    if (dictionary) yield { of: 'dictionary', dictionary };
    const columns = ['Heading', 'Chapter', 'Article/Component of Article', 'Effective Date'] as const;
    // Byte 93 is a quotation mark.
    for (const row of csvRecords(fromWindows1252(await files.read('list')), columns)) {
      const printed = row['Effective Date'] ?? '';
      const validFrom = fromUsDate(printed);
      if (validFrom === null) throw new Error(`not a date: '${printed}'`);
      yield {
        of: 'row',
        row: {
          code: row['Heading'] ?? '',
          agency: 'APH',
          flag: 'AL1',
          program: 'APL',
          flag_source: 'published_agency_list',
          description: row['Article/Component of Article'] ?? '',
          notes: ['The schedule names codes, not flags: AL1 (declare or disclaim) is the flag of its program.'],
          valid_from: validFrom,
          valid_to: null,
        },
      };
    }
  }),
  normalise: flagRecords,
  expect: { min: { 'reference.pga-flag': 250 }, max: { 'reference.pga-flag': 500 }, removedShare: 0.1 },
});
