import type { Condition } from '../../../transforms/stacking/programme.ts';
import { declaration, heading, type Declaration, type HeadingSpec, type Exceptions, type Group } from './declare.ts';
import { adds, all, any, article, codes, declared, exception, fact, footnote, list, not } from './terms.ts';

/**
 * Section 301 China, U.S. notes 20 (lists) and 31 (four-year review). Origin China only: Hong Kong and Macau are not covered.
 * Membership is what the schedule footnotes on the line or an ancestor, which equals the note lists but for reviewed defects.
 * List 4B (9903.88.16) never took effect (84 FR 69447) and is therefore not declared: printed is not in force.
 */

const china: Omit<HeadingSpec, 'heading' | 'rate' | 'from' | 'begun_by' | 'note'> = {
  program: 'us.section-301.china',
  family: 'section-301',
  title: 'Section 301 China',
  countries: ['CN'],
};
const rank = (value: number): Group => ({
  group: 'us.section-301.china',
  rank: value,
  note: 'U.S. notes 20 and 31: one heading per article',
  quiet: false,
});

/** Exclusions: some numbers whole, most a described product inside a number, so always on the importer's claim. */
const exclusions = (): Exceptions => [
  exception('9903.88.69', {
    when: all(
      any(footnote('9903.88.69'), list('us.s301.china-exclusions', { heading: '99038869' })),
      any(declared('9903.88.69'), article('excluded_301')),
    ),
    reason: 'an exclusion granted by the U.S. Trade Representative covers the article',
    note: '20(vvv)',
    offer: true,
    from: '2024-06-15',
    to: '2026-11-10',
  }),
  exception('9903.88.70', {
    when: all(
      any(footnote('9903.88.70'), list('us.s301.china-exclusions', { heading: '99038870' })),
      any(declared('9903.88.70'), article('excluded_301')),
    ),
    reason: 'solar manufacturing equipment under an exclusion',
    note: '20(www)',
    offer: true,
    from: '2024-01-01',
    to: '2026-11-10',
  }),
];

/** Lines that two lists share; notes 20(g) and 20(s)(ii) divide them at ten digits. */
const SPLIT = codes('85176200', '94016960', '94017100', '63079098');
const ON_4: Condition = codes('8517620090', '9401696001', '9401710001', '9401710005', '9401710006', '9401710007');
const ON_15: Condition = codes(
  ...['8517620010', '8517620020', '9401696011', '9401696031', '9401710008', '9401710011', '9401710031'],
  ...['6307909842', '6307909844', '6307909850', '6307909870', '6307909875'],
);

const listed = (number: string): Condition => footnote(number);
const list4 = all(footnote('9903.88.04'), any(not(SPLIT), ON_4));
/** 8507.60.00 is still footnoted .15 after note 31(g) took it over: the group's rank settles it from 2026-01-01 on. */
const list15 = all(footnote('9903.88.15'), any(not(SPLIT), ON_15));

