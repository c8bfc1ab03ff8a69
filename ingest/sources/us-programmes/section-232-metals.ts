import type { Condition } from '../../../transforms/stacking/programme.ts';
import { heading, type Declaration, type HeadingSpec, type Group } from './declare.ts';
import {
  adds,
  all,
  any,
  article,
  civilAircraft,
  codes,
  COLUMN_2,
  declared,
  EU_MEMBERS,
  exception,
  fact,
  floor,
  list,
  METAL_CHAPTERS,
  not,
  NONE,
  origin,
  S232,
  usmca,
  yieldsTo,
} from './terms.ts';

/**
 * Section 232 metals from 2026-04-06: one family 9903.82 on the full customs value, U.S. note 16 (Proclamations 11021 and 11032).
 * At most one heading applies (note 16(a)); ranks follow the "except as provided for" texts. Lists by annex: I-A = 16(c)(i)-(v),
 * I-B = (vi)-(viii), I-C = (xi), III = (ix)-(x).
 */

const A = (metal?: string) => list('us.s232.annex-1a', metal === undefined ? undefined : { metal });
const B = (metal?: string) => list('us.s232.annex-1b', metal === undefined ? undefined : { metal });
const C = list('us.s232.annex-1c');
const III = (metal?: string) => list('us.s232.annex-3', metal === undefined ? undefined : { metal });

const OWN_CHAPTERS = codes(...METAL_CHAPTERS);

/** Outside chapters 72, 73, 74 and 76 only with at least 15 % of the listed metal by weight: the importer claims .03 or .01. */
const withoutMetal = [
  exception('9903.82.03', {
    when: all(
      not(OWN_CHAPTERS),
      any({ op: 'fact_below', name: 'metal_weight_share', limit: '0.15', undeclared: 'no' }, declared('9903.82.03')),
    ),
    reason: 'the listed metal is less than 15 % of the weight of the article',
    note: '16(c)',
    offer: true,
  }),
  exception('9903.82.01', {
    when: all(not(OWN_CHAPTERS), declared('9903.82.01')),
    reason: 'contains no aluminum, steel or copper',
    note: '16(c)',
  }),
];
const motorcycleParts = exception('9903.82.13', {
  when: all(codes('84', '85', '87'), any(article('motorcycle_parts'), declared('9903.82.13'))),
  reason: 'motorcycle parts for manufacturing motorcycles in the United States',
  note: '16(g)',
});
const aircraft = [
  civilAircraft('9903.96.01', origin('GB'), '35(a)'),
  civilAircraft('9903.96.02', origin('JP'), '35(b)'),
  civilAircraft('9903.02.76', origin(...EU_MEMBERS), '2(v)(xxii)'),
  civilAircraft('9903.02.81', origin('KR'), '2(v)(xxiv)(b)'),
  {
    ...civilAircraft('9903.96.03', list('us.s232.aircraft-exempt-tw'), '35(c)'),
    valid_from: '2026-05-01',
    known_by: 'taiwan-deal' as const,
  },
].map((relief, index) => (index < 4 ? relief : { ...relief, when: all(origin('TW'), relief.when) }));

const PRESUMED = {
  text: 'on the lists of note 16(c): the listed metal is taken as at least 15 % of the weight unless metal_weight_share says otherwise',
  facts: ['metal_weight_share'],
};

const metals: Omit<HeadingSpec, 'heading' | 'rate' | 'scope' | 'exclusive' | 'note'> = {
  program: S232.metals,
  family: 'section-232',
  title: 'Section 232 aluminum, steel and copper',
  columns: 'both',
  chapter_98: 'terms',
  from: '2026-04-06',
  begun_by: 'proc-11021',
  exceptions: [...withoutMetal, motorcycleParts, ...aircraft],
  yields_to: [
    yieldsTo([S232.autos], 'U.S. note 33(a)'),
    yieldsTo([S232.autoParts], 'U.S. note 33(f)'),
    yieldsTo([S232.mhdv], 'U.S. note 38(a)'),
    yieldsTo([S232.mhdvParts], 'U.S. note 38(h)'),
    yieldsTo([S232.semiconductors], 'U.S. note 39(a)(5)'),
  ],
};
const rank = (value: number): Group => ({
  group: S232.metals,
  rank: value,
  note: 'U.S. note 16(a): mutually exclusive',
  quiet: true,
});
/** Outside the metals' own chapters the weight share settles it: named among the needs of an applied heading. */
const weighed = (
  spec: Omit<HeadingSpec, 'program' | 'family' | 'title' | 'from' | 'begun_by'> & Partial<HeadingSpec>,
): Declaration[] => [
  heading({
    ...metals,
    ...spec,
    scope: all(OWN_CHAPTERS, spec.scope ?? A()),
    presumption: null,
    variant: 'own-chapter',
  }),
  heading({
    ...metals,
    ...spec,
    scope: all(not(OWN_CHAPTERS), spec.scope ?? A()),
    presumption: spec.presumption === null ? null : PRESUMED,
    variant: 'other-chapter',
  }),
];

