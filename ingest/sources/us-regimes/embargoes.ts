import type { DeclaredFact } from '../../declaration.ts';
import { ALL_CHAPTERS, codes, scopeFacts } from '../../regime-scope.ts';

const common = { to: null, known_to: null } as const;
const LICENCE =
  'no import without a licence of the Office of Foreign Assets Control or an exemption of the regulations';

/**
 * Embargoes of the Treasury. Those on a whole country speak of all goods of its origin and are no inference; those on Russian goods name
 * sectors, and the codes are ours.
 */
export const EMBARGOES: readonly DeclaredFact[] = [
  ...scopeFacts({
    ...common,
    regime: 'embargo',
    period: 'CU',
    title: 'Embargo on goods of Cuban origin',
    inScope: ALL_CHAPTERS,
    origins: ['CU'],
    kind: 'restriction',
    authority: 'authoritative',
    obligations: [LICENCE, 'goods of independent Cuban entrepreneurs on the list of 31 CFR 515.582 are outside'],
    citation: '31 CFR 515.204',
    url: 'https://www.ecfr.gov/current/title-31/section-515.204',
    from: '1963-07-08',
    known_from: '1963-07-08',
  }),
  ...scopeFacts({
    ...common,
    regime: 'embargo',
    period: 'IR',
    title: 'Embargo on goods of Iranian origin',
    inScope: ALL_CHAPTERS,
    origins: ['IR'],
    kind: 'restriction',
    authority: 'authoritative',
    obligations: [LICENCE, 'informational materials and gifts up to 100 USD are outside (31 CFR 560.210, 560.506)'],
    citation: '31 CFR 560.201',
    url: 'https://www.ecfr.gov/current/title-31/section-560.201',
    from: '1995-05-07',
    known_from: '1995-05-07',
  }),
  ...scopeFacts({
    ...common,
    regime: 'embargo',
    period: 'KP',
    title: 'Embargo on goods of North Korean origin',
    inScope: ALL_CHAPTERS,
    origins: ['KP'],
    kind: 'restriction',
    authority: 'authoritative',
    obligations: [LICENCE, 'goods made by North Korean labour anywhere are presumed barred (22 U.S.C. 9241a)'],
    citation: '31 CFR 510.205; Executive Order 13570',
    url: 'https://www.ecfr.gov/current/title-31/section-510.205',
    from: '2011-04-18',
    known_from: '2011-04-18',
  }),
  ...scopeFacts({
    ...common,
    regime: 'sanctions',
    period: 'RU energy',
    title: 'Import ban on Russian oil, gas and coal',
    inScope: codes('2701-2704 2709-2711'),
    origins: ['RU'],
    obligations: [LICENCE],
    citation: 'Executive Order 14066, 87 FR 13625',
    url: 'https://www.federalregister.gov/citation/87-FR-13625',
    from: '2022-03-08',
    known_from: '2022-03-08',
  }),
  ...scopeFacts({
    ...common,
    regime: 'sanctions',
    period: 'RU goods',
    title: 'Import ban on Russian fish, alcoholic beverages, diamonds and gold',
    inScope: codes('0301-0308 1604 1605 2203-2206 2208 7108'),
    partly: ['7102'],
    origins: ['RU'],
    obligations: [LICENCE, 'fish of Russian waters stays barred when processed elsewhere (Executive Order 14114)'],
    citation: 'Executive Order 14068, 87 FR 14381, and the determinations under it',
    url: 'https://www.federalregister.gov/citation/87-FR-14381',
    from: '2022-06-28',
    known_from: '2022-06-28',
  }),
];
