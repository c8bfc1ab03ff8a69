import { describe, expect, it } from 'vitest';
import { chooseVatRate } from '../../../transforms/landed-cost/vat-rate.ts';

const books = { rate: '0.07', code: '4901', label: 'BOOKS' };
const given = { standard: '0.19', measure: null, candidates: [books], claimed: null };

describe('the rate of VAT', () => {
  it('is the standard one, with candidates listed and not applied', () => {
    expect(chooseVatRate(given)).toEqual({
      rate: '0.19',
      reason: 'the standard rate; candidates, not applied: 7 % BOOKS (4901)',
      declared: false,
    });
  });

  it('is a candidate that is declared, and the standard rate when that is declared', () => {
    expect(chooseVatRate({ ...given, claimed: '0.070' })).toMatchObject({ rate: '0.07', declared: true });
    expect(chooseVatRate({ ...given, claimed: '0.19' })).toEqual({
      rate: '0.19',
      reason: 'declared: the standard rate',
      declared: true,
    });
  });

  it('is none that the law does not name for the code', () => {
    const refused = chooseVatRate({ ...given, claimed: '0.05' });
    expect(refused).toMatchObject({ rate: '0.19', declared: false });
    expect(refused.reason).toContain('the declared rate 5 % is none that is named for this code');
    expect(chooseVatRate({ ...given, standard: null }).rate).toBeNull();
  });
});
