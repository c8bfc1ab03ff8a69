import type { DeclaredFact } from '../../declaration.ts';
import { codes, type Scope, scopeFacts } from '../../regime-scope.ts';

const URL = 'https://eur-lex.europa.eu/eli/reg/2023/956/oj';

/**
 * Carbon border adjustment mechanism, Regulation (EU) 2023/956. Annex I: cement, electricity, fertilisers, iron and steel, aluminium,
 * hydrogen, with the exclusions it prints (3105 60; of chapter 72 scrap and eleven ferro-alloys). Annex III: origins left out.
 */
const BASE: Pick<Scope, 'regime' | 'title' | 'inScope' | 'excluded' | 'excludedOrigins' | 'url'> = {
  regime: 'cbam',
  title: 'Carbon border adjustment mechanism',
  inScope: codes(`25070080 252310 252321 252329 252330 252390 2716 2808 2814 283421 3102 3105
    260112 72 7301-7311 7318 7326 7601 7603-7614 7616 280410`),
  excluded: codes('310560 72022 720230 720250 720270 720280 720291 720292 720293 72029910 72029930 72029980 7204'),
  excludedOrigins: ['IS', 'LI', 'NO', 'CH'],
  url: URL,
};

export const CBAM: readonly DeclaredFact[] = [
  ...scopeFacts({
    ...BASE,
    period: 'transitional',
    obligations: ['quarterly report of embedded emissions; no certificates are due (Articles 32 to 35)'],
    citation: 'Regulation (EU) 2023/956, Annex I and Articles 32 to 36',
    from: '2023-10-01',
    to: '2026-01-01',
    known_from: '2023-05-16',
    known_to: null,
  }),
  ...scopeFacts({
    ...BASE,
    period: 'definitive',
    obligations: [
      'import only by an authorised CBAM declarant (Articles 4 and 5)',
      'annual declaration and surrender of certificates (Articles 6 and 22)',
    ],
    citation: 'Regulation (EU) 2023/956, Annex I',
    from: '2026-01-01',
    to: null,
    known_from: '2023-05-16',
    known_to: '2025-10-17',
  }),
  ...scopeFacts({
    ...BASE,
    period: 'definitive',
    obligations: [
      'import only by an authorised CBAM declarant (Articles 4 and 5)',
      'annual declaration and surrender of certificates (Articles 6 and 22)',
      'up to 50 tonnes per importer and year exempt, except electricity and hydrogen (Article 2a)',
    ],
    citation: 'Regulation (EU) 2023/956, Annex I, as amended by Regulation (EU) 2025/2083',
    from: '2026-01-01',
    to: null,
    known_from: '2025-10-17',
    known_to: null,
  }),
];
