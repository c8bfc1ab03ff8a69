import type { Condition } from '../../../transforms/stacking/programme.ts';
import { declaration, heading, type Declaration, type HeadingSpec, type Group, type Yields } from './declare.ts';
import {
  adds,
  all,
  any,
  baggage,
  declared,
  donation,
  fact,
  IEEPA_END,
  inTransit,
  informational,
  list,
  not,
  S232,
  usmcaRelief,
  yieldsTo,
} from './terms.ts';

/** IEEPA duties on China and Hong Kong, Canada and Mexico; U.S. notes 2(a) to 2(u). Collected for entries before 2026-02-24. */

const china: Omit<HeadingSpec, 'heading' | 'rate' | 'from' | 'begun_by' | 'note'> = {
  program: 'us.ieepa.fentanyl.china',
  family: 'ieepa',
  title: 'IEEPA duties on products of China and Hong Kong (synthetic opioids)',
  countries: ['CN', 'HK'],
  exceptions: [
    donation('9903.01.21'),
    informational('9903.01.22'),
    baggage('2(s), 2(u)'),
    inTransit('9903.01.23', '2025-02-01', '2025-03-07'),
  ],
};

const CHINA: Declaration[] = [
  heading({
    ...china,
    heading: '9903.01.20',
    note: '2(s)',
    rate: adds('0.1'),
    from: '2025-02-04',
    begun_by: 'eo-14195',
    to: '2025-03-04',
    ended_by: 'eo-14228',
  }),
  heading({
    ...china,
    heading: '9903.01.24',
    note: '2(u)',
    rate: adds('0.2'),
    from: '2025-03-04',
    begun_by: 'eo-14228',
    to: '2025-11-10',
    ended_by: 'eo-14357',
  }),
  heading({
    ...china,
    heading: '9903.01.24',
    note: '2(u)',
    rate: adds('0.1'),
    from: '2025-11-10',
    begun_by: 'eo-14357',
    ...IEEPA_END,
  }),
];

/**
 * What the goods of Canada and Mexico are taken out for. Metals: EO 14289 first kept this duty and dropped the metals duty (from
 * 2025-03-04, with effect back); Proclamation 10947 turned that round for entries from 2025-06-04 (note 19(f)).
 */
const northAmericanYields = (note: string): Yields => [
  yieldsTo([S232.autos], 'U.S. note 33(a)', { from: '2025-04-03', known_by: 'eo-14289' }),
  yieldsTo([S232.autoParts], 'U.S. note 33(f)', { from: '2025-05-03', known_by: 'eo-14289' }),
  yieldsTo([S232.steel, S232.aluminum], 'U.S. notes 16 and 19(f)', { from: '2025-06-04', known_by: 'proc-10947' }),
  yieldsTo([S232.copper], 'Proclamation 10962', { from: '2025-08-01', portion: 'content', known_by: 'proc-10962' }),
  yieldsTo([S232.wood], `U.S. note ${note}`, { from: '2025-10-14', known_by: 'proc-10976' }),
  yieldsTo([S232.mhdv], 'U.S. note 38(a)', { from: '2025-11-01', known_by: 'proc-10984' }),
  yieldsTo([S232.mhdvParts], 'U.S. note 38(h)', { from: '2025-11-01', known_by: 'proc-10984' }),
  yieldsTo([S232.semiconductors], 'U.S. note 39(a)', { from: '2026-01-15', known_by: 'proc-11002' }),
];

const CARVE_OUT = 'us.ieepa.fentanyl-carveout';
/** On the published list unless declared not to be; or declared to be. */
const carvedOut = (name: string, heading: string): Condition =>
  any(fact(name, true), all(list(CARVE_OUT, { heading }), not(fact(name, false))));

const group = (country: string, rank: number): Group => ({
  group: `us.ieepa.fentanyl.${country}`,
  rank,
  note: country === 'canada' ? 'U.S. note 2(j)' : 'U.S. note 2(a)',
  quiet: true,
});

