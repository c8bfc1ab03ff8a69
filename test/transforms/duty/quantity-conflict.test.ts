import { describe, expect, it } from 'vitest';
import { conflictingQuantities } from '../../../transforms/duty/quantity-conflict.ts';

const conflict = (...texts: string[]) =>
  conflictingQuantities(
    texts.map((text) => {
      const [amount = '', unit = '', qualifier] = text.split(' ');
      return { amount, unit, ...(qualifier === undefined ? {} : { qualifier }) };
    }),
  );

describe('quantities of one line', () => {
  it('that say the same, or something else, stand together', () => {
    expect(conflict('4 kg', '4000 g', '0.04 DTN', '4 KGM')).toBeNull();
    expect(conflict('1000 NAR', '83.33 DZN')).toBeNull();
    expect(conflict('4 KGM', '3 KGM E', '7 HLT', '40 ASV', '2 boxes')).toBeNull();
    expect(conflict('0 KGM', '0 DTN')).toBeNull();
  });

  it('that contradict each other are named', () => {
    expect(conflict('7 HLT', '4 kg', '8 KGM')).toEqual([1, 2]);
    expect(conflict('4000 g', '1 tonne')).toEqual([0, 1]);
    expect(conflict('2 boxes', '3 boxes')).toEqual([0, 1]);
    expect(conflict('9 KGM E', '3 KGM E')).toEqual([0, 1]);
  });
});
