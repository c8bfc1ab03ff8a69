import type { PlainDate } from '../../transforms/dates.ts';
import type { ReferenceRecord } from '../../transforms/records.ts';
import { declaredBytes, declaredEditions, declaredRecords, type DeclaredFact } from '../declaration.ts';
import { defineSource } from '../source.ts';
import { EMBARGOES } from './us-regimes/embargoes.ts';
import { GOODS } from './us-regimes/goods.ts';

const ID = 'us.regimes';

export const US_REGIMES: readonly DeclaredFact[] = [...EMBARGOES, ...GOODS];

/** The bytes behind 'declared:us.regimes/<day>'. */
export function usRegimeBytes(day: PlainDate): Buffer {
  return declaredBytes(US_REGIMES, day);
}

/** Embargoes, import licences and declarations of the United States that no flag of an agency stands for. */
export default defineSource<ReferenceRecord>({
  id: ID,
  jurisdiction: 'US',
  title: 'Embargoes, licences and declarations of the United States by code',
  publisher: { name: 'Tariff Ledger, from the acts cited', acronym: 'TL', url: 'https://www.ecfr.gov' },
  licence: { name: 'Apache-2.0', attribution: 'Tariff Ledger' },
  records: ['reference'],
  validity: 'extract',
  cadence: { cron: '20 3 * * *', timezone: 'UTC', staleAfter: 'P400D' },
  covers: {
    families: ['regimes'],
    partial: {
      regimes: 'the regimes declared here only; which goods of a code are meant, the wording of the act decides',
    },
  },
  async *discover() {
    yield* declaredEditions(ID, US_REGIMES);
  },
  async *parse(files) {
    yield* declaredRecords(await files.read('declaration'));
  },
  async *normalise(rows) {
    yield* rows;
  },
  // A declaration grows with every act.
  expect: { min: { 'reference.regime-scope': 90 }, sizeShare: 100, modifiedShare: 1 },
});
