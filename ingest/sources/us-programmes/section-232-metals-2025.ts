import { declaration, heading, type Declaration, type HeadingSpec, type Group, type Yields } from './declare.ts';
import {
  adds,
  all,
  any,
  civilAircraft,
  codes,
  EU_MEMBERS,
  exception,
  fact,
  list,
  not,
  origin,
  S232,
  yieldsTo,
} from './terms.ts';
import type { Condition } from '../../../transforms/stacking/programme.ts';
import type { ActId } from './acts.ts';

/**
 * Section 232 steel, aluminum and copper before the annex regime: headings 9903.80, .81, .85 and .78, all terminated for entries
 * from 2026-04-06 (Proclamation 11021) except the 200 % on Russian aluminum, which goes on.
 */

const END = { to: '2026-04-06', ended_by: 'proc-11021' } as const;
const TERMS = { family: 'section-232', chapter_98: 'terms' } as const;

const metalYields = (note: string): Yields => [
  // EO 14289 sec. 3(b), with effect back to 2025-03-04; reversed by Proclamation 10947 for entries from 2025-06-04.
  yieldsTo(['us.ieepa.fentanyl.canada', 'us.ieepa.fentanyl.mexico'], 'Executive Order 14289', {
    from: '2025-03-12',
    to: '2025-06-04',
    known_by: 'eo-14289',
  }),
  yieldsTo([S232.autos], 'Executive Order 14289; U.S. note 33(a)', { from: '2025-04-03', known_by: 'eo-14289' }),
  yieldsTo([S232.autoParts], 'Executive Order 14289; U.S. note 33(f)', { from: '2025-05-03', known_by: 'eo-14289' }),
  yieldsTo([S232.mhdv], 'U.S. note 38(a)', { from: '2025-11-01', known_by: 'proc-10984' }),
  yieldsTo([S232.mhdvParts], 'U.S. note 38(h)', { from: '2025-11-01', known_by: 'proc-10984' }),
  yieldsTo([S232.semiconductors], `U.S. notes 39(a) and ${note}`, { from: '2026-01-15', known_by: 'proc-11002' }),
];
const STEEL: Pick<HeadingSpec, 'program' | 'family' | 'chapter_98' | 'title'> = {
  ...TERMS,
  program: S232.steel,
  title: 'Section 232 steel',
};
const ALUMINUM: typeof STEEL = { ...TERMS, program: S232.aluminum, title: 'Section 232 aluminum' };

const usMetal = (number: string, what: string) =>
  exception(number, {
    when: fact('metal_smelted_in', 'US'),
    reason: `processed abroad from ${what} in the United States`,
    offer: true,
  });
const usSteel = usMetal('9903.81.92', 'steel melted and poured');
const usAluminum = usMetal('9903.85.09', 'aluminum smelted and cast');
const aircraft = [
  { ...civilAircraft('9903.96.02', origin('JP'), '35(b)'), valid_from: '2025-09-16', known_by: 'japan-deal' as const },
  {
    ...civilAircraft('9903.02.76', origin(...EU_MEMBERS), '2(v)(xxii)'),
    valid_from: '2025-09-01',
    known_by: 'eu-deal' as const,
  },
  // Notes 19(f) and 19(h) name 9903.02.81 beside the other two; Switzerland's 9903.02.85 they do not.
  {
    ...civilAircraft('9903.02.81', origin('KR'), '2(v)(xxiv)(b)'),
    valid_from: '2025-11-14',
    known_by: 'korea-deal' as const,
  },
  { ...civilAircraft('9903.96.01', origin('GB'), '35(a)'), valid_from: '2025-06-30', known_by: 'uk-deal' as const },
];

/** 25 % from 2025-03-12; from 2025-06-04 50 % and 25 % for the United Kingdom; from 2025-08-18 on a longer list where one is given. */
function threeRates(
  spec: Omit<HeadingSpec, 'heading' | 'rate' | 'from' | 'begun_by'>,
  number: string,
  ukNumber: string,
  act: ActId,
  longer?: Condition,
): Declaration[] {
  const inJune = { from: '2025-06-04', begun_by: 'proc-10947' } as const;
  const inAugust = { from: '2025-08-18', begun_by: 'fr-2025-15819' } as const;
  const turn = { to: '2025-08-18', ended_by: 'fr-2025-15819' } as const;
  const stages: [typeof spec, typeof inJune | typeof inAugust, typeof turn | typeof END][] =
    longer === undefined
      ? [[spec, inJune, END]]
      : [
          [spec, inJune, turn],
          [{ ...spec, scope: longer }, inAugust, END],
        ];
  return [
    heading({
      ...spec,
      heading: number,
      rate: adds('0.25'),
      from: '2025-03-12',
      begun_by: act,
      to: '2025-06-04',
      ended_by: 'proc-10947',
    }),
    ...stages.flatMap(([stage, start, end]) => afterJune(stage, number, ukNumber, start, end)),
  ];
}

