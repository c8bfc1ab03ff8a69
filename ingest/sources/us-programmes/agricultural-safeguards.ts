import { declaration, type Declaration } from './declare.ts';
import { all, footnote, not, origin } from './terms.ts';

/** Subchapter IV, U.S. note 1: goods of these countries bear none of its duties. */
const EXEMPT = 'CA MX JO SG CL AU MA SV HN NI GT BH DO CR PE OM KR CO PA'.split(' ');

/**
 * Subchapter IV of chapter 99: additional duties by value per unit or by quantity on agricultural goods over their quotas (Article 5 of
 * the Agreement on Agriculture), cumulative and in force unless suspended. The schedule footnotes 9904 on 189 lines; the 512 headings
 * are brackets of value that no programme row declares, so that a total there is at best a lower bound.
 */
export const AGRICULTURAL_SAFEGUARDS: Declaration[] = [
  declaration(
    {
      kind: 'coverage',
      program: 'us.agricultural-safeguards',
      family: 'agricultural-safeguard',
      measure_type: 'agricultural-safeguard',
      title: 'Agricultural safeguards (subchapter IV of chapter 99)',
      origins: null,
      scope: all(footnote('9904'), not(origin(...EXEMPT))),
      lower_bound: true,
      marks: false,
    },
    {
      key: 'coverage',
      from: '1995-01-01',
      begun_by: 'uraa',
      review:
        'additional duties of subchapter IV of chapter 99 (headings 9904, by value per unit or quantity) may apply to goods over their quota: they are not computed',
    },
  ),
];
