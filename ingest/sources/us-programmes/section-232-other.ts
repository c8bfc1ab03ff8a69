import { declaration, heading, type Declaration, type HeadingSpec, type Group } from './declare.ts';
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
  list,
  mustKnow,
  not,
  NONE,
  S232,
  yieldsTo,
} from './terms.ts';

/** Section 232 wood (U.S. note 37), semiconductors (note 39), patented pharmaceuticals (note 40) and drones. */

const TERMS = { family: 'section-232', chapter_98: 'terms' } as const;

const SOFTWOOD = codes(
  ...[
    '44031100',
    '44032101',
    '44032201',
    '44032301',
    '44032401',
    '44032501',
    '44032601',
    '44039901',
    '44061100',
    '44069100',
  ],
  ...['44071100', '44071200', '44071300', '44071400', '44071900'],
);
const UPHOLSTERED = codes('9401614011', '9401614031', '9401616011', '9401616031');
const CABINETS = codes('9403409060', '9403608093', '9403910080');

const wood: Omit<HeadingSpec, 'heading' | 'rate' | 'from' | 'begun_by'> = {
  ...TERMS,
  program: S232.wood,
  title: 'Section 232 timber, lumber and wood products',
  note: '37',
  yields_to: [yieldsTo([S232.autoParts], 'U.S. note 33(f)(4)'), yieldsTo([S232.mhdvParts], 'U.S. note 38(h)(4)')],
};
const furniture: typeof wood = {
  ...wood,
  exceptions: [
    exception('9903.76.04', {
      when: all(CABINETS, any(declared('9903.76.04'), article('not_cabinet'))),
      reason: 'not a completed wooden kitchen cabinet or vanity nor a part of one',
      note: '37(g)',
      offer: true,
    }),
  ],
};
const group = (rank: number): Group => ({
  group: S232.wood,
  rank,
  note: 'U.S. note 37',
  quiet: true,
});
const deal = (number: string, countries: readonly string[], note: string, from: string, by: HeadingSpec['begun_by']) =>
  heading({
    ...furniture,
    heading: number,
    note,
    rate: floor('0.15'),
    countries,
    scope: any(UPHOLSTERED, CABINETS),
    from,
    begun_by: by,
    exclusive: group(1),
  });

const WOOD: Declaration[] = [
  heading({
    ...wood,
    heading: '9903.76.01',
    note: '37(a)-(b)',
    rate: adds('0.1'),
    columns: 'both',
    scope: SOFTWOOD,
    from: '2025-10-14',
    begun_by: 'proc-10976',
    exclusive: group(1),
  }),
  heading({
    ...furniture,
    heading: '9903.76.20',
    note: '37(h)',
    rate: adds('0.1'),
    countries: ['GB'],
    scope: any(UPHOLSTERED, CABINETS),
    from: '2025-10-14',
    begun_by: 'proc-10976',
    exclusive: group(1),
  }),
  deal('9903.76.21', ['JP'], '37(i)', '2025-10-14', 'proc-10976'),
  deal('9903.76.22', EU_MEMBERS, '37(j)', '2025-10-14', 'proc-10976'),
  deal('9903.76.23', ['KR'], '37(l)', '2025-11-14', 'korea-deal'),
  deal('9903.76.24', ['TW'], '37', '2026-05-01', 'taiwan-deal'),
  heading({
    ...furniture,
    heading: '9903.76.02',
    note: '37(c)-(d)',
    rate: adds('0.25'),
    columns: 'both',
    scope: UPHOLSTERED,
    from: '2025-10-14',
    begun_by: 'proc-10976',
    exclusive: group(2),
  }),
  heading({
    ...furniture,
    heading: '9903.76.03',
    note: '37(e)-(f)',
    rate: adds('0.25'),
    columns: 'both',
    scope: CABINETS,
    from: '2025-10-14',
    begun_by: 'proc-10976',
    exclusive: group(2),
  }),
  declaration(
    {
      kind: 'coverage',
      program: S232.wood,
      family: 'section-232',
      measure_type: 'section-232',
      title: 'Wood products from 2027',
      origins: null,
      scope: any(UPHOLSTERED, CABINETS),
      lower_bound: true,
      marks: false,
    },
    {
      key: 'coverage',
      from: '2027-01-01',
      begun_by: 'proc-10976',
      review:
        'the step-up of furniture and cabinet rates was deferred to 2027-01-01; whether it took effect is not in the law at hand',
    },
  ),
];

