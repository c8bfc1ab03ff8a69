import type { Condition } from '../../../transforms/stacking/programme.ts';
import { declaration, heading, type Declaration, type HeadingSpec, type Yields } from './declare.ts';
import { FORCED_LABOR_RATES } from './forced-labor-rates.ts';
import { caftaTextiles } from './section-122.ts';
import {
  adds,
  ALWAYS,
  all,
  any,
  article,
  baggage,
  civilAircraft,
  declared,
  donation,
  EU_MEMBERS,
  exception,
  fact,
  floor,
  footnote,
  inTransit,
  informational,
  list,
  NONE,
  origin,
  particularArticle,
  S232,
  usmcaRelief,
  yieldsTo,
} from './terms.ts';

/** Section 301: Brazil (U.S. note 50), forced labour in 60 economies (note 52), Nicaragua (note 29). Drones do not relieve. */

const under232 = (note: string, number: string): Yields => [
  yieldsTo(
    [S232.metals, S232.autos, S232.autoParts, S232.wood, S232.mhdv, S232.mhdvParts, S232.semiconductors],
    `U.S. note ${note}; ${number}`,
  ),
  yieldsTo([S232.pharmaceuticals], `U.S. note ${note}; ${number}`, { from: '2026-07-31' }),
];

const BRAZIL = heading({
  program: 'us.section-301.brazil',
  family: 'section-301',
  title: 'Section 301 Brazil',
  heading: '9903.05.01',
  note: '50',
  rate: adds('0.25'),
  countries: ['BR'],
  from: '2026-07-22',
  begun_by: 'fr-2026-14542',
  exceptions: [
    inTransit('9903.05.02', '2026-07-22', '2026-07-29'),
    exception('9903.05.03', {
      when: list('us.s301.brazil-exempt.flat'),
      reason: 'on the list of excepted products',
      note: '50(a)(ii)',
    }),
    particularArticle('9903.05.04', '50(a)(iii)'),
    civilAircraft('9903.05.05', list('us.s301.brazil-exempt.aircraft'), '50(a)(iv)'),
    exception('9903.05.06', {
      when: all(
        list('us.s301.brazil-exempt.pharma'),
        article('pharmaceutical_use', 'generic_drug', 'patented_pharmaceutical'),
      ),
      reason: 'for use in pharmaceutical applications',
      note: '50(a)(v)',
      offer: true,
    }),
    donation('9903.05.08'),
    informational('9903.05.09'),
    baggage('50(a)(i)'),
  ],
  yields_to: under232('50(a)(vi)', '9903.05.07'),
});

/** The proposed list is not law: it only says where the final one, which is not at hand, has to be looked at. */
const proposed: Condition = { op: 'list', list: 'us.s301.forced-labor-exempt-proposed', absent: 'no' };

const forcedLabor: Omit<HeadingSpec, 'heading' | 'rate'> = {
  program: 'us.section-301.forced-labor',
  family: 'section-301',
  title: 'Section 301 forced labour',
  note: '52',
  from: '2026-07-24',
  begun_by: 'fr-2026-15181',
  exceptions: [
    donation(null),
    informational(null),
    baggage('52'),
    usmcaRelief('9903.05.93, 9903.05.94', '52'),
    caftaTextiles(null, '52'),
    inTransit(null, '2026-07-24', '2026-07-31', { note: '52' }),
    // The annex that names the last day of entry is not at hand; note 50 gives Brazil seven days.
    inTransit(null, '2026-07-24', null, { from: '2026-07-31', note: '52' }),
    exception(null, { when: article('civil_aircraft'), reason: 'articles of civil aircraft', note: '52(d)' }),
    exception(null, {
      when: all(proposed, fact('declared_heading', '9903.05.86', '9903.05.87', '9903.05.88')),
      reason: 'on the list of excepted products, as claimed by the importer',
      note: '52',
    }),
    exception(null, {
      when: all(proposed, { op: 'fact', name: 'law:final_annex', is: [true], undeclared: 'unknown' }),
      reason: 'the product, which the proposed action exempted, is on the list of the final action (not at hand)',
      note: '52',
    }),
  ],
  yields_to: under232('52(f)', '9903.05.90'),
};