const steelOrAluminum = (annex: (metal?: string) => Condition): Condition => any(annex('steel'), annex('aluminum'));
const steelOrCopper = (annex: (metal?: string) => Condition): Condition => any(annex('steel'), annex('copper'));
const usMetal = fact('metal_smelted_in', 'US');
const US_MADE = any(list('note:16(c)(ii)'), list('note:16(c)(iv)'), B(), C);

/** Russian aluminum: 200 % in place of the family, on all listed aluminum (notes 19(m), 16(a)). */
const russia = [
  ...weighed({
    heading: '9903.85.67',
    note: '19(m)(A)',
    program: S232.russianAluminum,
    yields_to: [],
    title: 'Section 232 aluminum of Russia',
    rate: adds('2'),
    scope: all(
      any(origin('RU'), fact('metal_smelted_in', 'RU')),
      A('aluminum'),
      codes('7601', '7604', '7605', '7606', '7607', '7608', '7609', '7616995160', '7616995170'),
    ),
    exclusive: rank(0),
    exceptions: [],
    presumption: null,
    begun_by: 'proc-10522',
    from: '2026-04-06',
  }),
  ...weighed({
    heading: '9903.85.68',
    note: '19(m)(B)',
    program: S232.russianAluminum,
    yields_to: [],
    title: 'Section 232 aluminum derivatives of Russia',
    rate: adds('2'),
    scope: all(any(origin('RU'), fact('metal_smelted_in', 'RU')), any(A('aluminum'), B('aluminum'), III('aluminum'))),
    exclusive: rank(1),
    exceptions: withoutMetal,
    presumption: null,
    begun_by: 'proc-10522',
    from: '2026-04-06',
  }),
];

/** Limited quantities authorised by the Secretary of Commerce: printed "no change" in general, +25 % in special. */
const authorised = [
  heading({
    ...metals,
    heading: '9903.82.18',
    note: '16(h)',
    rate: adds('0.25'),
    columns: '1',
    scope: all(declared('9903.82.18'), origin('CA', 'MX'), usmca, A('steel'), OWN_CHAPTERS),
    exclusive: rank(2),
    from: '2026-04-23',
    begun_by: 'fr-91-21790',
  }),
  heading({
    ...metals,
    heading: '9903.82.19',
    note: '16(i)',
    rate: adds('0.25'),
    columns: '1',
    scope: all(declared('9903.82.19'), origin('CA', 'MX'), usmca, A('aluminum'), OWN_CHAPTERS),
    exclusive: rank(2),
    from: '2026-04-23',
    begun_by: 'fr-91-21790',
  }),
];

const REVIEW_11032 =
  'the text of note 16(j)-(k) (Proclamation 11032) is not at hand; applied on the claim of the importer only';
const claimed = (
  [
    ['9903.82.20', adds('0.25'), '16(j)'],
    ['9903.82.21', NONE, '16(j)'],
    ['9903.82.23', floor('0.1', '9903.82.24'), '16(e), 16(k)'],
    ['9903.82.25', floor('0.15', '9903.82.26'), '16(f), 16(k)'],
  ] as const
).map(([number, rate, note]) =>
  heading({
    ...metals,
    heading: number,
    note,
    rate,
    columns: '1',
    effect: rate.kind === 'floor_total' ? 'floor_total' : 'additive',
    scope: all(declared(number), any(A(), B(), C, III())),
    exclusive: rank(2),
    from: '2026-06-08',
    begun_by: 'proc-11032',
    review: REVIEW_11032,
  }),
);

