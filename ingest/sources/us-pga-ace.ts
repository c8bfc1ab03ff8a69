import { exclusiveEnd, isPlainDate, type PlainDate } from '../../transforms/dates.ts';
import { csvRecords } from '../../transforms/read/csv.ts';
import { fileEdition } from '../file-edition.ts';
import { defineSource } from '../source.ts';
import { strictParse } from '../strict-parse.ts';
import { dictionaryOf, dictionaryPart } from './us-pga/dictionary.ts';
import { flagRecords, PGA_SOURCE, type FlagItem } from './us-pga/flags.ts';

// ACE reports are run by account holders and imported; there is no public address.
const REPORT = 'mirror:us/pga/pga_hts_chapter34.csv';
const COLUMNS = [
  'PGA Name Code',
  'PGA Flag Code',
  'PGA Flag',
  'PGA Program Code',
  'HTS Number - Full',
  'HTS Long Description',
  'Effective Begin Date',
  'Effective End Date',
] as const;

/** ACE's own end of time. */
const OPEN_END = '2039-12-31';

/** The ACE report "PGA HTS": the only list that has FDA's flags. One number fans out to flag times program rows. */
export default defineSource<FlagItem>({
  ...PGA_SOURCE,
  id: 'us.pga-ace',
  title: 'ACE report "PGA HTS"',
  publisher: { name: 'U.S. Customs and Border Protection', acronym: 'CBP', url: 'https://www.cbp.gov' },
  validity: 'extract',
  cadence: { cron: '0 8 * * 1', timezone: 'America/New_York', staleAfter: 'P1Y' },
  covers: { families: ['pga-fda', 'pga-epa', 'pga-ams'], codes: ['34'] },
  async *discover({ fetch }) {
    const edition = await fileEdition(fetch, { part: 'list', url: REPORT, expect: 'csv' }, [dictionaryPart]);
    if (edition) yield edition;
  },
  parse: strictParse<FlagItem>('list', async function* (files) {
    const dictionary = await dictionaryOf(files);
    if (dictionary) yield { of: 'dictionary', dictionary };
    for (const row of csvRecords(await files.read('list'), COLUMNS)) {
      const cell = (name: (typeof COLUMNS)[number]): string => (row[name] ?? '').trim();
      const end = dateOf(cell('Effective End Date'));
      yield {
        of: 'row',
        row: {
          code: cell('HTS Number - Full'),
          agency: cell('PGA Name Code'),
          flag: cell('PGA Flag Code'),
          program: cell('PGA Program Code'),
          flag_source: 'ace_extract',
          description: cell('HTS Long Description'),
          notes: [cell('PGA Flag')],
          valid_from: dateOf(cell('Effective Begin Date')),
          valid_to: end >= OPEN_END ? null : exclusiveEnd(end),
        },
      };
    }
  }),
  normalise: flagRecords,
  expect: { min: { 'reference.pga-flag': 300 }, removedShare: 0.1 },
});

/** '2022-01-27 00:00:00' */
function dateOf(text: string): PlainDate {
  const date = text.slice(0, 10);
  if (!isPlainDate(date)) throw new Error(`not a date: '${text}'`);
  return date;
}