const LISTS: Declaration[] = [
  heading({
    ...china,
    heading: '9903.88.01',
    note: '20(a)-(b)',
    rate: adds('0.25'),
    scope: listed('9903.88.01'),
    from: '2018-07-06',
    begun_by: 'fr-83-28710',
    exceptions: exclusions(),
    exclusive: rank(3),
  }),
  heading({
    ...china,
    heading: '9903.88.02',
    note: '20(c)-(d)',
    rate: adds('0.25'),
    scope: listed('9903.88.02'),
    from: '2018-08-23',
    begun_by: 'fr-83-40823',
    exceptions: exclusions(),
    exclusive: rank(3),
  }),
  heading({
    ...china,
    heading: '9903.88.03',
    note: '20(e)-(f)',
    rate: adds('0.1'),
    scope: listed('9903.88.03'),
    from: '2018-09-24',
    begun_by: 'fr-83-47974',
    to: '2019-05-10',
    ended_by: 'fr-84-20459',
    exclusive: rank(3),
  }),
  heading({
    ...china,
    heading: '9903.88.03',
    note: '20(e)-(f)',
    rate: adds('0.25'),
    scope: listed('9903.88.03'),
    from: '2019-05-10',
    begun_by: 'fr-84-20459',
    exceptions: exclusions(),
    exclusive: rank(3),
  }),
  heading({
    ...china,
    heading: '9903.88.04',
    note: '20(e), 20(g)',
    rate: adds('0.1'),
    scope: list4,
    from: '2018-09-24',
    begun_by: 'fr-83-47974',
    to: '2019-05-10',
    ended_by: 'fr-84-20459',
    exclusive: rank(4),
  }),
  heading({
    ...china,
    heading: '9903.88.04',
    note: '20(e), 20(g)',
    rate: adds('0.25'),
    scope: list4,
    from: '2019-05-10',
    begun_by: 'fr-84-20459',
    exceptions: exclusions(),
    exclusive: rank(4),
  }),
  heading({
    ...china,
    heading: '9903.88.15',
    note: '20(r)-(s)',
    rate: adds('0.15'),
    scope: list15,
    from: '2019-09-01',
    begun_by: 'fr-84-43304',
    to: '2020-02-14',
    ended_by: 'fr-85-3741',
    exclusive: rank(5),
  }),
  heading({
    ...china,
    heading: '9903.88.15',
    note: '20(r)-(s)',
    rate: adds('0.075'),
    scope: list15,
    from: '2020-02-14',
    begun_by: 'fr-85-3741',
    exceptions: exclusions(),
    exclusive: rank(5),
  }),
];

const review = (
  number: string,
  note: string,
  rate: string,
  from: string,
  scope: Condition,
  more: Partial<HeadingSpec> = {},
) =>
  heading({
    ...china,
    title: 'Section 301 China, four-year review',
    heading: number,
    note,
    rate: adds(rate),
    from,
    begun_by: from === '2025-01-01' ? 'fr-89-101682' : 'fr-89-76581',
    scope,
    exceptions: exclusions(),
    exclusive: rank(1),
    ...more,
  });

/**
 * 8507.60.00 is on the list for batteries of electric vehicles only (8507.60.0010). 6307.90.98 is still footnoted .91.01 although its
 * four numbers left note 31(b) for 31(h) on 2026-01-01 (89 FR 76581).
 */
const note31b = all(footnote('9903.91.01'), not(codes('63079098')), any(not(codes('85076000')), codes('8507600010')));
const MASKS = codes('6307909842', '6307909844', '6307909850', '6307909875');

const FOUR_YEAR: Declaration[] = [
  review('9903.91.01', '31(b)', '0.25', '2024-09-27', note31b, { exclusive: rank(2) }),
  review('9903.91.01', '31(b)(1)-(4)', '0.25', '2024-09-27', MASKS, {
    exclusive: rank(2),
    to: '2026-01-01',
    variant: 'masks',
  }),
  review('9903.91.02', '31(c)', '0.5', '2024-09-27', any(footnote('9903.91.02'), codes('85414200', '85414300'))),
  review(
    '9903.91.03',
    '31(d)',
    '1',
    '2024-09-27',
    any(
      footnote('9903.91.03'),
      codes(
        '87024031',
        '87024061',
        '87029031',
        '87029061',
        '87036000',
        '87037000',
        '87038000',
        '87039001',
        '90183100',
        '90183200',
      ),
    ),
    {
      exceptions: [
        exception('9903.91.10', {
          when: all(codes('9018310080'), any(declared('9903.91.10'), article('enteral_syringe'))),
          reason: 'enteral syringes entered before 2026-01-01',
          note: '31(d)',
          offer: true,
          to: '2026-01-01',
        }),
      ],
    },
  ),
  review('9903.91.04', '31(e)', '0.25', '2025-01-01', codes('6307909870'), { to: '2026-01-01' }),
  review('9903.91.05', '31(f)', '0.5', '2025-01-01', all(footnote('9903.91.05'), not(codes('40151210')))),
  review('9903.91.05', '31(f)', '0.5', '2025-01-01', codes('40151210'), { to: '2026-01-01', variant: 'gloves' }),
  review(
    '9903.91.06',
    '31(g)',
    '0.25',
    '2026-01-01',
    any(footnote('9903.91.06'), codes('250410', '25049000', '85051100', '85076000')),
    { begun_by: 'fr-89-76581' },
  ),
  review(
    '9903.91.07',
    '31(h)',
    '0.5',
    '2026-01-01',
    any(footnote('9903.91.07'), codes('6307909842', '6307909844', '6307909850', '6307909870', '6307909875')),
    { begun_by: 'fr-89-76581' },
  ),
  review('9903.91.08', '31(i)', '1', '2026-01-01', any(footnote('9903.91.08'), codes('40151210')), {
    begun_by: 'fr-89-76581',
  }),
  review(
    '9903.91.11',
    '31(j)',
    '0.25',
    '2025-01-01',
    any(footnote('9903.91.11'), codes('81019400', '81019910', '81019980')),
  ),
];

