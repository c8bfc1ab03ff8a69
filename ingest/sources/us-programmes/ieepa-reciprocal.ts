import { heading, type Declaration, type HeadingSpec, type Exceptions, type Group, type Yields } from './declare.ts';
import type { ActId } from './acts.ts';
import { PHASE_1, PHASE_2 } from './reciprocal-rates.ts';
import {
  adds,
  all,
  article,
  baggage,
  civilAircraft,
  declared,
  donation,
  EU_MEMBERS,
  exception,
  floor,
  IEEPA_END,
  inTransit,
  informational,
  list,
  origin,
  particularArticle,
  S232,
  yieldsTo,
} from './terms.ts';

/**
 * IEEPA reciprocal duties, U.S. note 2(v): 10 % for all (9903.01.25), country rates on 2025-04-09 (phase 1, ended the day after),
 * country rates from 2025-08-07 (phase 2). Not for Canada and Mexico, not in column 2. Collected for entries before 2026-02-24.
 */

const floorExempt = (group: 'eu' | 'kr' | 'ch', category: string) =>
  list(`us.ieepa.floor-exempt.${group}`, { category });
const pharmaUse = article('generic_drug', 'non_patented_pharmaceutical', 'pharmaceutical_use');

const exceptions: Exceptions = [
  donation('9903.01.30'),
  informational('9903.01.31'),
  baggage('2(v)(i)'),
  exception('9903.01.32', {
    when: list('us.ieepa.annex-ii'),
    reason: 'on the list of excepted products (EO 14257 Annex II as amended)',
    note: '2(v)(iii)(a)',
  }),
  inTransit('9903.01.28', '2025-04-05', '2025-05-27', { note: '2(v)' }),
  { ...particularArticle('9903.02.78', '2(v)(iii)(b)', { from: '2025-11-13' }), known_by: 'eo-14360' },
  { ...civilAircraft('9903.96.01', origin('GB'), '35(a)'), valid_from: '2025-06-30', known_by: 'uk-deal' },
  { ...civilAircraft('9903.96.02', origin('JP'), '35(b)'), valid_from: '2025-09-16', known_by: 'japan-deal' },
];

const yields_to: Yields = [
  yieldsTo([S232.steel], 'U.S. note 2(v)(vi)-(vii)', { portion: 'content' }),
  yieldsTo([S232.aluminum], 'U.S. note 2(v)(viii)-(ix)', { portion: 'content' }),
  yieldsTo([S232.autos], 'U.S. note 2(v)(x)'),
  yieldsTo([S232.autoParts], 'U.S. note 2(v)(xi)'),
  yieldsTo([S232.copper], 'U.S. note 2(v)(xii)', { portion: 'content', from: '2025-08-01', known_by: 'proc-10962' }),
  yieldsTo([S232.wood], 'U.S. note 2(v)(xiii)', { from: '2025-10-14', known_by: 'proc-10976' }),
  yieldsTo([S232.mhdv], 'U.S. note 2(v)(xiv)', { from: '2025-11-01', known_by: 'proc-10984' }),
  yieldsTo([S232.mhdvParts], 'U.S. note 2(v)(xv)', { from: '2025-11-01', known_by: 'proc-10984' }),
  yieldsTo([S232.semiconductors], 'U.S. note 2(v)(xvi)', { from: '2026-01-15', known_by: 'proc-11002' }),
];

const reciprocal: Omit<HeadingSpec, 'heading' | 'rate' | 'from' | 'begun_by'> = {
  program: 'us.ieepa.reciprocal',
  family: 'ieepa',
  title: 'IEEPA reciprocal duties',
  note: '2(v)',
  exceptions,
  yields_to,
  us_content_relief: true,
};
const rank = (value: number): Group => ({
  group: 'us.ieepa.reciprocal',
  rank: value,
  note: 'U.S. note 2(v)(i)',
  quiet: true,
});

