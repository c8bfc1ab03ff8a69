import { declaration, heading, type Declaration, type HeadingSpec } from './declare.ts';
import {
  adds,
  all,
  any,
  baggage,
  civilAircraft,
  codes,
  exception,
  fact,
  list,
  mustKnow,
  not,
  origin,
  S232,
  usmca,
  yieldsTo,
} from './terms.ts';

/** Section 201 solar (U.S. note 18, ended 2026-02-06) and quartz (note 41); section 338 Canada (note 51) with its import bans. */

/** Note 18(b): developing WTO members that the solar safeguard did not cover. */
const NOTE_18B = (
  'AF AL DZ AO AM AZ BZ BJ BT BO BA BW BR BF MM BI KH CM CV CF TD KM CG CD CI DJ DM EC EG ER ET FJ GA GM GE GH GD GN GW GY HT ID ' +
  'IQ JM JO KZ KE KI XK KG LB LS LR MG MW MV ML MR MU MD MN ME MZ NA NP NE NG MK PK PG PY RW LC VC WS ST SN RS SL SB SO ZA SS LK ' +
  'SR SZ TZ TL TG TO TN TV UG UA UZ VU YE ZM ZW'
).split(' ');

/** The cell prints 30 %; the rate is in note 18(f) and (h), by year from 7 February. */
const SOLAR_RATES = [
  ['2018-02-07', '2019-02-07', '0.3'],
  ['2019-02-07', '2020-02-07', '0.25'],
  ['2020-02-07', '2021-02-07', '0.2'],
  ['2021-02-07', '2022-02-07', '0.18'],
  ['2022-02-07', '2023-02-07', '0.1475'],
  ['2023-02-07', '2024-02-07', '0.145'],
  ['2024-02-07', '2025-02-07', '0.1425'],
  ['2025-02-07', '2026-02-07', '0.14'],
] as const;

const solar: Omit<HeadingSpec, 'heading' | 'rate' | 'from' | 'begun_by' | 'note'> = {
  program: 'us.section-201.solar',
  family: 'section-201',
  title: 'Section 201 safeguard on solar cells and modules',
  columns: 'both',
  expression: '30%',
  except: NOTE_18B,
  except_reason: 'a developing WTO member (U.S. note 18(b))',
  exceptions: [
    exception('9903.45.27', {
      when: all(origin('CA'), usmca),
      reason: 'an originating good of Canada',
      note: '18(i)',
      offer: true,
    }),
    exception(null, {
      when: fact('qualifying_article', 'not_cspv', 'excluded_201'),
      reason: 'outside the definition or excluded',
      note: '18(c)',
    }),
  ],
};

const SOLAR = SOLAR_RATES.flatMap(([from, to, rate]) => [
  heading({
    ...solar,
    heading: '9903.45.25',
    note: '18(g)-(h)',
    rate: adds(rate),
    // DC generators may be CSPV cells; batteries and inverters bear cells only when they are presented attached.
    scope: any(
      codes('8541430010'),
      all(codes('85017100', '85017210'), mustKnow('qualifying_article', 'cspv')),
      all(codes('85018010', '85072080'), fact('qualifying_article', 'cspv')),
    ),
    from,
    to,
    begun_by: from < '2022-02-07' ? 'proc-9693' : 'proc-10339',
  }),
  heading({
    ...solar,
    heading: '9903.45.22',
    note: '18(e)-(f)',
    rate: adds(rate),
    effect: 'quota_out',
    // In the quota of 12.5 GW a year (9903.45.21) there is no additional duty.
    scope: all(codes('8541420010'), mustKnow('in_quota', false)),
    from,
    to,
    begun_by: from < '2022-02-07' ? 'proc-9693' : 'proc-10339',
  }),
]);

const QUARTZ_RATES = [
  ['2026-08-15', '2027-08-15', '0.25', '0.5'],
  ['2027-08-15', '2028-08-15', '0.23', '0.49'],
  ['2028-08-15', '2029-08-15', '0.21', '0.48'],
  ['2029-08-15', '2030-08-15', '0.19', '0.47'],
] as const;
const QUARTZ_CODES = codes('6810990020', '6810990040', '7020006000');
const QUARTZ = QUARTZ_RATES.flatMap(([from, to, within, over]) =>
  (
    [
      ['9903.45.30', within, true],
      ['9903.45.31', over, false],
    ] as const
  ).map(([number, rate, inQuota]) =>
    heading({
      program: 'us.section-201.quartz',
      family: 'section-201',
      title: 'Section 201 safeguard on quartz surface products',
      heading: number,
      note: '41',
      rate: adds(rate),
      effect: inQuota ? 'quota_in' : 'quota_out',
      scope: all(QUARTZ_CODES, mustKnow('in_quota', inQuota)),
      from,
      to,
      begun_by: 'proc-11051',
      review: 'Proclamation 11051: the countries it excepts are not at hand',
    }),
  ),
);

