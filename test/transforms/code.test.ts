import { describe, expect, it } from 'vitest';
import { codeDigits } from '../../transforms/code.ts';

describe('a code as people type it', () => {
  it.each(['6109.10.00.12', ' 6109 10 00 12 ', '6109-10-00-12', '6109\u00a010\u00a000\u00a012', '6109–10–00–12'])(
    '%s',
    (text) => expect(codeDigits(text)).toBe('6109100012'),
  );

  it.each(['', '6', 'HS 6109', '6109/10', '6109,10', '-', '123456789012345'])('%s is none', (text) =>
    expect(codeDigits(text)).toBeNull(),
  );
});
