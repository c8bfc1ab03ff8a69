import { describe, expect, it } from 'vitest';
import { countryOfName, isCountry } from '../../transforms/areas.ts';

describe('country codes', () => {
  it.each(['CN', 'US', 'GB', 'TW', 'HK', 'PS', 'XK', 'XI', 'EU', 'SS', 'CW', 'TL'])('%s is one', (code) => {
    expect(isCountry(code)).toBe(true);
  });
  it.each(['ZZ', 'UK', 'XX', 'QQ', 'cn', 'CHN', 'AA', 'SU', 'YU', 'AN', ''])("'%s' is none", (code) => {
    expect(isCountry(code)).toBe(false);
  });
});

describe('names of countries', () => {
  it.each([
    ['TRINIDAD AND TOBAGO', 'TT'],
    ['Bosnia & Herzegovina', 'BA'],
    ["COTE D'IVOIRE", 'CI'],
    ['Côte d’Ivoire', 'CI'],
    ['Türkiye', 'TR'],
    ['turkey', 'TR'],
    ['HONG KONG', 'HK'],
    ['Myanmar', 'MM'],
    [' Viet Nam ', 'VN'],
  ])('%s is %s', (name, code) => {
    expect(countryOfName(name)).toBe(code);
  });

  it.each(['Other countries', 'Residual', 'OTHR', ''])("'%s' is none", (name) => {
    expect(countryOfName(name)).toBeNull();
  });
});
