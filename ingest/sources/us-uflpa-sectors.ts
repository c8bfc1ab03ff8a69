import type { PlainDate } from '../../transforms/dates.ts';
import type { ReferenceRecord } from '../../transforms/records.ts';
import { riskSectorData } from '../../transforms/reference/uflpa.ts';
import { declaredBytes, declaredEditions, declaredRecords, type DeclaredFact } from '../declaration.ts';
import { defineSource } from '../source.ts';

const ID = 'us.uflpa-sectors';

/** The presumption of 19 U.S.C. 1307 applies to entries from this day (Public Law 117-78, sec. 3(e)); the first strategy is of 2022-06-17. */
const PRESUMPTION: PlainDate = '2022-06-21';

/**
 * Priority sectors of the UFLPA strategy, by the report that named them, and the numbers under which we hold their goods to be.
 * The reports name sectors in words; every code is our inference. The one place for them: duties and requirements read it.
 */
const SECTORS: readonly { sector: string; known: PlainDate; citation: string; codes: readonly string[] }[] = [
  ...named('2022-06-17', 'UFLPA strategy, June 2022', {
    apparel: ['61', '62', '63'],
    cotton: ['52', '5601'],
    tomatoes: ['0702', '2002', '200950', '210320'],
    'silica and polysilicon': ['280461', '280469', '281122', '285000', '3818', '854142', '854143'],
  }),
  ...named('2024-07-09', 'UFLPA strategy, update of July 2024', {
    aluminum: ['76'],
    'polyvinyl chloride': ['390410', '390421', '390422', '391810'],
    seafood: ['03', '1604', '1605'],
  }),
  ...named('2025-08-19', 'UFLPA strategy, update of August 2025', {
    'caustic soda': ['281511', '281512'],
    copper: ['74'],
    jujubes: ['081090', '081340'],
    lithium: ['282520', '283691', '850650', '850760'],
    steel: ['72', '73'],
  }),
];

function named(known: PlainDate, citation: string, sectors: Readonly<Record<string, readonly string[]>>) {
  return Object.entries(sectors).map(([sector, codes]) => ({ sector, known, citation, codes }));
}

export const US_UFLPA_SECTORS: readonly DeclaredFact[] = SECTORS.flatMap(({ sector, known, citation, codes }) =>
  codes.map((code) => ({
    record: {
      kind: 'reference' as const,
      natural_key: `uflpa:${sector}:${code}`,
      topic: 'risk-sector',
      code,
      subject: 'CN',
      data: riskSectorData.parse({
        regime: 'uflpa',
        sector,
        authority: 'inferred',
        citation,
        note: 'The strategy names the sector in words; the code is inferred from it and no official list.',
      }),
      valid_from: known < PRESUMPTION ? PRESUMPTION : known,
      valid_to: null,
    },
    known_from: known,
    known_to: null,
  })),
);

/** The bytes behind 'declared:us.uflpa-sectors/<day>'. */
export function usUflpaSectorBytes(day: PlainDate): Buffer {
  return declaredBytes(US_UFLPA_SECTORS, day);
}

/** Which codes fall into a priority sector for forced-labour enforcement: inferred, and labelled so. */
export default defineSource<ReferenceRecord>({
  id: ID,
  jurisdiction: 'US',
  title: 'UFLPA priority sectors by code (inferred)',
  publisher: {
    name: 'Tariff Ledger, from the reports cited',
    acronym: 'TL',
    url: 'https://www.dhs.gov/uflpa-strategy',
  },
  licence: { name: 'Apache-2.0', attribution: 'Tariff Ledger' },
  records: ['reference'],
  validity: 'extract',
  cadence: { cron: '10 3 * * *', timezone: 'UTC', staleAfter: 'P400D' },
  covers: {
    families: ['forced-labour-sectors'],
    partial: { 'forced-labour-sectors': 'codes are inferred: no official list of codes exists' },
  },
  async *discover() {
    yield* declaredEditions(ID, US_UFLPA_SECTORS);
  },
  async *parse(files) {
    yield* declaredRecords(await files.read('declaration'));
  },
  async *normalise(rows) {
    yield* rows;
  },
  // A declaration grows with every act.
  expect: { min: { 'reference.risk-sector': 10 }, sizeShare: 100 },
});