const craneIs = fact('qualifying_article', 'ship_to_shore_crane');
const MARITIME_REVIEW =
  'suspended from 2025-11-10 to 2026-11-09 (90 FR 50947); whether it resumed on 2026-11-10 is not in the law at hand';

const CRANES: Declaration[] = [
  heading({
    ...china,
    heading: '9903.92.10',
    note: '31(a)',
    rate: adds('0.25'),
    scope: all(codes('84261900'), { ...craneIs, undeclared: 'unknown' } as Condition),
    from: '2024-09-27',
    begun_by: 'fr-89-76581',
    exceptions: [
      exception('9903.91.09', {
        when: declared('9903.91.09'),
        reason: 'under a contract executed before 2024-05-14',
        offer: false,
      }),
    ],
    exclusive: rank(2),
  }),
  heading({
    ...china,
    program: 'us.section-301.maritime',
    title: 'Section 301 maritime: intermodal chassis and parts',
    heading: '9903.91.12',
    note: '31(k)',
    rate: { kind: 'unknown' },
    expression: 'The duty provided in subheadings 8716.39.00, 8716.90.30 or 8716.90.50 + 100%',
    scope: codes('8716390090', '87169030', '87169050'),
    from: '2026-11-10',
    begun_by: 'fr-90-48320',
    cites: ['fr-90-50947'],
    review: MARITIME_REVIEW,
  }),
  heading({
    program: 'us.section-301.maritime',
    family: 'section-301',
    title: 'Section 301 maritime: ship-to-shore cranes',
    heading: '9903.91.14',
    note: '31(l)',
    rate: { kind: 'unknown' },
    expression: 'The duty provided in the applicable subheading + 100%',
    scope: codes('84261900'),
    from: '2026-11-10',
    begun_by: 'fr-90-48320',
    cites: ['fr-90-50947'],
    review: MARITIME_REVIEW,
  }),
];

const OPEN: Declaration[] = [
  declaration(
    {
      kind: 'coverage',
      program: 'us.section-301.china',
      family: 'section-301',
      measure_type: 'section-301',
      title: 'Section 301 China after 2026-11-09',
      origins: ['CN'],
      scope: any(footnote('9903.88.69'), footnote('9903.88.70'), list('us.s301.china-exclusions')),
      lower_bound: false,
      marks: true,
    },
    {
      key: 'coverage',
      from: '2026-11-10',
      begun_by: 'fr-90-55232',
      review:
        'needs review: the exclusions 9903.88.69/.70 ran through 2026-11-09; an extension is not in the law at hand',
    },
  ),
  declaration(
    {
      kind: 'coverage',
      program: 'us.section-301.china',
      family: 'section-301',
      measure_type: 'section-301',
      title: 'Semiconductors under note 31(f)',
      origins: ['CN'],
      scope: footnote('9903.91.05'),
      lower_bound: true,
      marks: false,
    },
    {
      key: 'coverage-chips',
      from: '2027-06-23',
      begun_by: 'fr-90-60848',
      review: 'the rate rises on 2027-06-23 by an amount not yet announced (90 FR 60848)',
    },
  ),
];

export const SECTION_301_CHINA: Declaration[] = [...LISTS, ...FOUR_YEAR, ...CRANES, ...OPEN];
