import { describe, expect, it } from 'vitest';
import { factFault } from '../../../transforms/stacking/fact-form.ts';

const fact = (type: Parameters<typeof factFault>[0]['type'], more: Partial<Parameters<typeof factFault>[0]> = {}) => ({
  type,
  values: null,
  unit: null,
  ...more,
});

describe('a declared fact', () => {
  it('is understood in its own form', () => {
    expect(factFault(fact('boolean'), true)).toBeNull();
    expect(factFault(fact('boolean'), 'false')).toBeNull();
    expect(factFault(fact('decimal'), 52.6)).toBeNull();
    expect(factFault(fact('decimal', { unit: 'share' }), '1')).toBeNull();
    expect(factFault(fact('date'), '2026-02-28')).toBeNull();
    expect(factFault(fact('string[]'), [])).toBeNull();
    expect(factFault(fact('string'), true)).toBeNull();
    for (const codes of ['C490', 'c-490', '7001 C490', ''])
      expect(factFault({ ...fact('string'), name: 'additional_code' }, codes)).toBeNull();
    expect(factFault(fact('string', { values: ['vessel', 'air'] }), 'air')).toBeNull();
  });

  it.each([
    [fact('boolean'), 'maybe'],
    [fact('decimal'), '-1'],
    [fact('decimal'), 'abc'],
    [fact('decimal', { unit: 'share' }), '20'],
    [fact('date'), '2026-02-29'],
    [fact('string[]'), true],
    [{ ...fact('string'), name: 'additional_code' }, 'C49'],
    [{ ...fact('string'), name: 'additional_code' }, 'acme'],
    [fact('string', { values: ['vessel', 'air'] }), 'ocean'],
  ] as const)('%j is not %j', (one, value) => {
    expect(factFault(one, value)).not.toBeNull();
  });
});