/** Uses that note 39(d) takes out, as values of the fact qualifying_article. */
const SEMI_USES = [
  ['9903.79.03', 'semiconductor_data_center', 'for U.S. data centers'],
  ['9903.79.04', 'semiconductor_repair', 'for repairs or replacements in the United States'],
  ['9903.79.05', 'semiconductor_research', 'for research and development in the United States'],
  ['9903.79.06', 'semiconductor_startup', 'for use by startups in the United States'],
  ['9903.79.07', 'semiconductor_consumer', 'for non-data center consumer applications'],
  ['9903.79.08', 'semiconductor_industrial', 'for non-data center civil industrial applications'],
  ['9903.79.09', 'semiconductor_public_sector', 'for U.S. public sector applications'],
] as const;

/**
 * Only articles within the technical limits of note 39(b) are semiconductor articles: undeclared, the duty is undetermined.
 * The article suppresses the metals, vehicle and IEEPA duties only where it applies.
 */
const SEMICONDUCTORS = heading({
  ...TERMS,
  program: S232.semiconductors,
  title: 'Section 232 semiconductors',
  heading: '9903.79.01',
  note: '39(a)-(b)',
  rate: adds('0.25'),
  columns: 'both',
  scope: all(
    list('us.s232.semiconductors'),
    mustKnow('qualifying_article', 'semiconductor', ...SEMI_USES.map(([, value]) => value)),
  ),
  from: '2026-01-15',
  begun_by: 'proc-11002',
  exceptions: SEMI_USES.map(([number, value, reason]) =>
    exception(number, { when: any(declared(number), article(value)), reason, note: '39(d)' }),
  ),
});

const pharma: Omit<HeadingSpec, 'heading' | 'rate'> = {
  ...TERMS,
  program: S232.pharmaceuticals,
  title: 'Section 232 patented pharmaceuticals',
  note: '40',
  scope: all(list('us.s232.pharma'), mustKnow('qualifying_article', 'patented_pharmaceutical')),
  from: '2026-07-31',
  begun_by: 'proc-11020',
  exceptions: [
    exception('9903.04.67', {
      when: any(declared('9903.04.67'), article('generic_drug')),
      reason: 'a generic pharmaceutical',
      note: '40',
    }),
  ],
};
const pharmaGroup = (rank: number): Group => ({
  group: S232.pharmaceuticals,
  rank,
  note: 'U.S. note 40',
  quiet: true,
});

const PHARMA: Declaration[] = [
  heading({
    ...pharma,
    heading: '9903.04.62',
    rate: floor('0.15'),
    countries: ['JP', 'KR', 'CH', 'LI', ...EU_MEMBERS],
    exclusive: pharmaGroup(1),
  }),
  heading({
    ...pharma,
    heading: '9903.04.63',
    rate: NONE,
    effect: 'additive',
    countries: ['GB'],
    exclusive: pharmaGroup(1),
  }),
  heading({ ...pharma, heading: '9903.04.60', rate: floor('1'), exclusive: pharmaGroup(2) }),
  declaration(
    {
      kind: 'coverage',
      program: S232.pharmaceuticals,
      family: 'section-232',
      measure_type: 'section-232',
      title: 'Patented pharmaceuticals: list of 149 provisions',
      origins: null,
      scope: all(codes('29', '30'), not(list('us.s232.pharma'))),
      lower_bound: true,
      marks: false,
    },
    {
      key: 'coverage',
      from: '2026-09-29',
      begun_by: 'fr-2026-19498',
      review: 'the list grew from 131 to 149 provisions on 2026-09-29; the new ones are not at hand',
    },
  ),
];

const DRONES = heading({
  ...TERMS,
  program: S232.drones,
  title: 'Section 232 unmanned aircraft systems',
  heading: '9903.08.20',
  note: null,
  rate: { kind: 'unknown' },
  scope: codes('8806'),
  from: '2026-09-03',
  begun_by: 'proc-11055',
  review: 'Proclamation 11055, headings 9903.08.20-.26: the rates and the product list are not at hand',
  exceptions: [
    exception(null, { when: fact('qualifying_article', 'not_unmanned_aircraft'), reason: 'not an unmanned aircraft' }),
  ],
});

export const SECTION_232_OTHER: Declaration[] = [...WOOD, SEMICONDUCTORS, ...PHARMA, DRONES];
