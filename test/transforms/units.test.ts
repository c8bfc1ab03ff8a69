import { describe, expect, it } from 'vitest';
import { convertUnit, htsUnit, htsUnits, htsUnitText, UNITS } from '../../transforms/units.ts';

describe('units', () => {
  it('has one entry per code', () => {
    expect(new Set(UNITS.map(({ code }) => code)).size).toBe(UNITS.length);
  });

  it.each([
    ['12.5', 'KGM', 'DTN', '0.125'],
    ['2', 'TNE', 'KGM', '2000'],
    ['1500', 'GRM', 'KGM', '1.5'],
    ['250', 'LTR', 'HLT', '2.5'],
    ['1', 'PFL', 'LPA', '0.5'],
    ['3', 'GRO', 'NAR', '432'],
    ['1', 'MTQ', 'LTR', '1000'],
  ])('%s %s = %s %s', (amount, from, to, expected) => {
    expect(convertUnit(amount, from, to)).toBe(expected);
  });

  it('refuses what does not convert', () => {
    expect(convertUnit('1', 'KGM', 'LTR')).toBeNull();
    expect(convertUnit('1', 'KGM', 'KPO')).toBeNull();
    expect(convertUnit('1', 'NPR', 'NAR')).toBeNull();
    expect(convertUnit('1', 'XXX', 'XXX')).toBeNull();
  });

  it('reads the HTS units column', () => {
    expect(htsUnits('No. and kg')).toEqual([
      { unit: 'NAR', per: '1' },
      { unit: 'KGM', per: '1' },
    ]);
    expect(htsUnits('X')).toEqual([]);
    expect(htsUnits('doz. prs.')).toEqual([{ unit: 'DPR', per: '1' }]);
    expect(htsUnits('Cu kg')).toEqual([{ unit: 'KGM', per: '1', basis: 'copper_content' }]);
    expect(htsUnits('m²')).toEqual([{ unit: 'MTK', per: '1' }]);
    expect(htsUnits('furlong')).toBeNull();
  });

  it('prints a unit back', () => {
    for (const text of ['kg', 'liter', 'pf.liter', '1,000 pins', 'jewel']) {
      const unit = htsUnit(text);
      expect(unit && htsUnitText(unit)).toBe(text);
    }
  });
});
