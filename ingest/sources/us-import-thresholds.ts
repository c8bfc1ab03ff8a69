import { importThresholdData, type ImportThresholdData } from '../../transforms/reference/import-threshold.ts';
import { declaredBytes, declaredEditions, declaredRecords, type DeclaredFact } from '../declaration.ts';
import { defineSource } from '../source.ts';
import type { ReferenceRecord } from '../../transforms/records.ts';
import type { PlainDate } from '../../transforms/dates.ts';
import { COUNTRY_GROUPS } from './us-import-thresholds/country-groups.ts';
import { DECLARED_FEES } from './us-import-thresholds/fees.ts';

const ID = 'us.import-thresholds';

const NOTHING: ImportThresholdData = {
  threshold: 'de_minimis',
  status: 'granted',
  amount: null,
  currency: null,
  per: null,
  origins: null,
  modes: null,
  importers: null,
  goods: null,
  citation: '',
  verified: 'unverified',
  needs_review: false,
  note: null,
};

function fact(
  key: string,
  known: PlainDate,
  from: PlainDate,
  to: PlainDate | null,
  data: Partial<ImportThresholdData>,
): DeclaredFact {
  return {
    record: {
      kind: 'reference',
      natural_key: `threshold:${key}`,
      topic: 'threshold',
      code: null,
      subject: 'US',
      data: importThresholdData.parse({ ...NOTHING, ...data }),
      valid_from: from,
      valid_to: to,
    },
    known_from: known,
    known_to: null,
  };
}

/** What is granted, then what takes it away; a suspension counts for the origins and modes that it names. */
const THRESHOLDS: readonly DeclaredFact[] = [
  fact('de-minimis', '2016-03-10', '2016-03-10', null, {
    amount: '800',
    currency: 'USD',
    per: 'person_and_day',
    citation: '19 U.S.C. 1321(a)(2)(C)',
  }),
  fact('de-minimis:cn-hk', '2025-05-02', '2025-05-02', null, {
    status: 'suspended',
    origins: ['CN', 'HK'],
    citation: 'Executive Order 14256',
    note: 'Products of China including Hong Kong.',
  }),
  fact('de-minimis:all', '2025-08-05', '2025-08-29', null, {
    status: 'suspended',
    citation: 'Executive Order 14324, FR Doc. 2025-14897',
    verified: 'notice text',
  }),
  fact('de-minimis:rule-non-postal', '2026-06-24', '2026-06-24', null, {
    status: 'suspended',
    modes: ['non_postal'],
    citation: 'FR Doc. 2026-12670',
    verified: 'notice text',
    note: 'Interim final rule; also ends release from the manifest.',
  }),
  fact('de-minimis:rule-postal', '2026-07-24', '2026-07-24', null, {
    status: 'suspended',
    modes: ['postal'],
    citation: 'FR Doc. 2026-12669',
    verified: 'notice text',
    note: 'Interim final rule; postal informal entry from 2026-07-24.',
  }),
  fact('de-minimis:repeal', '2025-07-04', '2027-07-01', null, {
    status: 'repealed',
    citation: 'Pub. L. 119-21',
    needs_review: true,
  }),
  fact('entry-type-86', '2026-06-24', '2026-06-24', null, {
    threshold: 'entry_type_86',
    status: 'suspended',
    citation: 'FR Doc. 2026-12670',
    verified: 'notice text',
  }),
  fact('informal-entry', '2013-01-07', '2013-01-07', null, {
    threshold: 'informal_entry',
    amount: '2500',
    currency: 'USD',
    per: 'consignment',
    citation: '19 CFR 143.21',
    verified: 'notice text',
  }),
  fact('formal-entry-required', '2013-01-07', '2013-01-07', null, {
    threshold: 'formal_entry_required',
    goods: ['antidumping', 'countervailing', 'quota'],
    citation: '19 CFR 143.21, 143.22',
    verified: 'notice text',
    note: 'Formal entry at any value; antidumping and countervailing duty goods are entry type 03.',
  }),
  fact('informal-entry:foreign-importers', '2026-10-10', '2026-11-30', null, {
    threshold: 'informal_entry',
    status: 'suspended',
    importers: 'foreign',
    citation: 'Executive Order 14411',
    verified: 'notice text',
    note: 'The day of publication is not established; known on 2026-10-10 at the latest.',
  }),
];

export const US_IMPORT_THRESHOLDS: readonly DeclaredFact[] = [...THRESHOLDS, ...DECLARED_FEES, ...COUNTRY_GROUPS];

/** The bytes behind 'declared:us.import-thresholds/<day>'. */
export function usImportThresholdBytes(day: PlainDate): Buffer {
  return declaredBytes(US_IMPORT_THRESHOLDS, day);
}

/** Low-value rules, entry limits, fee exemptions and fees of older years: declared, with citations. */
export default defineSource<ReferenceRecord>({
  id: ID,
  jurisdiction: 'US',
  title: 'U.S. import thresholds, fee exemptions and older fees',
  publisher: {
    name: 'Tariff Ledger, from the acts cited',
    acronym: 'TL',
    url: 'https://www.ecfr.gov/current/title-19',
  },
  licence: { name: 'US public domain', attribution: 'U.S. Government' },
  records: ['reference'],
  validity: 'extract',
  cadence: { cron: '0 3 * * *', timezone: 'UTC', staleAfter: 'P90D' },
  covers: {
    families: ['thresholds', 'fee-exemptions'],
    partial: { 'fee-exemptions': 'from 19 CFR 24.23(c), to be verified' },
  },
  async *discover() {
    yield* declaredEditions(ID, US_IMPORT_THRESHOLDS);
  },
  async *parse(files) {
    yield* declaredRecords(await files.read('declaration'));
  },
  async *normalise(rows) {
    yield* rows;
  },
  // A declaration grows with every act.
  expect: { min: {}, sizeShare: 100 },
});