const phase1 = PHASE_1.map(([number, rate, countries]) =>
  heading({
    ...reciprocal,
    heading: number,
    rate: adds(rate),
    countries: countries.flatMap((country) => (country === 'EU' ? EU_MEMBERS : [country])),
    from: '2025-04-09',
    begun_by: 'eo-14257',
    to: '2025-04-10',
    ended_by: 'eo-14266',
    exceptions: [...exceptions, inTransit(null, '2025-04-09', '2025-04-10')],
    exclusive: rank(2),
  }),
);

const CHINA = ['CN', 'HK', 'MO'];
/**
 * 34 % was raised to 84 % before it began. In a ledger the first rate ends when the second becomes known, five days after: the rank
 * keeps the two from meeting.
 */
const china = [
  heading({
    ...reciprocal,
    heading: '9903.01.63',
    rate: adds('0.34'),
    countries: CHINA,
    from: '2025-04-09',
    begun_by: 'eo-14257',
    to: '2025-04-09',
    ended_by: 'eo-14259',
    exclusive: rank(2),
    variant: 'original',
  }),
  heading({
    ...reciprocal,
    heading: '9903.01.63',
    rate: adds('0.84'),
    countries: CHINA,
    from: '2025-04-09',
    begun_by: 'eo-14259',
    to: '2025-04-10',
    ended_by: 'eo-14266',
    exclusive: rank(1),
    exceptions: [...exceptions, inTransit(null, '2025-04-09', '2025-05-27')],
  }),
  heading({
    ...reciprocal,
    heading: '9903.01.63',
    rate: adds('1.25'),
    countries: CHINA,
    from: '2025-04-10',
    begun_by: 'eo-14266',
    to: '2025-05-14',
    ended_by: 'eo-14298',
    exclusive: rank(1),
    exceptions: [...exceptions, inTransit(null, '2025-04-10', '2025-05-27')],
  }),
];

/** Goods afloat before 2025-08-07 and entered before 2025-10-05 stay under 9903.01.25. */
const afloat = inTransit('9903.01.25', '2025-08-07', '2025-10-05');

const phase2 = PHASE_2.map(([number, rate, country, takenBack]) =>
  heading({
    ...reciprocal,
    heading: number,
    rate: adds(rate),
    countries: [country],
    from: '2025-08-07',
    begun_by: 'eo-14326',
    ...(takenBack ?? IEEPA_END),
    exceptions: [...exceptions, afloat],
    exclusive: rank(2),
  }),
);

/** What takes goods of the floor countries out of every reciprocal heading: 9903.01.25 excepts 9903.02.02-.91 by its own words. */
const EU_RELIEF: Exceptions = [
  exception('9903.02.74', {
    when: floorExempt('eu', 'ptaap'),
    reason: 'on the EU list of natural resources, generics and others',
    note: '2(v)(xx)',
    from: '2025-09-01',
    known_by: 'eu-deal',
  }),
  {
    ...civilAircraft('9903.02.76', floorExempt('eu', 'civil_aircraft'), '2(v)(xxii)'),
    valid_from: '2025-09-01',
    known_by: 'eu-deal',
  },
  exception('9903.02.77', {
    when: all(floorExempt('eu', 'pharma'), pharmaUse),
    reason: 'non-patented, for pharmaceutical use',
    note: '2(v)(xxiii)',
    offer: true,
    from: '2025-09-01',
    known_by: 'eu-deal',
  }),
];
const KOREAN_RELIEF: Exceptions = [civilAircraft('9903.02.81', floorExempt('kr', 'civil_aircraft'), '2(v)(xxiv)(b)')];
const swissRelief = (listed: string, aircraft: string, pharma: string): Exceptions => [
  exception(listed, {
    when: floorExempt('ch', 'ptaap'),
    reason: 'on the list for Switzerland and Liechtenstein',
    note: '2(v)(xxv)(b)',
  }),
  civilAircraft(aircraft, floorExempt('ch', 'civil_aircraft'), '2(v)(xxv)(c)'),
  exception(pharma, {
    when: all(floorExempt('ch', 'pharma'), pharmaUse),
    reason: 'non-patented, for pharmaceutical use',
    note: '2(v)(xxv)(d)',
    offer: true,
  }),
];
/** The same for 9903.01.25: goods of those countries only, from the dates of the deals, claims offered by the floor alone. */
const only = (countries: readonly string[], reliefs: Exceptions, from: string, known_by: ActId): Exceptions =>
  reliefs.map((relief) => ({
    ...relief,
    when: all(origin(...countries), relief.when),
    offer: false,
    valid_from: relief.valid_from ?? from,
    known_by: relief.known_by ?? known_by,
  }));