const under232 = (more: { to?: string } = {}) =>
  yieldsTo(
    [
      S232.metals,
      S232.autos,
      S232.autoParts,
      S232.wood,
      S232.mhdv,
      S232.mhdvParts,
      S232.semiconductors,
      S232.pharmaceuticals,
    ],
    'U.S. note 51(c); 9903.03.15',
    more,
  );

const canada: Omit<HeadingSpec, 'heading' | 'rate' | 'scope' | 'note'> = {
  program: 'us.section-338.canada',
  family: 'section-338',
  title: 'Section 338 Canada',
  countries: ['CA'],
  from: '2026-08-22',
  begun_by: 'proc-11046',
  cites: ['proc-11056'],
  // Subchapter XXIII of chapter 98 (USMCA quotas) does not relieve, nor does a USMCA rate (note 51(a)).
  chapter_98: 'exempt_not_xxiii',
  exceptions: [baggage('51(a)'), civilAircraft('9903.03.16', list('us.s338.aircraft-exempt'), '51(d)')],
};

const SECTION_338: Declaration[] = [
  heading({
    ...canada,
    heading: '9903.03.12',
    note: '51(b)(1)',
    rate: adds('0.5'),
    scope: list('us.s338.alcohol'),
    yields_to: [{ ...under232({ to: '2026-09-15' }) }],
  }),
  heading({
    ...canada,
    heading: '9903.03.13',
    note: '51(b)(2)',
    rate: adds('0.5'),
    scope: list('us.s338.dairy'),
    begun_by: 'proc-11047',
    yields_to: [under232()],
  }),
  heading({
    ...canada,
    heading: '9903.03.14',
    note: '51(b)(3)',
    rate: adds('0.5'),
    scope: list('us.s338.autos'),
    begun_by: 'proc-11048',
    yields_to: [{ ...under232({ to: '2026-09-15' }) }],
  }),
  declaration(
    {
      kind: 'coverage',
      program: 'us.section-338.canada',
      family: 'section-338',
      measure_type: 'section-338',
      title: 'Section 338 lists from 2026-09-15',
      origins: ['CA'],
      scope: not(any(list('us.s338.alcohol'), list('us.s338.dairy'), list('us.s338.autos'))),
      lower_bound: true,
      marks: false,
    },
    {
      key: 'coverage',
      from: '2026-09-15',
      begun_by: 'proc-11064',
      review:
        'Proclamations 11064 and 11065 extended the lists to 101, 52 and 513 provisions on 2026-09-15; the new ones are not at hand',
    },
  ),
];

const BAN_REVIEW =
  'Proclamations 11061-11063 (CSMS 70050970) are not in the text of the schedule; the provisions are ours until the annexes are at hand';
const BANS = (
  [
    ['alcohol', ['2203', '2204', '2205', '2206', '220710', '2208'], 'alcoholic beverages of Canada'],
    ['dairy', ['040410', '1703', '22029100'], 'whey, molasses and non-alcoholic beer of Canada'],
    ['motorcycles', ['87115000'], 'motorcycles of Canada of a cylinder capacity over 800 cc'],
  ] as const
).map(([variant, prefixes, what]) =>
  heading({
    program: 'us.section-338.canada',
    family: 'section-338',
    measure_type: 'import-ban',
    title: 'Section 338 import ban',
    heading: null,
    note: null,
    rate: { kind: 'prohibition' },
    expression: `Import prohibited: ${what}`,
    countries: ['CA'],
    scope: codes(...prefixes),
    from: '2026-09-29',
    begun_by: 'proc-11061',
    review: BAN_REVIEW,
    variant,
  }),
);

export const SECTION_201_338: Declaration[] = [...SOLAR, ...QUARTZ, ...SECTION_338, ...BANS];
