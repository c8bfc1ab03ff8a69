import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scopeMatch, scopeQuestion } from '../../../transforms/adcvd/scope-match.ts';

describe('scope numbers that meet a code', () => {
  test.each([
    // ten digits: the number itself, every shorter one, and the line's only number of former times
    ['8712001510', '8712001510', 'above'],
    ['8712001510', '87120015', 'above'],
    ['8712001510', '871200', 'above'],
    ['8712001510', '8712', 'above'],
    ['8712001510', '8712001500', 'above'],
    ['8712001510', '8712001520', null],
    ['8712001510', '87120025', null],
    // eight digits
    ['87120015', '871200', 'above'],
    ['87120015', '8712001520', 'below'],
    ['87120015', '8712002500', null],
    // six digits: shorter than what scopes name
    ['871200', '87120015', 'below'],
    ['871200', '8712001520', 'below'],
    ['871200', '871210', null],
    // a line without statistical numbers meets those it had
    ['7214200000', '7214200010', 'below'],
    ['7214200000', '72142000', 'above'],
  ])('%s and %s: %s', (code, number, match) => {
    expect(scopeMatch(code, number)).toBe(match);
  });

  test('what meets from above is no longer than the code and never also below', () => {
    const digits = (min: number) =>
      fc
        .stringMatching(/^[0-3]{10}$/)
        .chain((text) => fc.integer({ min, max: 10 }).map((length) => text.slice(0, length)));
    fc.assert(
      fc.property(digits(4), digits(4), (code, number) => {
        const { above } = scopeQuestion(code);
        expect(new Set(above).size).toBe(above.length);
        const match = scopeMatch(code, number);
        if (match === 'above') expect(number.length).toBeLessThanOrEqual(code.length);
        // Whoever shares all digits that both have is never missed.
        const shared = Math.min(code.length, number.length);
        if (code.slice(0, shared) === number.slice(0, shared)) expect(match).not.toBeNull();
        // And nothing of another eight-digit line is ever named.
        const line = Math.min(8, shared);
        if (code.slice(0, line) !== number.slice(0, line)) expect(match).toBeNull();
      }),
    );
  });
});