/** Beer: aluminum cans as content, from 2025-04-04 at the rates of the other derivatives. */
function afterApril(
  spec: Omit<HeadingSpec, 'heading' | 'rate' | 'from' | 'begun_by'>,
  number: string,
  ukNumber: string,
): Declaration[] {
  return [
    heading({
      ...spec,
      heading: number,
      rate: adds('0.25'),
      from: '2025-04-04',
      begun_by: 'bis-2025-04',
      to: '2025-06-04',
      ended_by: 'proc-10947',
    }),
    ...afterJune(spec, number, ukNumber, { from: '2025-06-04', begun_by: 'proc-10947' }, END),
  ];
}

function afterJune(
  spec: Omit<HeadingSpec, 'heading' | 'rate' | 'from' | 'begun_by'>,
  number: string,
  ukNumber: string,
  start: Pick<HeadingSpec, 'from' | 'begun_by'>,
  end: Pick<HeadingSpec, 'to' | 'ended_by'>,
): Declaration[] {
  const rest = { except: ['GB'], except_reason: `products of the United Kingdom are under ${ukNumber}` };
  return [
    heading({ ...spec, ...rest, heading: number, rate: adds('0.5'), ...start, ...end }),
    heading({ ...spec, countries: ['GB'], heading: ukNumber, rate: adds('0.25'), ...start, ...end }),
  ];
}

const STEEL_OWN = codes('72', '73');
const ALUMINUM_OWN = codes('76');
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

/**
 * The copy at hand cut the numbers of 2025-03-12 to eight digits; the last print of note 19(k) has them whole but also the inclusions of
 * 2025-08-18. In both: 8481.90.9060 and .9085, not 8481.90.9020.
 */
const NOTE_19K_OF_MARCH = all(
  list('us.s232.aluminum-derivative', { heading: '99038508' }),
  list('fr:2026HTSRev6 note 19/19(k)'),
);

const steelYields = metalYields('16');
const aluminumYields = metalYields('19');

const RUSSIAN = ['proc-10522'] as const;
const russianAluminum = any(origin('RU'), fact('metal_smelted_in', 'RU'));

