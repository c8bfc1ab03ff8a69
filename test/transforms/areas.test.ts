import { describe, expect, it } from 'vitest';
import { isCountry } from '../../transforms/areas.ts';

describe('country codes', () => {
  it.each(['CN', 'US', 'GB', 'TW', 'HK', 'PS', 'XK', 'XI', 'EU', 'SS', 'CW', 'TL'])('%s is one', (code) => {
    expect(isCountry(code)).toBe(true);
  });
  it.each(['ZZ', 'UK', 'XX', 'QQ', 'cn', 'CHN', 'AA', 'SU', 'YU', 'AN', ''])("'%s' is none", (code) => {
    expect(isCountry(code)).toBe(false);
  });
});
