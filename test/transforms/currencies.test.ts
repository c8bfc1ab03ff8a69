import { expect, it } from 'vitest';
import { isCurrency, isInUse } from '../../transforms/currencies.ts';

it.each(['EUR', 'USD', 'XOF', 'XCG', 'VED'])('%s is money', (code) => expect(isCurrency(code)).toBe(true));

// Columns of the central bank's history and rows of HMRC's tables of 2020 to 2023.
it.each(['CYP', 'EEK', 'HRK', 'LTL', 'LVL', 'MTL', 'ROL', 'SIT', 'SKK', 'TRL', 'MRO', 'STD', 'VEF'])(
  '%s was money, and rates of it are held',
  (code) => expect(isCurrency(code)).toBe(true),
);

it.each(['XXX', 'XAU', 'XDR', 'XEU', 'CHE', 'CNH', 'BTC', 'UKP', 'ZZZ', 'eur', 'EU', ''])('%j is none', (code) =>
  expect(isCurrency(code)).toBe(false),
);

it('tells what is in use from what is withdrawn', () => {
  expect(['EUR', 'VED', 'EEK', 'XAU'].map(isInUse)).toEqual([true, true, false, false]);
});
