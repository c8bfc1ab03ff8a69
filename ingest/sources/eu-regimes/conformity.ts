import type { DeclaredFact } from '../../declaration.ts';
import { scopeFacts } from '../../regime-scope.ts';

/**
 * Product rules have no list of codes in law: the chapters are a heuristic. Regulation (EU) 2019/1020 Article 4 (a responsible person in
 * the Union) applies from 2021-07-16 to goods under the acts it names.
 */
const common = {
  period: 'chapters',
  from: '2021-07-16',
  to: null,
  known_from: '2019-06-25',
  known_to: null,
  citation: 'Regulation (EU) 2019/1020, Article 4',
  url: 'https://eur-lex.europa.eu/eli/reg/2019/1020/oj',
} as const;

export const CONFORMITY: readonly DeclaredFact[] = [
  ...scopeFacts({
    ...common,
    regime: 'conformity-electrical',
    title: 'CE marking of machinery and electrical equipment',
    inScope: [],
    partly: ['84', '85'],
    obligations: [
      'conformity assessment, declaration and CE marking where low voltage (2014/35/EU), EMC (2014/30/EU), radio (2014/53/EU), machinery (2006/42/EC) or RoHS (2011/65/EU) applies',
      'an economic operator established in the Union named on the goods',
    ],
  }),
  ...scopeFacts({
    ...common,
    regime: 'conformity-toys',
    title: 'CE marking of toys',
    inScope: [],
    partly: ['9503'],
    obligations: [
      'conformity assessment and CE marking under Directive 2009/48/EC for toys',
      'an economic operator established in the Union named on the goods',
    ],
  }),
  ...scopeFacts({
    ...common,
    regime: 'conformity-protective',
    title: 'CE marking of protective equipment',
    inScope: [],
    partly: ['650610', '900490'],
    obligations: ['conformity assessment and CE marking under Regulation (EU) 2016/425 for protective equipment'],
  }),
];