const REGIME_2025: Declaration[] = [
  ...threeRates(
    {
      ...STEEL,
      note: '16(j)',
      scope: list('us.s232.steel-chapter', { kind: 'mill' }),
      columns: 'both',
      value: 'content',
      content_presumed: STEEL_OWN,
      exclusive: steelGroup(1),
      yields_to: steelYields,
      exceptions: aircraft,
    },
    '9903.81.87',
    '9903.81.94',
    'proc-10896',
  ),
  ...threeRates(
    {
      ...STEEL,
      note: '16(l)-(m)',
      scope: list('us.s232.steel-chapter', { kind: 'derivative' }),
      columns: 'both',
      value: 'content',
      content_presumed: STEEL_OWN,
      exclusive: steelGroup(2),
      yields_to: steelYields,
      exceptions: [usSteel, ...aircraft],
    },
    '9903.81.90',
    '9903.81.97',
    'proc-10896',
  ),
  // Note 16(n) as 90 FR 40326 left it; its shorter forms of March and June 2025 are not at hand (see the coverage row).
  ...afterJune(
    {
      ...STEEL,
      title: 'Section 232 steel derivatives',
      note: '16(n)',
      scope: list('fr:2025-15819/16(n)'),
      columns: 'both',
      value: 'content',
      exclusive: steelGroup(3),
      yields_to: steelYields,
      exceptions: [usSteel, ...aircraft],
    },
    '9903.81.91',
    '9903.81.98',
    { from: '2025-08-18', begun_by: 'fr-2025-15819' },
    END,
  ),
  declaration(
    {
      kind: 'coverage',
      program: S232.steel,
      family: 'section-232',
      measure_type: 'section-232',
      title: 'Steel derivatives outside chapters 72 and 73',
      origins: null,
      scope: all(
        codes(
          '8418',
          '8422',
          '843131',
          '843142',
          '843149',
          '843210',
          '843290',
          '8450',
          '8451',
          '851660',
          '854790',
          '940320',
          '940399',
          '940599',
          '9406',
        ),
        not({ op: 'list', list: 'fr:2025-15819/16(n)', absent: 'no' }),
      ),
      lower_bound: true,
      marks: false,
    },
    {
      key: 'coverage-16n',
      from: '2025-03-12',
      begun_by: 'proc-10896',
      to: '2026-04-06',
      ended_by: 'proc-11021',
      review: 'the lists of note 16(n) of 2025-03-12 and 2025-06-23 (appliances) are not at hand',
    },
  ),
  ...threeRates(
    {
      ...ALUMINUM,
      note: '19(f)-(g)',
      scope: list('us.s232.aluminum-chapter', { kind: 'mill' }),
      columns: 'both',
      value: 'content',
      content_presumed: ALUMINUM_OWN,
      exclusive: aluminumGroup(1),
      yields_to: aluminumYields,
      exceptions: aircraft,
    },
    '9903.85.02',
    '9903.85.12',
    'proc-10895',
  ),
  ...threeRates(
    {
      ...ALUMINUM,
      note: '19(h)-(j)',
      scope: any(
        list('us.s232.aluminum-chapter', { kind: 'derivative' }),
        list('us.s232.aluminum-derivative', { heading: '99038507' }),
      ),
      columns: 'both',
      value: 'content',
      content_presumed: ALUMINUM_OWN,
      exclusive: aluminumGroup(4),
      yields_to: aluminumYields,
      exceptions: [usAluminum, ...aircraft],
    },
    '9903.85.07',
    '9903.85.14',
    'proc-10895',
  ),
  // Cables of chapter 76 on their content, bumper and body stampings of heading 8708 on the full value (note 19(h)).
  ...(['content', 'full'] as const).flatMap((value) =>
    threeRates(
      {
        ...ALUMINUM,
        note: '19(h)-(i)',
        scope: all(
          list('us.s232.aluminum-derivative', { heading: '99038504' }),
          value === 'content' ? ALUMINUM_OWN : not(ALUMINUM_OWN),
        ),
        columns: 'both',
        value,
        content_presumed: ALUMINUM_OWN,
        exclusive: aluminumGroup(2),
        yields_to: aluminumYields,
        exceptions: aircraft,
        variant: value,
      },
      '9903.85.04',
      '9903.85.13',
      'proc-10895',
    ),
  ),
  ...afterApril(
    {
      ...ALUMINUM,
      title: 'Section 232 aluminum derivatives',
      note: '19(k)',
      scope: codes('22030000'),
      columns: 'both',
      value: 'content',
      exclusive: aluminumGroup(3),
      yields_to: aluminumYields,
      exceptions: [usAluminum, ...aircraft],
      variant: 'beer',
    },
    '9903.85.08',
    '9903.85.15',
  ),
  ...threeRates(
    {
      ...ALUMINUM,
      title: 'Section 232 aluminum derivatives',
      note: '19(k)',
      scope: NOTE_19K_OF_MARCH,
      columns: 'both',
      value: 'content',
      content_presumed: ALUMINUM_OWN,
      exclusive: aluminumGroup(3),
      yields_to: aluminumYields,
      exceptions: [usAluminum, ...aircraft],
    },
    '9903.85.08',
    '9903.85.15',
    'proc-10895',
    any(NOTE_19K_OF_MARCH, list('fr:2025-15819/19(k)')),
  ),
  heading({
    ...ALUMINUM,
    program: S232.russianAluminum,
    title: 'Section 232 aluminum of Russia',
    heading: '9903.85.67',
    note: '19(a)(vii), 19(m)',
    rate: adds('2'),
    scope: all(russianAluminum, list('us.s232.aluminum-chapter', { kind: 'mill' })),
    columns: 'both',
    from: '2023-03-10',
    begun_by: RUSSIAN[0],
    ...END,
    exclusive: aluminumGroup(0),
    yields_to: aluminumYields,
  }),
  heading({
    ...ALUMINUM,
    program: S232.russianAluminum,
    title: 'Section 232 aluminum derivatives of Russia',
    heading: '9903.85.68',
    note: '19(a)(vii), 19(m)',
    rate: adds('2'),
    scope: all(
      russianAluminum,
      any(list('us.s232.aluminum-chapter', { kind: 'derivative' }), list('us.s232.aluminum-derivative'), {
        op: 'list',
        list: 'fr:2025-15819/19(k)',
        absent: 'no',
      }),
    ),
    columns: 'both',
    from: '2023-03-10',
    begun_by: RUSSIAN[0],
    ...END,
    exclusive: aluminumGroup(0),
    yields_to: aluminumYields,
  }),
];

export const SECTION_232_METALS_2025: Declaration[] = REGIME_2025;
