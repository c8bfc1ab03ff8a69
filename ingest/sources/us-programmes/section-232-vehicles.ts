import type { ActId } from './acts.ts';
import { heading, type Declaration, type HeadingSpec, type Group } from './declare.ts';
import {
  adds,
  all,
  any,
  article,
  codes,
  declared,
  EU_MEMBERS,
  exception,
  fact,
  floor,
  origin,
  S232,
  usmca,
  yieldsTo,
} from './terms.ts';

/** Section 232 automobiles (U.S. note 33), medium and heavy vehicles and buses (note 38), with the country deals. */

const TERMS = { family: 'section-232', chapter_98: 'terms' } as const;
const semis = yieldsTo([S232.semiconductors], 'U.S. note 39(a)(1)-(4)', { from: '2026-01-15', known_by: 'proc-11002' });

/** Note 33(b): passenger vehicles and light trucks. */
const VEHICLES = codes(
  ...[
    '87032201',
    '87032301',
    '87032401',
    '87033101',
    '87033201',
    '87033301',
    '87034000',
    '87035000',
    '87036000',
    '87037000',
  ],
  ...['87038000', '87039001', '87042101', '87043101', '87044100', '87045100', '87046000'],
);
const PASSENGER = codes('8703');

const autos: Omit<HeadingSpec, 'heading' | 'rate' | 'from' | 'begun_by'> = {
  ...TERMS,
  program: S232.autos,
  title: 'Section 232 automobiles',
  note: '33(a)-(b)',
  scope: VEHICLES,
  yields_to: [semis],
  exceptions: [
    exception('9903.94.02', {
      when: any(declared('9903.94.02'), article('not_vehicle')),
      reason: 'not a passenger vehicle or light truck',
      note: '33(c)',
    }),
    exception('9903.94.04', {
      when: any(declared('9903.94.04'), article('vehicle_25_years_old')),
      reason: 'manufactured at least 25 years before the year of entry',
      note: '33(e)',
    }),
  ],
};
const autoGroup = (rank: number): Group => ({
  group: S232.autos,
  rank,
  note: 'U.S. note 33(a)',
  quiet: true,
});

const autoDeal = (number: string, above: string, countries: readonly string[], note: string, from: string, by: ActId) =>
  heading({
    ...autos,
    heading: number,
    note,
    rate: floor('0.15', above),
    countries,
    from,
    begun_by: by,
    exclusive: autoGroup(2),
  });

const AUTOS: Declaration[] = [
  // U.S. content counts only on approval by the Secretary of Commerce: on the importer's claim.
  heading({
    ...autos,
    heading: '9903.94.03',
    note: '33(d)',
    rate: adds('0.25'),
    value: 'non_us_content',
    from: '2025-04-03',
    begun_by: 'proc-10908',
    scope: all(VEHICLES, origin('CA', 'MX'), usmca, {
      op: 'fact_at_least',
      name: 'us_content_share',
      limit: '0',
      undeclared: 'no',
    }),
    exclusive: autoGroup(1),
  }),
  heading({
    ...autos,
    heading: '9903.94.31',
    note: '33(i)',
    rate: adds('0.075'),
    countries: ['GB'],
    scope: all(VEHICLES, PASSENGER, fact('in_quota')),
    from: '2025-06-30',
    begun_by: 'uk-deal',
    exclusive: autoGroup(1),
  }),
  autoDeal('9903.94.41', '9903.94.40', ['JP'], '33(k), 33(m)', '2025-09-16', 'japan-deal'),
  autoDeal('9903.94.51', '9903.94.50', EU_MEMBERS, '33(n), 33(m)', '2025-08-01', 'eu-deal'),
  autoDeal('9903.94.61', '9903.94.60', ['KR'], '33(s), 33(m)', '2025-11-01', 'korea-deal'),
  heading({
    ...autos,
    heading: '9903.94.01',
    rate: adds('0.25'),
    columns: 'both',
    from: '2025-04-03',
    begun_by: 'proc-10908',
    exclusive: autoGroup(3),
    exceptions: [
      ...(autos.exceptions ?? []),
      {
        ...exception('9903.94.31', {
          when: all(origin('GB'), PASSENGER, fact('in_quota')),
          reason: 'within the quota for the United Kingdom',
          note: '33(i)',
          offer: true,
          from: '2025-06-30',
        }),
        known_by: 'uk-deal' as const,
      },
    ],
  }),
];

/** Note 38(b): medium and heavy vehicles; note 38(c): heading 8702. 8704.60.00 and 8706.00 also stand in note 33. */
const HEAVY = codes(
  ...[
    '87012100',
    '87012200',
    '87012300',
    '87012400',
    '87012900',
    '87041010',
    '87041050',
    '87042211',
    '87042251',
    '87042301',
  ],
  ...[
    '87043201',
    '87044200',
    '87044300',
    '87045200',
    '87046000',
    '87049001',
    '87054000',
    '8705900080',
    '87060003',
    '8706000520',
  ],
  ...['8706000575', '87060025', '87060050', '87091100', '87091900'],
);

const heavy: Omit<HeadingSpec, 'heading' | 'rate' | 'scope'> = {
  ...TERMS,
  program: S232.mhdv,
  title: 'Section 232 medium and heavy vehicles and buses',
  note: '38(a)-(c)',
  columns: 'both',
  from: '2025-11-01',
  begun_by: 'proc-10984',
  yields_to: [
    semis,
    yieldsTo([S232.autos], 'U.S. notes 33(b) and 38(b): one kind of vehicle'),
    yieldsTo([S232.autoParts], 'U.S. notes 33(g) and 38(b)'),
  ],
  exceptions: [
    exception('9903.74.05', {
      when: any(declared('9903.74.05'), article('not_vehicle')),
      reason: 'not a medium or heavy vehicle',
      note: '38(e)',
    }),
    exception('9903.74.07', {
      when: any(declared('9903.74.07'), article('vehicle_25_years_old')),
      reason: 'manufactured at least 25 years before the year of entry',
      note: '38(g)',
    }),
  ],
};
const heavyGroup = (rank: number): Group => ({
  group: S232.mhdv,
  rank,
  note: 'U.S. note 38(a)',
  quiet: true,
});

const HEAVY_VEHICLES: Declaration[] = [
  heading({
    ...heavy,
    heading: '9903.74.03',
    note: '38(d)',
    rate: adds('0.25'),
    value: 'non_us_content',
    columns: '1',
    scope: all(HEAVY, origin('CA', 'MX'), usmca, {
      op: 'fact_at_least',
      name: 'us_content_share',
      limit: '0',
      undeclared: 'no',
    }),
    exclusive: heavyGroup(1),
  }),
  heading({
    ...heavy,
    heading: '9903.74.01',
    note: '38(b)',
    rate: adds('0.25'),
    scope: HEAVY,
    exclusive: heavyGroup(2),
  }),
  heading({
    ...heavy,
    heading: '9903.74.02',
    note: '38(c)',
    rate: adds('0.1'),
    scope: codes('8702'),
    exclusive: heavyGroup(2),
  }),
];

export const SECTION_232_VEHICLES: Declaration[] = [...AUTOS, ...HEAVY_VEHICLES];