const floors = [
  heading({
    ...reciprocal,
    heading: '9903.02.20',
    rate: floor('0.15', '9903.02.19'),
    countries: EU_MEMBERS,
    from: '2025-08-07',
    begun_by: 'eo-14326',
    ...IEEPA_END,
    exclusive: rank(2),
    exceptions: [...exceptions, afloat, ...EU_RELIEF],
  }),
  heading({
    ...reciprocal,
    heading: '9903.02.73',
    rate: floor('0.15', '9903.02.72'),
    countries: ['JP'],
    from: '2025-08-07',
    begun_by: 'japan-deal',
    ...IEEPA_END,
    exclusive: rank(1),
    exceptions: [...exceptions, afloat],
  }),
  heading({
    ...reciprocal,
    heading: '9903.02.80',
    rate: floor('0.15', '9903.02.79'),
    countries: ['KR'],
    from: '2025-11-14',
    begun_by: 'korea-deal',
    ...IEEPA_END,
    exclusive: rank(1),
    exceptions: [...exceptions, ...KOREAN_RELIEF],
  }),
  ...swissFloor('CH', ['9903.02.83', '9903.02.82', '9903.02.84', '9903.02.85', '9903.02.86']),
  ...swissFloor('LI', ['9903.02.88', '9903.02.87', '9903.02.89', '9903.02.90', '9903.02.91']),
];

function swissFloor(
  country: string,
  [below, above, listed, aircraft, pharma]: [string, string, string, string, string],
): Declaration[] {
  return [
    heading({
      ...reciprocal,
      heading: below,
      rate: floor('0.15', above),
      countries: [country],
      from: '2025-11-14',
      begun_by: 'swiss-deal',
      ...IEEPA_END,
      exclusive: rank(1),
      exceptions: [...exceptions, ...swissRelief(listed, aircraft, pharma)],
    }),
  ];
}

const everyone = heading({
  ...reciprocal,
  heading: '9903.01.25',
  rate: adds('0.1'),
  except: ['CA', 'MX'],
  except_reason: '9903.01.26, 9903.01.27: products of Canada and Mexico are not subject (U.S. note 2(v)(iv)-(v))',
  from: '2025-04-05',
  begun_by: 'eo-14257',
  ...IEEPA_END,
  exclusive: rank(3),
  exceptions: [
    ...exceptions,
    ...only(EU_MEMBERS, EU_RELIEF, '2025-09-01', 'eu-deal'),
    ...only(['KR'], KOREAN_RELIEF, '2025-11-14', 'korea-deal'),
    ...only(['CH'], swissRelief('9903.02.84', '9903.02.85', '9903.02.86'), '2025-11-14', 'swiss-deal'),
    ...only(['LI'], swissRelief('9903.02.89', '9903.02.90', '9903.02.91'), '2025-11-14', 'swiss-deal'),
  ],
});

/** Evasion by transshipment, on a determination of CBP only. */
const transshipped = heading({
  ...reciprocal,
  heading: '9903.02.01',
  rate: adds('0.4'),
  from: '2025-08-07',
  begun_by: 'eo-14326',
  ...IEEPA_END,
  scope: declared('9903.02.01'),
  exclusive: rank(0),
});

export const RECIPROCAL: Declaration[] = [transshipped, ...phase1, ...china, ...phase2, ...floors, everyone];
