import type { PgaFlagDefinition } from '../../transforms/reference/pga-flag.ts';
import { fileEdition } from '../file-edition.ts';
import { defineSource } from '../source.ts';
import { strictParse } from '../strict-parse.ts';
import { DICTIONARY_URL, flagDefinitions } from './us-pga/dictionary.ts';
import { PGA_SOURCE } from './us-pga/flags.ts';

/** The dictionary of partner government agency flags. */
export default defineSource<PgaFlagDefinition>({
  ...PGA_SOURCE,
  id: 'us.pga-definitions',
  title: 'ACE Agency Tariff Code Reference (PGA flag definitions)',
  publisher: { name: 'U.S. Customs and Border Protection', acronym: 'CBP', url: 'https://www.cbp.gov' },
  validity: 'from-release',
  cadence: { cron: '10 7 * * 1', timezone: 'America/New_York', staleAfter: 'P2Y' },
  http: { userAgent: 'browser' },
  covers: { families: ['pga-definitions'] },
  async *discover({ fetch }) {
    const edition = await fileEdition(fetch, { part: 'dictionary', url: DICTIONARY_URL, expect: 'binary' });
    if (edition) yield edition;
  },
  parse: strictParse<PgaFlagDefinition>('dictionary', async function* (files) {
    yield* flagDefinitions(await files.read('dictionary'));
  }),
  async *normalise(rows) {
    for await (const data of rows) {
      yield {
        kind: 'reference',
        natural_key: data.flag,
        topic: 'pga-flag-definition',
        code: null,
        subject: data.flag,
        data,
      };
    }
  },
  // Wrapped table cells lose or invent flags easily; 49 in the edition of March 2026.
  expect: { min: { 'reference.pga-flag-definition': 45 }, max: { 'reference.pga-flag-definition': 60 } },
});