const UK_PRESUMED = {
  text: 'a product of the United Kingdom: at least 95 % of the metal is taken as smelted, cast or melted and poured there unless metal_smelted_in says otherwise (note 16(d))',
  facts: ['metal_smelted_in'],
};
const ukMetal = not({ op: 'all', of: [fact('metal_smelted_in', 'US', 'RU', 'CA', 'MX', 'CN', 'other')] });
const uk = [
  heading({
    ...metals,
    heading: '9903.82.04',
    note: '16(c)(i)-(iv), 16(d)',
    rate: adds('0.25'),
    columns: '1',
    countries: ['GB'],
    scope: all(steelOrAluminum(A), ukMetal),
    exclusive: rank(4),
    presumption: UK_PRESUMED,
  }),
  heading({
    ...metals,
    heading: '9903.82.05',
    note: '16(c)(vi)-(vii), 16(d)',
    rate: adds('0.15'),
    columns: '1',
    countries: ['GB'],
    scope: all(steelOrAluminum(B), ukMetal),
    exclusive: rank(5),
    presumption: UK_PRESUMED,
  }),
];

const usMade = [
  ...weighed({
    heading: '9903.82.15',
    note: '16(e)',
    rate: adds('0.1'),
    countries: ['RU'],
    scope: all(usMetal, US_MADE, not(list('us.s232.annex-1b', { metal: 'aluminum' }))),
    exclusive: rank(3),
  }),
  ...weighed({
    heading: '9903.82.06',
    note: '16(e)',
    rate: adds('0.1'),
    except: ['RU'],
    except_reason: 'see 9903.82.15',
    scope: all(usMetal, US_MADE),
    exclusive: rank(3),
  }),
  ...weighed({
    heading: '9903.82.07',
    note: '16(e)',
    rate: floor('0.1', '9903.82.08'),
    columns: '1',
    scope: all(usMetal, III()),
    exclusive: rank(3),
  }),
];

const mobile = heading({
  ...metals,
  heading: '9903.82.22',
  note: '16(c)(xi)',
  rate: floor('0.15'),
  columns: '1',
  countries: ['AR', 'EC', 'SV', 'GT', 'JP', 'KR', 'LI', 'CH', 'TW', 'GB', ...EU_MEMBERS],
  scope: C,
  exclusive: rank(4),
  from: '2026-06-08',
  begun_by: 'proc-11032',
  presumption: PRESUMED,
});

const rates = [
  ...weighed({
    heading: '9903.82.14',
    note: '16(c)(iii)-(v)',
    rate: adds('0.5'),
    countries: ['RU'],
    scope: steelOrCopper(A),
    exclusive: rank(6),
  }),
  ...weighed({
    heading: '9903.82.16',
    note: '16(c)(vii)-(viii), (xi)',
    rate: adds('0.25'),
    countries: ['RU'],
    scope: any(steelOrCopper(B), C),
    exclusive: rank(7),
  }),
  ...weighed({
    heading: '9903.82.17',
    note: '16(c)(x)',
    rate: adds('0.25'),
    countries: ['RU'],
    scope: III('steel'),
    exclusive: rank(7),
  }),
  ...weighed({
    heading: '9903.82.12',
    note: '16(c)(ix)-(x)',
    rate: adds('0.25'),
    countries: COLUMN_2,
    scope: III(),
    exclusive: rank(8),
  }),
  ...weighed({ heading: '9903.82.02', note: '16(c)(i)-(v)', rate: adds('0.5'), scope: A(), exclusive: rank(9) }),
  ...weighed({
    heading: '9903.82.09',
    note: '16(c)(vi)-(viii), (xi)',
    rate: adds('0.25'),
    scope: any(B(), C),
    exclusive: rank(10),
  }),
  ...weighed({
    heading: '9903.82.10',
    note: '16(f)',
    rate: floor('0.15', '9903.82.11'),
    columns: '1',
    scope: III(),
    exclusive: rank(11),
  }),
];

export const SECTION_232_METALS: Declaration[] = [
  ...russia,
  ...authorised,
  ...claimed,
  ...uk,
  ...usMade,
  mobile,
  ...rates,
];
