import { describe, expect, test } from 'vitest';
import { casesOfNotice, scopeCodes, scopeRank } from '../../../transforms/adcvd/scope-notice.ts';

const NOTICE = `<html><body><pre>
DEPARTMENT OF COMMERCE

International Trade Administration

[A-533-999, C-533-998]

Certain Steel From India: Antidumping Duty Order

SUPPLEMENTARY INFORMATION: goods of 8501.10.40 are mentioned here.

Scope of the Orders

    The products are steel bars of subheadings 7213.10.0000 and 7214.20.00 of the
HTSUS, and of 7222.11.
0050; they may also enter under 9903.81.89 or 9802.00.50. These numbers are for
convenience only.

Continuation of the Orders

    As a result, 7301.10.00 is not in scope.

Appendix

Scope of the Order

    Also 7228.20.10.

</pre></body></html>`;

describe('scope of an order', () => {
  test('codes of the scope sections and the appendix only; a code broken after a dot; 98 and 99 left out', () => {
    expect(scopeCodes(NOTICE, 'A-533-999')).toEqual(['7213100000', '72142000', '7222110050', '72282010']);
  });

  test('a notice counts only for the cases of its bracketed header', () => {
    expect(casesOfNotice(NOTICE)).toEqual(['A-533-999', 'C-533-998']);
    expect(scopeCodes(NOTICE, 'C-533-998')).toHaveLength(4);
    expect(scopeCodes(NOTICE, 'A-570-001')).toBeNull();
  });

  test('order and continuation before clarification and determination before results', () => {
    expect(scopeRank('Raw Honey From Argentina: Antidumping Duty Orders')).toBe(3);
    expect(scopeRank('Lemon Juice: Continuation of Suspension of Antidumping Duty Investigation')).toBe(3);
    expect(scopeRank('Steel: Amended Final Determination and Antidumping Duty Order')).toBe(3);
    expect(scopeRank('Steel: Preliminary Affirmative Determination')).toBe(2);
    expect(scopeRank('Steel: Clarification of the Scope of the Antidumping Duty Order')).toBe(2);
    expect(scopeRank('Steel: Final Results of Antidumping Duty Administrative Review')).toBe(1);
    expect(scopeRank('Sunshine Act Meeting')).toBe(0);
  });
});
