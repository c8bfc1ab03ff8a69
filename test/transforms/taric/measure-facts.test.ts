import { describe, expect, it } from 'vitest';
import { europeanDate, NO_START, validTime } from '../../../transforms/taric/european-date.ts';
import { legalBaseUrl } from '../../../transforms/taric/legal-base.ts';
import { measureEffect, needsReview } from '../../../transforms/taric/measure-effect.ts';

describe('measure types', () => {
  it.each([
    ['103', 'base'],
    ['142', 'base'],
    ['143', 'quota_in'],
    ['552', 'additive'],
    ['696', 'additive'],
    ['305', 'additive'],
    ['277', 'prohibition'],
    ['674', 'informational'],
    ['410', 'informational'],
  ])('%s is %s', (type, effect) => {
    expect(measureEffect(type)).toBe(effect);
  });

  it('an unknown type that prints an amount asks for review, a Meursing table or unit price does not', () => {
    expect([needsReview('799'), needsReview('674'), needsReview('490'), needsReview('103')]).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });
});

describe('legal bases', () => {
  it.each([
    ['R2658/87', '31987R2658'],
    ['D2253/20', '32020D2253'],
    ['R0978/12', '32012R0978'],
  ])('%s is CELEX %s', (printed, celex) => {
    expect(legalBaseUrl(printed)).toBe(`https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:${celex}`);
  });

  it.each(['A0001/85', 'C0000/21', 'D120735C', 'S.I. 2020/1430'])('%s gives no address', (printed) => {
    expect(legalBaseUrl(printed)).toBeNull();
  });
});

describe('dates of the workbooks', () => {
  it('are text or date cells; anything else is an error', () => {
    expect([europeanDate('01-07-2008'), europeanDate('2008-07-01'), europeanDate(null)]).toEqual([
      '2008-07-01',
      '2008-07-01',
      null,
    ]);
    for (const wrong of ['31-02-2020', '2020', 39_630, '2008-07-01T12:00:00'])
      expect(() => europeanDate(wrong)).toThrow('not a date');
  });

  it('make a half-open interval', () => {
    expect(validTime('2020-01-01', '2020-12-31')).toEqual({ valid_from: '2020-01-01', valid_to: '2021-01-01' });
    expect(validTime(null, null)).toEqual({ valid_from: NO_START, valid_to: null });
  });
});
