import type { ActId } from './acts.ts';
import { declaration, heading, type Declaration } from './declare.ts';
import { footnote } from './terms.ts';

/** Column 2 countries (general note 3(b)), the Russian rates in lieu of it (note 30), and the special programmes (general note 3(c)). */

const column2 = (countries: string[], key: string, from: string, begun_by: ActId) =>
  declaration(
    {
      kind: 'column-2',
      program: 'us.column-2',
      family: 'column-2',
      measure_type: 'column-2',
      title: 'Column 2 countries',
      countries,
    },
    { key, from, begun_by },
  );

const RUSSIA: Declaration[] = (
  [
    ['9903.90.08', '30(a)-(b)', '0.35', '2022-07-27', 'proc-10420'],
    ['9903.90.09', '30(c)-(d)', '0.7', '2023-04-01', 'proc-10523'],
  ] as const
).map(([number, note, rate, from, begun_by]) =>
  heading({
    program: 'us.column-2.russia',
    family: 'column-2',
    measure_type: 'column-2',
    title: 'Articles of the Russian Federation, in lieu of column 2',
    heading: number,
    note,
    rate: { kind: 'in_lieu_of_column_2', rate },
    columns: '2',
    countries: ['RU'],
    scope: footnote(number),
    from,
    begun_by,
  }),
);

interface Programme {
  id: string;
  title: string;
  symbols: string[];
  members: string[] | null;
  from: string;
  begun_by: ActId;
  to?: string;
  condition?: string;
  review?: string;
}

const agreement = (id: string, title: string, symbols: string[], members: string[], from: string): Programme => ({
  id,
  title,
  symbols,
  members,
  from,
  begun_by: 'gn-3c',
});

const CBERA = 'AG AW BS BB BZ CW DM GD GY HT JM MS KN LC VC TT VG'.split(' ');
const CBTPA = 'BB BZ CW GY HT JM LC TT'.split(' ');
const AGOA = 'AO BJ BW CV TD KM CG CI CD DJ SZ GM GH GW KE LS LR MG MW MR MU MZ NA NG RW ST SN SL ZA TZ TG ZM'.split(
  ' ',
);
const USE = 'the goods must meet the use or the article described in the general note';

const PROGRAMMES: Programme[] = [
  {
    id: 'usmca',
    title: 'United States-Mexico-Canada Agreement',
    symbols: ['S', 'S+'],
    members: ['CA', 'MX'],
    from: '2020-07-01',
    begun_by: 'usmca',
  },
  agreement('australia', 'Australia', ['AU'], ['AU'], '2005-01-01'),
  agreement('bahrain', 'Bahrain', ['BH'], ['BH'], '2006-08-01'),
  agreement(
    'cafta-dr',
    'Dominican Republic-Central America',
    ['P', 'P+'],
    ['CR', 'DO', 'SV', 'GT', 'HN', 'NI'],
    '2006-03-01',
  ),
  agreement('chile', 'Chile', ['CL'], ['CL'], '2004-01-01'),
  agreement('colombia', 'Colombia', ['CO'], ['CO'], '2012-05-15'),
  agreement('israel', 'Israel', ['IL'], ['IL'], '1985-09-01'),
  agreement('jordan', 'Jordan', ['JO'], ['JO'], '2001-12-17'),
  agreement('japan', 'Japan', ['JP'], ['JP'], '2020-01-01'),
  agreement('korea', 'Korea', ['KR'], ['KR'], '2012-03-15'),
  agreement('morocco', 'Morocco', ['MA'], ['MA'], '2006-01-01'),
  agreement('oman', 'Oman', ['OM'], ['OM'], '2009-01-01'),
  agreement('panama', 'Panama', ['PA'], ['PA'], '2012-10-31'),
  agreement('peru', 'Peru', ['PE'], ['PE'], '2009-02-01'),
  agreement('singapore', 'Singapore', ['SG'], ['SG'], '2004-01-01'),
  agreement('nepal', 'Nepal preference program', ['NP'], ['NP'], '2016-12-30'),
  agreement('cbera', 'Caribbean Basin Economic Recovery Act', ['E', 'E*'], CBERA, '1984-01-01'),
  agreement('cbtpa', 'Caribbean Basin Trade Partnership Act', ['R'], CBTPA, '2000-10-01'),
  // Members of the GSP do not matter while it is lapsed; before 2021 they are not declared, so no one is offered it by country.
  {
    id: 'gsp',
    title: 'Generalized System of Preferences',
    symbols: ['A', 'A*', 'A+'],
    members: null,
    from: '2018-04-22',
    to: '2021-01-01',
    begun_by: 'gsp-lapse',
    condition: 'for beneficiary developing countries of general note 4 only',
    review: 'beneficiary countries of general note 4 are not declared',
  },
  {
    id: 'agoa',
    title: 'African Growth and Opportunity Act',
    symbols: ['D'],
    members: AGOA,
    from: '2015-06-29',
    to: '2025-10-01',
    begun_by: 'agoa',
  },
  {
    id: 'agoa',
    title: 'African Growth and Opportunity Act',
    symbols: ['D'],
    members: AGOA,
    from: '2025-10-01',
    to: '2027-01-01',
    begun_by: 'agoa-2026',
    review: 'lapsed 2025-09-30, extended in 2026 with effect back; the end of 2026-12-31 is to be verified',
  },
  {
    id: 'automotive',
    title: 'Automotive Products Trade Act',
    symbols: ['B', 'B#'],
    members: ['CA'],
    from: '1989-01-01',
    begun_by: 'gn-3c',
    condition: USE,
  },
  {
    id: 'civil-aircraft',
    title: 'Agreement on Trade in Civil Aircraft',
    symbols: ['C'],
    members: null,
    from: '1989-01-01',
    begun_by: 'gn-3c',
    condition: USE,
  },
  {
    id: 'pharmaceuticals',
    title: 'Agreement on Trade in Pharmaceutical Products',
    symbols: ['K'],
    members: null,
    from: '1995-01-01',
    begun_by: 'gn-3c',
    condition: USE,
  },
  {
    id: 'dyes',
    title: 'Uruguay Round concessions on intermediate chemicals for dyes',
    symbols: ['L'],
    members: null,
    from: '1995-01-01',
    begun_by: 'gn-3c',
    condition: USE,
  },
];

const PREFERENCES = PROGRAMMES.map((programme) =>
  declaration(
    {
      kind: 'preference',
      program: `us.preference.${programme.id}`,
      family: 'preference',
      measure_type: 'preference',
      title: programme.title,
      symbols: programme.symbols,
      members: programme.members,
      condition: programme.condition ?? null,
    },
    {
      key: 'preference',
      from: programme.from,
      begun_by: programme.begun_by,
      ...(programme.to === undefined ? {} : { to: programme.to }),
      ...(programme.review === undefined ? {} : { review: programme.review }),
    },
  ),
);

export const COLUMN_2_AND_PREFERENCES: Declaration[] = [
  column2(['CU', 'KP'], 'gn-3b', '1989-01-01', 'gn-3b'),
  column2(['RU', 'BY'], 'pl-117-110', '2022-04-09', 'pl-117-110'),
  ...RUSSIA,
  ...PREFERENCES,
];
