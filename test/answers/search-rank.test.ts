import { describe, expect, it } from 'vitest';
import { rank } from '../../answers/search.ts';
import type { WordHit } from '../../db/search.ts';

const hit = (word: number, code: string, more: Partial<WordHit> = {}): WordHit => ({
  word,
  natural_key: code,
  code,
  ancestors: [],
  declarable: true,
  sort_key: code,
  depth: 0,
  length: 10,
  ...more,
});
const order = (hits: WordHit[], words: number) => rank(hits, words).map(({ key }) => key);

describe('rank', () => {
  it('counts the words of the lines above', () => {
    const hits = [hit(1, '6109'), hit(2, '61091000', { ancestors: ['6109'] }), hit(2, '5201')];
    expect(rank(hits, 2)).toEqual([{ key: '61091000', matched: 2, isText: false }]);
  });

  it('gives partial matches when no line has every word, the fuller ones first', () => {
    expect(order([hit(1, '8471'), hit(2, '9022'), hit(1, '9022'), hit(1, '1000')], 3)).toEqual([
      '9022',
      '1000',
      '8471',
    ]);
  });

  it('puts chapters 98 and 99, which quote the names of goods, behind the goods', () => {
    expect(
      order([hit(1, '9903', { length: 1 }), hit(1, '9802'), hit(1, '8712', { depth: 3, length: 500 })], 1),
    ).toEqual(['8712', '9903', '9802']);
  });

  it('prefers a line that says it itself, then upper lines, short texts, reading order', () => {
    const above = [hit(1, '0101')];
    expect(
      order(
        [
          ...above,
          hit(2, '010121', { ancestors: ['0101'], depth: 1 }),
          hit(1, '0306', { depth: 2 }),
          hit(2, '0306', { depth: 2 }),
        ],
        2,
      ),
    ).toEqual(['0306', '010121']);
    expect(
      order([hit(1, 'b', { length: 9 }), hit(1, 'c', { depth: 1, length: 1 }), hit(1, 'a'), hit(1, 'd')], 1),
    ).toEqual(['b', 'a', 'd', 'c']);
  });
});
