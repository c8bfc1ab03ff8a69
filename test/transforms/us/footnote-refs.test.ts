import { describe, expect, it } from 'vitest';
import { footnoteRefs } from '../../../transforms/us/footnote-refs.ts';

describe('footnoteRefs', () => {
  it.each([
    ['See 9903.88.15. ', ['99038815']],
    ['See\u00a09903.88.15.\u00a0', ['99038815']],
    ['See 9903.41.05 and 9903.88.03. ', ['99034105', '99038803']],
    ['See 9903.88.04 and its associated definitional note (U.S. note 20(g) to this subchapter). ', ['99038804']],
    ['See subheadings 9904.02.01-9904.02.37. ', ['99040201..99040237']],
    ['See 9903.52.00 through 9903.52.26. ', ['99035200..99035226']],
    ['See 9903.02.01–9903.02.71 and 9903.88.01.', ['99030201..99030271', '99038801']],
    ['See 9801.00.10 and 9801.00.10.', ['98010010']],
    ['Statistical number 8517.62.0090 or 8517.62.00.90', ['8517620090']],
    ['See heading 99.19.04.14 ', []],
    [' See chapter 99 statistical note 1. ', []],
  ])('%s', (text, refs) => expect(footnoteRefs(text)).toEqual(refs));

  it('writes a range out only from numbers that exist', () => {
    const exist = ['99035200', '99035202', '99035226', '99035301'];
    const expand = (first: string, last: string) => exist.filter((digits) => first <= digits && digits <= last);
    expect(footnoteRefs('See 9903.52.00 through 9903.52.26. ', { expand })).toEqual([
      '99035200',
      '99035202',
      '99035226',
    ]);
  });
});
