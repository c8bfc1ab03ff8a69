import { describe, expect, it } from 'vitest';
import { wordingOf } from '../../../transforms/classify/wording.ts';

describe('what a description is made of', () => {
  it.each([
    'gift',
    'parts',
    'Samples of no commercial value',
    'As per invoice',
    'goods',
    '12 pcs',
    '---',
    'spare parts',
  ])('%s names no goods', (text) => {
    expect(wordingOf(text)).toBe(text === '12 pcs' ? 'goods' : 'no_goods');
  });

  it.each(['Baumwoll-T-Shirt für Herren', 'table en bois', '笔记本电脑', 'camiseta de algodón para hombre', 'ноутбук'])(
    '%s is not English',
    (text) => {
      expect(wordingOf(text)).toBe('not_english');
    },
  );

  it.each([
    'cotton t-shirt, knitted',
    'gift box of chocolate truffles with fresh cream',
    'parts of pumps',
    'crème fraîche',
  ])('%s can be compared', (text) => {
    expect(wordingOf(text)).toBe('goods');
  });
});
