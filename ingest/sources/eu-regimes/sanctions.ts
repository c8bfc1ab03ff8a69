import type { DeclaredFact } from '../../declaration.ts';
import { ALL_CHAPTERS, codes, type Scope, scopeFacts } from '../../regime-scope.ts';

const common = { regime: 'sanctions', to: null, known_to: null, inScope: [] } as const;
const eli = (number: string) => `https://eur-lex.europa.eu/eli/reg/${number}/oj`;
const DECIDES = 'the annexes name the goods; TARIC carries each ban as a measure with its exemptions (Y-codes)';

/**
 * Restrictive measures on imports by origin. Their annexes change with every package: all chapters are a reason to look, and the goods
 * that have stood in the annexes from early on are named. Never a statement that goods are free.
 */
const SCOPES: readonly Scope[] = [
  {
    ...common,
    period: 'RU',
    title: 'Restrictive measures against Russia',
    partly: ALL_CHAPTERS,
    origins: ['RU'],
    obligations: [
      'import bans on iron and steel, coal, crude oil and products, gold, diamonds and goods of Annex XXI',
      DECIDES,
    ],
    citation: 'Council Regulation (EU) No 833/2014, Articles 3g, 3i, 3j, 3m, 3o and 3p',
    url: eli('2014/833'),
    from: '2022-03-16',
    known_from: '2022-03-15',
  },
  {
    ...common,
    regime: 'russian-steel-inputs',
    period: '2023',
    title: 'Evidence that iron and steel contain no Russian input',
    partly: codes('72 73'),
    excludedOrigins: ['RU'],
    obligations: [
      'goods of Annex XVII processed in a third country: evidence of the origin of their iron and steel inputs, at the time of import',
      'not asked for goods of the partner countries of Annex XXXVI',
    ],
    citation: 'Council Regulation (EU) No 833/2014, Article 3g(1)(d)',
    url: eli('2014/833'),
    from: '2023-09-30',
    known_from: '2023-06-23',
  },
  {
    ...common,
    period: 'BY',
    title: 'Restrictive measures against Belarus',
    partly: ALL_CHAPTERS,
    origins: ['BY'],
    obligations: ['import bans on wood, cement, iron and steel, rubber, potash, mineral products and others', DECIDES],
    citation: 'Council Regulation (EC) No 765/2006, Articles 1f to 1s',
    url: eli('2006/765'),
    from: '2022-03-03',
    known_from: '2022-03-02',
  },
  {
    ...common,
    period: 'KP',
    title: 'Restrictive measures against North Korea',
    partly: ALL_CHAPTERS,
    origins: ['KP'],
    obligations: [
      'import bans on coal, metals and minerals, textiles, seafood, food, machinery, electrical equipment, wood and others',
      DECIDES,
    ],
    citation: 'Council Regulation (EU) 2017/1509, Article 3',
    url: eli('2017/1509'),
    from: '2017-09-01',
    known_from: '2017-08-31',
  },
  {
    ...common,
    period: 'IQ',
    title: 'Cultural goods of Iraq',
    partly: codes('9701-9706'),
    origins: ['IQ'],
    obligations: ['no import of cultural property removed from Iraq since 1990-08-06 (Article 3)'],
    citation: 'Council Regulation (EC) No 1210/2003, Article 3',
    url: eli('2003/1210'),
    from: '2003-07-09',
    known_from: '2003-07-08',
  },
  {
    ...common,
    period: 'SY',
    title: 'Cultural goods of Syria',
    partly: codes('9701-9706'),
    origins: ['SY'],
    obligations: ['no import of cultural property removed from Syria since 2011-03-15 (Article 11c)'],
    citation: 'Council Regulation (EU) No 36/2012, Article 11c',
    url: eli('2012/36'),
    from: '2013-12-15',
    known_from: '2013-12-14',
  },
];

export const SANCTIONS: readonly DeclaredFact[] = SCOPES.flatMap(scopeFacts);
