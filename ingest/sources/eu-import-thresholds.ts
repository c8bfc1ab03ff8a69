import type { PlainDate } from '../../transforms/dates.ts';
import type { ReferenceRecord } from '../../transforms/records.ts';
import { importThresholdData, type ImportThresholdData } from '../../transforms/reference/import-threshold.ts';
import { declaredBytes, declaredEditions, declaredRecords, type DeclaredFact } from '../declaration.ts';
import { defineSource } from '../source.ts';

const ID = 'eu.import-thresholds';

interface Rule {
  key: string;
  subject: string;
  known: [from: PlainDate, to: PlainDate | null];
  valid: [from: PlainDate, to: PlainDate | null];
  data: Pick<ImportThresholdData, 'threshold' | 'citation'> & Partial<ImportThresholdData>;
}

const UNVERIFIED = 'From one unofficial source.';

const RULES: readonly Rule[] = [
  {
    key: 'duty-relief',
    subject: 'EU',
    known: ['2010-01-01', '2026-07-01'],
    valid: ['2010-01-01', null],
    data: {
      threshold: 'de_minimis',
      amount: '150',
      currency: 'EUR',
      per: 'consignment',
      citation: 'Regulation (EC) No 1186/2009, Articles 23 and 24',
    },
  },
  {
    // The same rule, as the act that ends it says. Its own publication is earlier; this is the latest day it can have been.
    key: 'duty-relief',
    subject: 'EU',
    known: ['2026-07-01', null],
    valid: ['2010-01-01', '2026-07-01'],
    data: {
      threshold: 'de_minimis',
      amount: '150',
      currency: 'EUR',
      per: 'consignment',
      citation: 'Regulation (EC) No 1186/2009, Articles 23 and 24; ended by Regulation (EU) 2026/382',
    },
  },
  {
    key: 'low-value-duty',
    subject: 'EU',
    known: ['2026-07-01', null],
    valid: ['2026-07-01', '2028-07-01'],
    data: {
      threshold: 'low_value_duty',
      amount: '3',
      currency: 'EUR',
      per: 'item',
      citation: 'Regulation (EU) 2026/382; delegated act C(2026) 2760',
      note: 'Flat customs duty per item in consignments of up to 150 EUR.',
    },
  },
  {
    key: 'handling-fee',
    subject: 'EU',
    known: ['2026-11-01', null],
    valid: ['2026-11-01', null],
    data: {
      threshold: 'handling_fee',
      currency: 'EUR',
      per: 'item',
      citation: 'Union handling fee, from 2026-11-01',
      needs_review: true,
      note: `The amount is not established. ${UNVERIFIED}`,
    },
  },
  {
    key: 'parcel-fee:FR',
    subject: 'FR',
    known: ['2026-03-01', null],
    valid: ['2026-03-01', null],
    data: {
      threshold: 'national_parcel_fee',
      amount: '2',
      currency: 'EUR',
      per: 'line_hs6',
      citation: 'National fee of France on low-value consignments',
      needs_review: true,
      note: UNVERIFIED,
    },
  },
  {
    key: 'parcel-fee:IT',
    subject: 'IT',
    known: ['2026-07-01', null],
    valid: ['2026-07-01', null],
    data: {
      threshold: 'national_parcel_fee',
      amount: '2',
      currency: 'EUR',
      per: 'consignment',
      citation: 'National fee of Italy on low-value consignments, suspended to 2026-07-01',
      needs_review: true,
      note: UNVERIFIED,
    },
  },
  {
    key: 'parcel-fee:RO',
    subject: 'RO',
    known: ['2026-07-01', null],
    valid: ['2026-07-01', null],
    data: {
      threshold: 'national_parcel_fee',
      currency: 'EUR',
      per: 'consignment',
      citation: 'National fee of Romania on low-value consignments',
      needs_review: true,
      note: `About 4.90 EUR; neither the amount nor the first day is established. ${UNVERIFIED}`,
    },
  },
];

export const EU_IMPORT_THRESHOLDS: readonly DeclaredFact[] = RULES.map(({ key, subject, known, valid, data }) => ({
  record: {
    kind: 'reference',
    natural_key: `threshold:${key}`,
    topic: 'threshold',
    code: null,
    subject,
    data: importThresholdData.parse({
      status: 'granted',
      amount: null,
      currency: null,
      per: null,
      origins: null,
      modes: null,
      importers: null,
      goods: null,
      verified: 'unverified',
      needs_review: false,
      note: null,
      ...data,
    }),
    valid_from: valid[0],
    valid_to: valid[1],
  },
  known_from: known[0],
  known_to: known[1],
}));

/** The bytes behind 'declared:eu.import-thresholds/<day>'. */
export function euImportThresholdBytes(day: PlainDate): Buffer {
  return declaredBytes(EU_IMPORT_THRESHOLDS, day);
}

/** Low-value consignments into the EU, by date. Nothing is declared for Great Britain: no source at hand states its limits. */
export default defineSource<ReferenceRecord>({
  id: ID,
  jurisdiction: 'EU',
  title: 'EU low-value consignment rules and parcel fees',
  publisher: { name: 'Tariff Ledger, from the acts cited', acronym: 'TL', url: 'https://eur-lex.europa.eu' },
  licence: { name: 'Decision 2011/833/EU', attribution: '© European Union' },
  records: ['reference'],
  validity: 'extract',
  cadence: { cron: '5 3 * * *', timezone: 'UTC', staleAfter: 'P90D' },
  covers: {
    families: ['thresholds'],
    partial: { thresholds: 'national parcel fees and the handling fee need review' },
  },
  async *discover() {
    yield* declaredEditions(ID, EU_IMPORT_THRESHOLDS);
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
