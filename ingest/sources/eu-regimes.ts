import type { PlainDate } from '../../transforms/dates.ts';
import type { ReferenceRecord } from '../../transforms/records.ts';
import { declaredBytes, declaredEditions, declaredRecords, type DeclaredFact } from '../declaration.ts';
import { defineSource } from '../source.ts';
import { CBAM } from './eu-regimes/cbam.ts';
import { CONFORMITY } from './eu-regimes/conformity.ts';
import { DEFORESTATION } from './eu-regimes/deforestation.ts';
import { PRODUCTS } from './eu-regimes/products.ts';
import { SANCTIONS } from './eu-regimes/sanctions.ts';

const ID = 'eu.regimes';

export const EU_REGIMES: readonly DeclaredFact[] = [
  ...CBAM,
  ...DEFORESTATION,
  ...CONFORMITY,
  ...PRODUCTS,
  ...SANCTIONS,
];

/** The bytes behind 'declared:eu.regimes/<day>'. */
export function euRegimeBytes(day: PlainDate): Buffer {
  return declaredBytes(EU_REGIMES, day);
}

/** Product scopes of EU acts by CN prefix, with the exclusions that their annexes print: inferred, and labelled so. */
export const euRegimes = defineSource<ReferenceRecord>({
  id: ID,
  jurisdiction: 'EU',
  title: 'Product scopes of EU regimes by code (inferred)',
  publisher: {
    name: 'Tariff Ledger, from the acts cited',
    acronym: 'TL',
    url: 'https://eur-lex.europa.eu',
  },
  licence: { name: 'Apache-2.0', attribution: 'Tariff Ledger' },
  records: ['reference'],
  validity: 'extract',
  cadence: { cron: '15 3 * * *', timezone: 'UTC', staleAfter: 'P400D' },
  covers: {
    families: ['regimes'],
    partial: {
      regimes: 'the acts declared here only; codes are those of the annexes or our own, the wording of the act decides',
    },
  },
  async *discover() {
    yield* declaredEditions(ID, EU_REGIMES);
  },
  async *parse(files) {
    yield* declaredRecords(await files.read('declaration'));
  },
  async *normalise(rows) {
    yield* rows;
  },
  // A declaration begins with the first act, grows with every other and shrinks when an annex is cut.
  expect: { min: { 'reference.regime-scope': 3 }, sizeShare: 100, modifiedShare: 1, removedShare: 0.5 },
});

export default euRegimes;
