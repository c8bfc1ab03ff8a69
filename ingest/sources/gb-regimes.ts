import type { PlainDate } from '../../transforms/dates.ts';
import type { ReferenceRecord } from '../../transforms/records.ts';
import { declaredBytes, declaredEditions, declaredRecords, type DeclaredFact } from '../declaration.ts';
import { ALL_CHAPTERS, codes, type Scope, scopeFacts } from '../regime-scope.ts';
import { defineSource } from '../source.ts';

const ID = 'gb.regimes';

const common = { to: null, known_to: null, inScope: [] } as const;
const uksi = (path: string) => `https://www.legislation.gov.uk/uksi/${path}`;
const DECIDES = 'the schedules name the goods; the tariff carries each ban as a measure with its exemptions';

/** Sanctions by origin and product rules of Great Britain. The codes are ours: the acts name goods, or schedules that change. */
const SCOPES: readonly Scope[] = [
  {
    ...common,
    regime: 'sanctions',
    period: 'RU',
    title: 'Trade sanctions against Russia',
    partly: ALL_CHAPTERS,
    origins: ['RU'],
    obligations: [
      'import bans on iron and steel, oil, coal, gold, diamonds, metals and revenue generating goods',
      DECIDES,
    ],
    citation: 'The Russia (Sanctions) (EU Exit) Regulations 2019, S.I. 2019/855, Part 5',
    url: uksi('2019/855/part/5'),
    from: '2022-04-14',
    known_from: '2022-04-14',
  },
  {
    ...common,
    regime: 'russian-steel-inputs',
    period: '2023',
    title: 'Evidence that iron and steel contain no Russian input',
    partly: codes('72 73'),
    excludedOrigins: ['RU'],
    obligations: ['goods processed in a third country: evidence of where their iron and steel inputs come from'],
    citation: 'The Russia (Sanctions) (EU Exit) Regulations 2019, S.I. 2019/855, Part 5',
    url: uksi('2019/855/part/5'),
    from: '2023-09-30',
    known_from: '2023-04-20',
  },
  {
    ...common,
    regime: 'sanctions',
    period: 'BY',
    title: 'Trade sanctions against Belarus',
    partly: ALL_CHAPTERS,
    origins: ['BY'],
    obligations: ['import bans on iron and steel, potash, mineral products, aluminium and others', DECIDES],
    citation: 'The Republic of Belarus (Sanctions) (EU Exit) Regulations 2019, S.I. 2019/600, Part 5',
    url: uksi('2019/600/part/5'),
    from: '2022-07-05',
    known_from: '2022-07-05',
  },
  {
    ...common,
    regime: 'sanctions',
    period: 'KP',
    title: 'Trade sanctions against North Korea',
    partly: ALL_CHAPTERS,
    origins: ['KP'],
    obligations: ['import bans on coal, metals, textiles, seafood, food, machinery, wood and others', DECIDES],
    citation: "The Democratic People's Republic of Korea (Sanctions) (EU Exit) Regulations 2019, S.I. 2019/411, Part 5",
    url: uksi('2019/411/part/5'),
    from: '2020-12-31',
    known_from: '2019-03-04',
  },
  {
    ...common,
    regime: 'arms',
    period: 'main',
    title: 'Firearms and ammunition',
    partly: codes('9301-9307'),
    obligations: [
      'import licence of the Department for Business and Trade; firearm certificate or dealer registration',
    ],
    citation: 'Import of Goods (Control) Order 1954, S.I. 1954/23; Firearms Act 1968',
    url: 'https://www.legislation.gov.uk/ukpga/1968/27',
    from: '2021-01-01',
    known_from: '2020-12-31',
  },
];

export const GB_REGIMES: readonly DeclaredFact[] = SCOPES.flatMap(scopeFacts);

/** The bytes behind 'declared:gb.regimes/<day>'. */
export function gbRegimeBytes(day: PlainDate): Buffer {
  return declaredBytes(GB_REGIMES, day);
}

export default defineSource<ReferenceRecord>({
  id: ID,
  jurisdiction: 'GB',
  title: 'Sanctions and product rules of Great Britain by code (inferred)',
  publisher: {
    name: 'Tariff Ledger, from the acts cited',
    acronym: 'TL',
    url: 'https://www.legislation.gov.uk',
  },
  licence: { name: 'Apache-2.0', attribution: 'Tariff Ledger' },
  records: ['reference'],
  validity: 'extract',
  cadence: { cron: '17 3 * * *', timezone: 'UTC', staleAfter: 'P400D' },
  covers: {
    families: ['regimes'],
    partial: { regimes: 'the acts declared here only; the codes are our own, the wording of the act decides' },
  },
  async *discover() {
    yield* declaredEditions(ID, GB_REGIMES);
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