const FORCED_LABOR = FORCED_LABOR_RATES.map(([number, economy, kind, rate, above]) =>
  heading({
    ...forcedLabor,
    heading: number,
    countries: economy === 'EU' ? EU_MEMBERS : [economy],
    columns: kind === 'add_incl_column2' ? 'both' : '1',
    rate: kind === 'topup' ? floor(rate, above ?? null) : adds(rate),
  }),
);

const NICARAGUA = (
  [
    ['2026-01-01', '2027-01-01', '0'],
    ['2027-01-01', '2028-01-01', '0.1'],
    ['2028-01-01', null, '0.15'],
  ] as const
).map(([from, to, rate]) =>
  heading({
    program: 'us.section-301.nicaragua',
    family: 'section-301',
    title: 'Section 301 Nicaragua (rates of note 29(b); the cell prints 0 %)',
    heading: '9903.89.01',
    note: '29(b)',
    rate: rate === '0' ? NONE : adds(rate),
    effect: 'additive',
    expression: 'The duty provided in the applicable subheading + 0%',
    countries: ['NI'],
    from,
    ...(to === null ? {} : { to }),
    begun_by: 'fr-90-57807',
    exceptions: [
      exception(null, {
        when: all(origin('NI'), { op: 'preference', symbols: ['P', 'P+'] }),
        reason: 'an originating good of the CAFTA-DR',
        note: '29(a)',
        offer: rate !== '0',
      }),
    ],
  }),
);

const OPEN = declaration(
  {
    kind: 'coverage',
    program: 'us.section-301.forced-labor',
    family: 'section-301',
    measure_type: 'section-301',
    title: 'Forced labour: exempt products',
    origins: [...new Set(FORCED_LABOR_RATES.flatMap(([, economy]) => (economy === 'EU' ? EU_MEMBERS : [economy])))],
    scope: ALWAYS,
    lower_bound: false,
    marks: false,
  },
  {
    key: 'coverage',
    from: '2026-07-24',
    begun_by: 'fr-2026-15181',
    review:
      'the list of exempt products of FR Doc. 2026-15181 is not at hand (page images): a product may be exempt that this answer charges',
  },
);

const LEATHER_OPEN =
  'the schedule prints and footnotes 40 % on leather and leather footwear of Japan in addition to the base duty (U.S. note 3), and note 5 does not name them among the suspended; whether the duty is still collected is not settled by the law at hand';
/** Printed, footnoted and in no list of suspended headings: not applied on that alone, and not passed over in silence. */
const LEATHER = (['9903.41.05', '9903.41.10'] as const).flatMap((number) => [
  heading({
    program: 'us.section-301.japan-leather',
    family: 'section-301',
    title: 'Section 301 leather and leather footwear of Japan',
    heading: number,
    note: '3',
    rate: adds('0.4'),
    expression: '40%',
    countries: ['JP'],
    scope: all(
      footnote(number),
      any(declared(number), { op: 'fact', name: 'law:japan_leather', is: [true], undeclared: 'unknown' }),
    ),
    from: '1986-03-31',
    begun_by: 'japan-leather',
    review: LEATHER_OPEN,
  }),
  declaration(
    {
      kind: 'coverage',
      program: 'us.section-301.japan-leather',
      family: 'section-301',
      measure_type: 'section-301',
      title: `Leather and leather footwear of Japan (${number})`,
      origins: ['JP'],
      scope: footnote(number),
      lower_bound: true,
      marks: false,
    },
    { key: `coverage:${number}`, from: '1986-03-31', begun_by: 'japan-leather', review: LEATHER_OPEN },
  ),
]);

export const SECTION_301_OTHER: Declaration[] = [BRAZIL, ...FORCED_LABOR, ...NICARAGUA, OPEN, ...LEATHER];
