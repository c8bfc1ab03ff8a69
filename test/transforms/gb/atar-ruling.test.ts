import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commodityCodes, readAtarRuling } from '../../../transforms/gb/atar-ruling.ts';
import type { AtarRuling } from '../../../transforms/read/atar-ruling.ts';

const URL_OF = 'https://www.tax.service.gov.uk/search-for-advance-tariff-rulings/ruling/600002101';
const page: AtarRuling = {
  reference: '600002101',
  codes: ['4202929890'],
  start: '07 Feb 2024',
  expiry: '06 Feb 2027',
  description: 'A bag',
  keywords: ['BAGS'],
  justification: 'GIR 1',
  attachments: [],
  unread: [],
};

describe('an Advance Tariff Ruling', () => {
  it('is valid from its start to its expiry, that day included', () => {
    expect(readAtarRuling(page, URL_OF)).toMatchObject({
      valid: { valid_from: '2024-02-07', valid_to: '2027-02-07' },
      data: { starts_on: '2024-02-07', expires_on: '2027-02-06', scheme: 'atar', issuing_country: 'GB', status: null },
    });
  });

  it.each([
    ['7 February 2024', '2024-02-07'],
    ['15 Sept 2024', '2024-09-15'],
    ['29 Feb 2024', '2024-02-29'],
  ])('start %s', (start, iso) => {
    expect(readAtarRuling({ ...page, start }, URL_OF)).toMatchObject({ data: { starts_on: iso } });
  });

  it.each([
    [{ start: '29 Feb 2023' }, "start date '29 Feb 2023'"],
    [{ start: '02/07/2024' }, "start date '02/07/2024'"],
    [{ start: '07 Feb' }, "start date '07 Feb'"],
    [{ expiry: '' }, "expiry date ''"],
    [{ expiry: '06 Feb 2023' }, 'it expires on 2023-02-06, before its start on 2024-02-07'],
    [{ codes: [] }, "commodity code ''"],
    [{ codes: ['420292989'] }, "commodity code '420292989'"],
    [{ codes: ['see annex'] }, "commodity code 'see annex'"],
    [{ description: '' }, 'no description of the goods'],
  ])('%j is a problem in words, never a default', (part, problem) => {
    expect(readAtarRuling({ ...page, ...part }, URL_OF)).toEqual({ problem });
  });

  it('without a justification has none, and an empty cell is none', () => {
    for (const justification of [null, ''])
      expect(readAtarRuling({ ...page, justification }, URL_OF)).toMatchObject({ data: { justification: null } });
  });
});

describe('commodity codes', () => {
  it.each([
    [['4202 92 98 90'], ['4202929890']],
    [['4202.92.98.90'], ['4202929890']],
    [['9503007500, 9503004900 and 8513100000'], ['9503007500', '9503004900', '8513100000']],
    [['9503007500 9503004900'], ['9503007500', '9503004900']],
    [['9503007500************'], ['9503007500']],
    [['9503007500', '9503007500'], ['9503007500']],
    [['950300'], ['950300']],
    [['9503007500 95030049'], null],
    [['9503O07500'], null],
    [['95030'], null],
  ])('%j', (lines, codes) => {
    expect(commodityCodes(lines)).toEqual(codes);
  });

  it('however they are grouped and joined, the same codes come back in order', () => {
    const code = fc.stringMatching(/^\d{10}$/);
    const grouped = fc.tuple(code, fc.boolean()).map(([digits, spaced]) => ({
      digits,
      printed: spaced ? digits.replace(/(\d{4})(\d\d)(\d\d)(\d\d)/, '$1 $2 $3 $4') : digits,
    }));
    fc.assert(
      fc.property(
        fc.array(grouped, { minLength: 1, maxLength: 5 }),
        fc.constantFrom(', ', ';', ' and '),
        (all, join) => {
          const expected = [...new Set(all.map(({ digits }) => digits))];
          expect(commodityCodes([all.map(({ printed }) => printed).join(join)])).toEqual(expected);
          expect(commodityCodes(all.map(({ printed }) => printed))).toEqual(expected);
        },
      ),
    );
  });
});
