import { expect, it } from 'vitest';
import { bm25Index } from '../../../transforms/classify/bm25.ts';

const documents = (count: number) =>
  Array.from({ length: count }, (_, id) => ({ id: String(id), terms: new Map([['goods', 1]]) }));

it('numbers as many documents as it can, and refuses more instead of confusing them', () => {
  expect(bm25Index(documents(65_536)).postings.get('goods')?.documents.at(-1)).toBe(65_535);
  expect(() => bm25Index(documents(65_537))).toThrow(RangeError);
});
