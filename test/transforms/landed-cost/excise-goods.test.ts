import { describe, expect, it } from 'vitest';
import { exciseLaw } from '../../../transforms/landed-cost/excise-goods.ts';

describe('goods with excise', () => {
  it('cite the law of the place and the date', () => {
    expect(exciseLaw('2208909110', 'union', '2026-06-10')?.citation).toContain('Directive 92/83/EEC');
    expect(exciseLaw('2402209000', 'union', '2026-06-10')?.citation).toContain('Directive 2011/64/EU');
    expect(exciseLaw('2710124110', 'union', '2026-06-10')?.citation).toContain('Directive 2003/96/EC');
    expect(exciseLaw('2208909110', 'gb', '2023-07-31')?.citation).toBe('Alcoholic Liquor Duties Act 1979');
    expect(exciseLaw('2208909110', 'gb', '2023-08-01')?.citation).toBe('Finance (No. 2) Act 2023, Part 2');
    expect(exciseLaw('2402209000', 'gb', '2026-06-10')?.citation).toBe('Tobacco Products Duty Act 1979');
  });

  it('are not said to owe it for certain where some of the code owe none', () => {
    const certain = (code: string) => exciseLaw(code, 'union', '2026-06-10')?.certain;
    expect(['2208', '2402209000', '2207200000', '2401103500', '2710'].map(certain)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });

  it('are none of the others; coal owes none on its import into the United Kingdom', () => {
    expect(exciseLaw('6109100010', 'union', '2026-06-10')).toBeNull();
    expect(exciseLaw('2701121000', 'union', '2026-06-10')).not.toBeNull();
    expect(exciseLaw('2701121000', 'gb', '2026-06-10')).toBeNull();
  });
});
