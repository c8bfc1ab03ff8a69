import type { Condition } from '../../../transforms/stacking/programme.ts';
import type { ActId } from './acts.ts';
import { heading, type Declaration, type Group, type HeadingSpec } from './declare.ts';
import {
  adds,
  all,
  any,
  article,
  codes,
  declared,
  EU_MEMBERS,
  exception,
  floor,
  list,
  mustKnow,
  not,
  origin,
  S232,
  usmca,
  yieldsTo,
} from './terms.ts';

/** Section 232 parts: automobile parts (U.S. note 33(f)-(u)), parts of medium and heavy vehicles (note 38(h)-(l)). */

const TERMS = { family: 'section-232', chapter_98: 'terms' } as const;
const semis = yieldsTo([S232.semiconductors], 'U.S. note 39(a)(1)-(4)', { from: '2026-01-15', known_by: 'proc-11002' });

/**
 * Provisions on the lists of notes 33(g) and 38(i) that are for motor vehicles by their own words (tires of a kind used on motor cars,
 * engines of a kind used for vehicles of chapter 87 …) are taken as parts. Bearings, batteries, motors or hoses are parts only
 * when they are: undeclared, the duty is undetermined. Heading 8471 is listed too, but a computer is a part only on a claim.
 */
const BY_TERMS = codes(
  ...[
    '87',
    '401110',
    '401120',
    '4012',
    '4013',
    '70072151',
    '70072110',
    '700910',
    '830120',
    '830210',
    '830230',
    '840731',
    '840732',
  ],
  ...[
    '840733',
    '840734',
    '840820',
    '840991',
    '840999',
    '841330',
    '841520',
    '8511',
    '8512',
    '852721',
    '852729',
    '85443000',
    '902910',
  ],
  ...['902920', '940120'],
);
const listedPart = (name: string, ...kinds: string[]): Condition =>
  all(
    list(name),
    any(
      BY_TERMS,
      all(codes('8471'), article(...kinds)),
      all(not(codes('8471')), mustKnow('qualifying_article', ...kinds)),
    ),
  );
const PARTS_33G = listedPart('us.s232.auto-parts', 'vehicle_part');
const PARTS_38I = listedPart('us.s232.mhd-parts', 'vehicle_part', 'mhdv_part');
const partOfVehicle = {
  text: 'on the list of note 33(g): taken as a part of a passenger vehicle or light truck',
  facts: [],
};

const usmcaPart = (number: string, note: string) =>
  exception(number, {
    when: all(origin('CA', 'MX'), usmca),
    reason: 'a part eligible for USMCA treatment, other than knock-down kits',
    note,
    offer: true,
  });

const parts: Omit<HeadingSpec, 'heading' | 'rate' | 'from' | 'begun_by'> = {
  ...TERMS,
  program: S232.autoParts,
  title: 'Section 232 automobile parts',
  note: '33(f)-(g)',
  scope: PARTS_33G,
  yields_to: [semis, yieldsTo([S232.autos], 'U.S. note 33(b): a vehicle is not a part')],
  presumption: partOfVehicle,
  exceptions: [
    usmcaPart('9903.94.06', '33(h)(i)'),
    exception('9903.94.06', {
      when: any(declared('9903.94.06'), article('not_vehicle_part', 'mhdv_part')),
      reason: 'not a part of a passenger vehicle or light truck',
      note: '33(h)(ii)',
      offer: false,
    }),
  ],
};
const partGroup = (rank: number): Group => ({
  group: S232.autoParts,
  rank,
  note: 'U.S. note 33(f)',
  quiet: true,
});

/** Parts certified for production or repair in the United States, outside chapters 72, 73 and 76 and the lists themselves. */
const certified = (number: string) =>
  all(declared(number), not(codes('72', '73', '76')), not(list('us.s232.auto-parts')), not(list('us.s232.mhd-parts')));

const partDeal = (
  number: string,
  rate: string,
  above: string | null,
  countries: readonly string[],
  note: string,
  from: string,
  by: ActId,
) =>
  heading({
    ...parts,
    heading: number,
    note,
    rate: floor(rate, above),
    countries,
    from,
    begun_by: by,
    exclusive: partGroup(2),
  });
