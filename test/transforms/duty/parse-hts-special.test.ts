import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseHtsSpecial } from '../../../transforms/duty/parse-hts-special.ts';

const read = (text: string) =>
  parseHtsSpecial(text).terms.map(({ rate, programmes, duty }) => [rate, programmes.join(), duty.op]);

describe('parseHtsSpecial', () => {
  it('splits a cell into rates and their lists', () => {
    expect(read('Free (A,AU,BH)2.7% (JP)')).toEqual([
      ['Free', 'A,AU,BH', 'free'],
      ['2.7%', 'JP', 'ad_valorem'],
    ]);
    expect(read('Free(A, AU, BH,CL)')).toEqual([['Free', 'A,AU,BH,CL', 'free']]);
    expect(read('Free (A+,AU) 1.9¢/liter + 13.9¢/pf. liter (JO)')).toEqual([
      ['Free', 'A+,AU', 'free'],
      ['1.9¢/liter + 13.9¢/pf. liter', 'JO', 'sum'],
    ]);
  });

  it('keeps where a See term points to, repairing a misprinted number', () => {
    const { terms } = parseHtsSpecial('Free (BH) See 9823.07.01-9823.07.07 (S+) See 9919.04.10, 99.19.04.14 (PA)');
    expect(terms.map((term) => term.refs)).toEqual([[], ['9823.07.01-9823.07.07'], ['9919.04.10', '9919.04.14']]);
    expect(terms[1]?.duty).toMatchObject({ op: 'not_computable', reason: 'see_heading' });
  });

  it.each([
    ['Free (A,.OM,P)', 'A,OM,P'],
    ['Free (B,C,)', 'B,C'],
    ['Free (D,E IL)', 'D,E,IL'],
    ['Free (PA (PA)', 'PA'],
  ])('survives %s and says so', (text, programmes) => {
    const { terms, issues } = parseHtsSpecial(text);
    expect(terms.map((term) => [term.programmes.join(), term.text])).toEqual([[programmes, text]]);
    expect(issues).toHaveLength(1);
  });

  it('does not take a note in brackets for a list of programmes', () => {
    expect(
      read('Free (AU) A duty upon the value of the repairs or alterations (see U.S. note 3 of this subchapter) (B,C)'),
    ).toEqual([
      ['Free', 'AU', 'free'],
      [
        'A duty upon the value of the repairs or alterations (see U.S. note 3 of this subchapter)',
        'B,C',
        'not_computable',
      ],
    ]);
    expect(read('No change (A) Free (CA,IL, MX) See U.S. note 3(e) (CO,PE)').map(([, list]) => list)).toEqual([
      'A',
      'CA,IL,MX',
      'CO,PE',
    ]);
  });

  it('keeps a rate without a list and an empty cell', () => {
    expect(read('Free')).toEqual([['Free', '', 'free']]);
    expect(parseHtsSpecial(' ')).toEqual({ terms: [], issues: [] });
    expect(parseHtsSpecial('(A,B)').issues).toEqual(['list_without_rate: (A,B)']);
  });

  it('loses no printed character', () => {
    const part = fc.constantFrom(
      'Free ',
      '(A,AU)',
      '(PA (PA)',
      ' 5% ',
      'See 9822.05.20',
      '(see note 1)',
      '(',
      ')',
      '.',
      ',',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(part).map((parts) => parts.join('')),
        ),
        (text) => {
          const kept = parseHtsSpecial(text)
            .terms.map((term) => term.text)
            .join('');
          expect(kept === text || !/[^\s.,;]/.test(text)).toBe(true);
        },
      ),
    );
  });
});
