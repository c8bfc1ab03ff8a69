import { declaration, heading, type Declaration, type Group, type HeadingSpec } from './declare.ts';
import {
  adds,
  all,
  any,
  article,
  codes,
  declared,
  EU_MEMBERS,
  exception,
  list,
  mustKnow,
  not,
  origin,
  S232,
  yieldsTo,
} from './terms.ts';

/** Section 232 steel and aluminum from 2018 to 2025-03-11 (headings 9903.80, 9903.85.01/.03), and copper of 2025 (9903.78). */

const TERMS = { family: 'section-232', chapter_98: 'terms' } as const;
const END = { to: '2026-04-06', ended_by: 'proc-11021' } as const;
const STEEL: Pick<HeadingSpec, 'program' | 'family' | 'chapter_98' | 'title'> = {
  ...TERMS,
  program: S232.steel,
  title: 'Section 232 steel',
};
const ALUMINUM: typeof STEEL = { ...TERMS, program: S232.aluminum, title: 'Section 232 aluminum' };
const steelGroup = (rank: number): Group => ({
  group: 'us.section-232.steel',
  rank,
  note: 'U.S. note 16',
  quiet: true,
});
const aluminumGroup = (rank: number): Group => ({
  group: 'us.section-232.aluminum',
  rank,
  note: 'U.S. note 19',
  quiet: true,
});

/** Before 2025-03-12: country exemptions, absolute quotas (imports beyond them are refused) and tariff-rate quotas. */
const OLD_END = { to: '2025-03-12' } as const;
const TRQ = mustKnow('in_quota', false);
const STEEL_FREE = ['AU', 'CA', 'MX', 'AR', 'BR', 'KR', 'UA'];
const outOfQuota = (number: string) =>
  exception(number, {
    when: all(any(origin(...EU_MEMBERS), origin('GB'), origin('JP')), { op: 'not', of: TRQ }),
    reason: 'entered within the tariff-rate quota',
  });

/** Mexican metal from elsewhere, 2024-07-10 to 2025-03-11: the exemption of Mexico was for metal of North America only. */
const MEXICAN = (
  [
    ['mill', '9903.81.85', '9903.85.71'],
    ['derivative', '9903.81.86', '9903.85.72'],
  ] as const
).flatMap(([kind, steel, aluminum]) => [
  heading({
    ...STEEL,
    heading: steel,
    note: '16',
    rate: adds('0.25'),
    countries: ['MX'],
    scope: all(list('us.s232.steel-chapter', { kind }), not(mustKnow('metal_smelted_in', 'MX', 'US', 'CA'))),
    from: '2024-07-10',
    begun_by: 'proc-10783',
    ...OLD_END,
    ended_by: 'proc-10896',
    exclusive: steelGroup(1),
  }),
  heading({
    ...ALUMINUM,
    heading: aluminum,
    note: '19',
    rate: adds('0.1'),
    countries: ['MX'],
    scope: all(list('us.s232.aluminum-chapter', { kind }), mustKnow('metal_smelted_in', 'CN', 'RU', 'BY', 'IR')),
    from: '2024-07-10',
    begun_by: 'proc-10782',
    ...OLD_END,
    ended_by: 'proc-10895',
    exclusive: aluminumGroup(1),
  }),
]);

const REGIME_2018: Declaration[] = [
  ...MEXICAN,
  heading({
    ...STEEL,
    heading: '9903.80.01',
    note: '16(a)-(b)',
    rate: adds('0.25'),
    scope: list('us.s232.steel-chapter', { kind: 'mill' }),
    columns: 'both',
    except: STEEL_FREE,
    except_reason: 'exempt, or under an absolute quota',
    exceptions: [outOfQuota('9903.80.65')],
    from: '2018-03-23',
    begun_by: 'proc-9705',
    ...OLD_END,
    ended_by: 'proc-10896',
    exclusive: steelGroup(1),
  }),
  heading({
    ...STEEL,
    heading: '9903.80.03',
    note: '16(a)(ii)',
    rate: adds('0.25'),
    scope: list('us.s232.steel-chapter', { kind: 'derivative' }),
    columns: 'both',
    except: [...STEEL_FREE, ...EU_MEMBERS, 'GB', 'JP'],
    except_reason: 'exempt (heading 9903.80.03)',
    from: '2020-02-08',
    begun_by: 'proc-9980',
    ...OLD_END,
    ended_by: 'proc-10896',
    exclusive: steelGroup(2),
  }),
  heading({
    ...ALUMINUM,
    heading: '9903.85.01',
    note: '19(a)-(b)',
    rate: adds('0.1'),
    scope: list('us.s232.aluminum-chapter', { kind: 'mill' }),
    columns: 'both',
    except: ['AU', 'CA', 'MX', 'AR'],
    except_reason: 'exempt, or under an absolute quota',
    exceptions: [
      { ...outOfQuota('9903.85.27'), when: all(any(origin(...EU_MEMBERS), origin('GB')), { op: 'not', of: TRQ }) },
    ],
    from: '2018-03-23',
    begun_by: 'proc-9704',
    ...OLD_END,
    ended_by: 'proc-10895',
    exclusive: aluminumGroup(1),
  }),
  heading({
    ...ALUMINUM,
    heading: '9903.85.03',
    note: '19(a)(iii)',
    rate: adds('0.1'),
    scope: list('us.s232.aluminum-chapter', { kind: 'derivative' }),
    columns: 'both',
    except: ['AU', 'CA', 'MX', 'AR', ...EU_MEMBERS, 'GB'],
    except_reason: 'exempt (heading 9903.85.03)',
    from: '2020-02-08',
    begun_by: 'proc-9980',
    ...OLD_END,
    ended_by: 'proc-10895',
    exclusive: aluminumGroup(2),
  }),
  declaration(
    {
      kind: 'coverage',
      program: S232.steel,
      family: 'section-232',
      measure_type: 'section-232',
      title: 'Country arrangements before 2025',
      origins: ['AR', 'BR', 'KR', 'CA', 'MX', 'TR', 'UA', 'JP', 'GB', ...EU_MEMBERS],
      scope: codes('72', '73', '76'),
      lower_bound: true,
      marks: false,
    },
    {
      key: 'coverage',
      from: '2018-03-23',
      to: '2025-01-01',
      begun_by: 'proc-9705',
      review: 'country arrangements changed several times between 2018 and 2024; only those of 2025 are declared',
    },
  ),
];

const copper: Omit<HeadingSpec, 'heading' | 'rate'> = {
  ...TERMS,
  program: S232.copper,
  title: 'Section 232 copper',
  note: '36',
  scope: list('us.s232.copper'),
  columns: 'both',
  value: 'content',
  content_presumed: codes('74'),
  from: '2025-08-01',
  begun_by: 'proc-10962',
  ...END,
  exceptions: [
    exception('9903.78.02', {
      when: any(declared('9903.78.02'), article('not_copper')),
      reason: 'not semi-finished copper nor an intensive copper derivative',
      offer: false,
    }),
  ],
  yields_to: [
    yieldsTo([S232.autos], 'Proclamation 10962; U.S. note 33(a)'),
    yieldsTo([S232.autoParts], 'Proclamation 10962; U.S. note 33(f)'),
  ],
};
const COPPER = [heading({ ...copper, heading: '9903.78.01', rate: adds('0.5') })];

export const SECTION_232_METALS_2018: Declaration[] = [...REGIME_2018, ...COPPER];
