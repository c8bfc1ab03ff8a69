import { programmeData } from '../../transforms/stacking/programme.ts';
import type { TariffRecord } from '../../transforms/records.ts';
import { midnight, type Instant } from '../../transforms/dates.ts';
import { defineSource, type Edition } from '../source.ts';
import { publicationDates } from './us-programmes/acts.ts';
import { DECLARATIONS } from './us-programmes/all.ts';
import { asKnown, type KnownRow } from './us-programmes/declare.ts';

const ID = 'us.programmes';
const SCHEME = `declared:${ID}/`;

/**
 * The editions of us.programmes, oldest first: one per date on which an act was published. Nothing is fetched; the part of an
 * edition is the declaration itself as canonical JSON, served for 'declared:' addresses.
 */
export function declaredEditions(): { label: string; publishedAt: Instant; url: string; bytes(): Buffer }[] {
  return publicationDates().map((date) => ({
    label: date,
    publishedAt: midnight(date),
    url: `${SCHEME}${date}`,
    bytes: () => declaredBytes(date),
  }));
}

/** The bytes behind 'declared:us.programmes/<date>'; the same for the same declarations, so a restart adds nothing. */
export function declaredBytes(date: string): Buffer {
  return Buffer.from(`${JSON.stringify(programmesKnownOn(date), null, 1)}\n`);
}

/** Rows as known by a date of publication, straight from the declarations. */
export function programmesKnownOn(date: string): KnownRow[] {
  return asKnown(DECLARATIONS, date);
}

/** Programmes of chapter 99, special programmes and column 2, declared from the acts (docs/stacking-us.md). */
export const usProgrammes = defineSource<KnownRow>({
  id: ID,
  jurisdiction: 'US',
  title: 'United States duty programmes',
  publisher: {
    name: 'Tariff Ledger, from the acts cited in each row',
    acronym: 'TL',
    url: 'https://www.federalregister.gov/',
  },
  licence: { name: 'Public domain (facts of United States Government acts)', attribution: '' },
  records: ['reference'],
  validity: 'extract',
  cadence: { cron: '20 6 * * *', timezone: 'America/New_York', staleAfter: 'P3650D' },
  covers: {
    families: [
      'preference',
      'column-2',
      'section-122',
      'section-201',
      'section-232',
      'section-301',
      'section-338',
      'ieepa',
    ],
  },
  async *discover({ known }) {
    const published = new Set(known.map((release) => release.label));
    for (const { label, publishedAt, url } of declaredEditions()) {
      if (published.has(label)) continue;
      const edition: Edition = {
        label,
        publishedAt,
        effectiveDate: null,
        parts: [{ part: 'programmes', url, expect: 'json' }],
      };
      yield edition;
    }
  },
  async *parse(files) {
    const rows = JSON.parse((await files.read('programmes')).toString('utf8')) as KnownRow[]; // our own canonical JSON
    for (const row of rows) yield { ...row, data: programmeData.parse(row.data) };
  },
  async *normalise(rows) {
    for await (const row of rows) yield record(row);
  },
  // Each edition holds what was declared by its day: early ones are small, and growth is no fault.
  expect: { min: { 'reference.programme': 1 }, errors: 0, sizeShare: Infinity },
});

function record(row: KnownRow): TariffRecord {
  return {
    kind: 'reference',
    natural_key: row.natural_key,
    topic: 'programme',
    code: null,
    subject: row.data.program,
    data: JSON.parse(JSON.stringify(row.data)) as Record<string, never>, // plain JSON, without undefined fields
    valid_from: row.valid_from,
    valid_to: row.valid_to,
  };
}