const certifiedDeal = (
  number: string,
  rate: string,
  above: string | null,
  countries: readonly string[],
  note: string,
  from: string,
  by: ActId,
) =>
  heading({
    ...parts,
    heading: number,
    note,
    rate: floor(rate, above),
    countries,
    from,
    begun_by: by,
    scope: certified(number),
    exclusive: partGroup(1),
    presumption: null,
  });

const AUTO_PARTS: Declaration[] = [
  partDeal('9903.94.32', '0.1', null, ['GB'], '33(j)', '2025-06-30', 'uk-deal'),
  partDeal('9903.94.43', '0.15', '9903.94.42', ['JP'], '33(l)-(m)', '2025-09-16', 'japan-deal'),
  partDeal('9903.94.53', '0.15', '9903.94.52', EU_MEMBERS, '33(o), 33(m)', '2025-08-01', 'eu-deal'),
  partDeal('9903.94.63', '0.15', '9903.94.62', ['KR'], '33(t), 33(m)', '2025-11-01', 'korea-deal'),
  partDeal('9903.94.67', '0.15', '9903.94.66', ['TW'], '33(u), 33(m)', '2026-05-01', 'taiwan-deal'),
  certifiedDeal('9903.94.33', '0.1', null, ['GB'], '33(q)', '2025-11-01', 'proc-10984'),
  certifiedDeal('9903.94.45', '0.15', '9903.94.44', EU_MEMBERS, '33(r)', '2025-11-01', 'proc-10984'),
  certifiedDeal('9903.94.55', '0.15', '9903.94.54', ['JP'], '33(r)', '2025-11-01', 'proc-10984'),
  certifiedDeal('9903.94.65', '0.15', '9903.94.64', ['KR'], '33(r), 33(t)', '2025-11-01', 'korea-deal'),
  certifiedDeal('9903.94.69', '0.15', '9903.94.68', ['TW'], '33(r), 33(u)', '2026-05-01', 'taiwan-deal'),
  heading({
    ...parts,
    heading: '9903.94.07',
    note: '33(p)',
    rate: adds('0.25'),
    columns: 'both',
    from: '2025-11-01',
    begun_by: 'proc-10984',
    scope: certified('9903.94.07'),
    exclusive: partGroup(1),
    presumption: null,
  }),
  heading({
    ...parts,
    heading: '9903.94.05',
    rate: adds('0.25'),
    columns: 'both',
    from: '2025-05-03',
    begun_by: 'proc-10908',
    exclusive: partGroup(3),
  }),
];

const heavyParts: Omit<HeadingSpec, 'heading' | 'rate' | 'scope'> = {
  ...TERMS,
  program: S232.mhdvParts,
  title: 'Section 232 medium and heavy vehicle parts',
  note: '38(h)-(i)',
  columns: 'both',
  from: '2025-11-01',
  begun_by: 'proc-10984',
  yields_to: [
    semis,
    yieldsTo(
      [S232.autoParts],
      'U.S. notes 33(g) and 38(i): a part of one kind of vehicle; declare mhdv_part otherwise',
    ),
    yieldsTo([S232.mhdv, S232.autos], 'U.S. note 38(b): a vehicle is not a part'),
  ],
  exceptions: [
    usmcaPart('9903.74.10', '38(k)'),
    exception('9903.74.11', {
      when: any(declared('9903.74.11'), article('not_vehicle_part')),
      reason: 'not a part of a medium or heavy vehicle',
      note: '38(l)',
    }),
  ],
};
const heavyPartGroup = (rank: number): Group => ({
  group: S232.mhdvParts,
  rank,
  note: 'U.S. note 38(h)',
  quiet: true,
});

const HEAVY_PARTS: Declaration[] = [
  heading({
    ...heavyParts,
    heading: '9903.74.09',
    note: '38(j)',
    rate: adds('0.25'),
    scope: certified('9903.74.09'),
    exclusive: heavyPartGroup(1),
  }),
  heading({
    ...heavyParts,
    heading: '9903.74.08',
    note: '38(i)',
    rate: adds('0.25'),
    scope: PARTS_38I,
    exclusive: heavyPartGroup(2),
    presumption: { text: 'on the list of note 38(i): taken as a part of a medium or heavy vehicle', facts: [] },
  }),
];

export const SECTION_232_PARTS: Declaration[] = [...AUTO_PARTS, ...HEAVY_PARTS];
