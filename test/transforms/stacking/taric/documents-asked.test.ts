import { describe, expect, it } from 'vitest';
import { documentsAsked } from '../../../../transforms/stacking/taric/documents-asked.ts';
import { stackTaric } from '../../../../transforms/stacking/taric.ts';
import { measure, taricInput } from '../../../support/taric-input.ts';

const asked = (printed: string) => documentsAsked(measure('410', '1111', printed).conditions);

describe('the documents that conditions take', () => {
  it('are alternatives under one code and add up under different ones', () => {
    expect(asked('Cond:  B cert: C-640 (29):; B cert: Y-170 (29):; B (09):')).toBe('C640 or Y170');
    expect(asked('Cond:  B cert: L-001 (27):; B (07):; Q cert: Y-100 (27):; Q (07):')).toBe('L001 and Y100');
    expect(asked('Cond:  B cert: C-644 (29):; B cert: Y-929 (29):; B (09):; C cert: N-853 (29):; C (09):')).toBe(
      '(C644 or Y929) and N853',
    );
    // One document asked for under two codes is one document.
    expect(asked('Cond:  B cert: C-990 (27):; B (07):; C cert: C-990 (27):; C (07):')).toBe('C990');
    expect(asked('0.000 %')).toBe('');
  });

  it('stand so in a requirement', () => {
    const control = measure('410', '1111', 'Cond:  B cert: N-853 (29):; B (09):; C cert: C-084 (29):; C (09):');
    expect(stackTaric(taricInput([control])).requirements[0]?.text).toContain(': N853 and C084 is to be declared');
  });
});