const canada: Omit<HeadingSpec, 'heading' | 'rate' | 'from' | 'begun_by' | 'note'> = {
  program: 'us.ieepa.fentanyl.canada',
  family: 'ieepa',
  title: 'IEEPA duties on products of Canada (northern border)',
  countries: ['CA'],
  exceptions: [
    donation('9903.01.11'),
    informational('9903.01.12'),
    baggage('2(j)'),
    { ...usmcaRelief('9903.01.14', '2(j)', ['CA']), valid_from: '2025-03-07', known_by: 'eo-14231' },
  ],
  yields_to: northAmericanYields('2(j)'),
};

const CANADA: Declaration[] = [
  heading({
    ...canada,
    heading: '9903.01.16',
    note: '2(m)',
    rate: adds('0.4'),
    from: '2025-08-01',
    begun_by: 'eo-14325',
    ...IEEPA_END,
    scope: declared('9903.01.16'),
    exclusive: group('canada', 0),
  }),
  heading({
    ...canada,
    heading: '9903.01.15',
    note: '2(l)',
    rate: adds('0.1'),
    from: '2025-03-07',
    begun_by: 'eo-14231',
    ...IEEPA_END,
    scope: carvedOut('potash', '99030115'),
    exclusive: group('canada', 1),
  }),
  heading({
    ...canada,
    heading: '9903.01.13',
    note: '2(j)',
    rate: adds('0.1'),
    from: '2025-03-04',
    begun_by: 'eo-14193',
    ...IEEPA_END,
    scope: carvedOut('energy', '99030113'),
    exclusive: group('canada', 2),
  }),
  heading({
    ...canada,
    heading: '9903.01.10',
    note: '2(j)',
    rate: adds('0.25'),
    from: '2025-03-04',
    begun_by: 'eo-14193',
    to: '2025-08-01',
    ended_by: 'eo-14325',
    exclusive: group('canada', 3),
  }),
  heading({
    ...canada,
    heading: '9903.01.10',
    note: '2(j)',
    rate: adds('0.35'),
    from: '2025-08-01',
    begun_by: 'eo-14325',
    ...IEEPA_END,
    exclusive: group('canada', 3),
  }),
];

const mexico: Omit<HeadingSpec, 'heading' | 'rate' | 'from' | 'begun_by' | 'note'> = {
  program: 'us.ieepa.fentanyl.mexico',
  family: 'ieepa',
  title: 'IEEPA duties on products of Mexico (southern border)',
  countries: ['MX'],
  exceptions: [
    donation('9903.01.02'),
    informational('9903.01.03'),
    baggage('2(a)'),
    { ...usmcaRelief('9903.01.04', '2(a)', ['MX']), valid_from: '2025-03-07', known_by: 'eo-14231' },
  ],
  yields_to: northAmericanYields('2(a)'),
};

const MEXICO: Declaration[] = [
  heading({
    ...mexico,
    heading: '9903.01.05',
    note: '2(c)',
    rate: adds('0.1'),
    from: '2025-03-07',
    begun_by: 'eo-14231',
    ...IEEPA_END,
    scope: carvedOut('potash', '99030105'),
    exclusive: group('mexico', 1),
  }),
  heading({
    ...mexico,
    heading: '9903.01.01',
    note: '2(a)',
    rate: adds('0.25'),
    from: '2025-03-04',
    begun_by: 'eo-14194',
    ...IEEPA_END,
    exclusive: group('mexico', 2),
  }),
];

/** Note 39(a)(8) reads 9903.01.24-9903.01.76 and so names this duty by its first number; note 2(u) does not except semiconductors. */
const DOUBT = declaration(
  {
    kind: 'coverage',
    program: 'us.ieepa.fentanyl.china',
    family: 'ieepa',
    measure_type: 'ieepa',
    title: 'Semiconductor articles of China',
    origins: ['CN', 'HK'],
    scope: all(list('us.s232.semiconductors'), fact('qualifying_article', 'semiconductor')),
    lower_bound: false,
    marks: true,
  },
  {
    key: 'coverage',
    from: '2026-01-15',
    begun_by: 'proc-11002',
    ...IEEPA_END,
    review: 'U.S. note 39(a)(8) can be read to take semiconductor articles out of 9903.01.24; note 2(u) does not',
  },
);

export const FENTANYL: Declaration[] = [...CHINA, ...CANADA, ...MEXICO, DOUBT];
