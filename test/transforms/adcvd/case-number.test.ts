import { describe, expect, test } from 'vitest';
import {
  caseSearchTerm,
  countryOfSegment,
  namesAgree,
  parseCaseNumber,
  type CaseCountries,
} from '../../../transforms/adcvd/case-number.ts';

describe('case numbers', () => {
  test.each([
    ['A-570-967', { number: 'A-570-967', kind: 'AD', country: '570', company: null }],
    ['C-533-878', { number: 'C-533-878', kind: 'CVD', country: '533', company: null }],
    ['E-201-845', { number: 'E-201-845', kind: 'suspension', country: '201', company: null }],
    ['A-570-967-001', { number: 'A-570-967', kind: 'AD', country: '570', company: '001' }],
    ['A 533 877', { number: 'A-533-877', kind: 'AD', country: '533', company: null }],
    ['a570967000', { number: 'A-570-967', kind: 'AD', country: '570', company: '000' }],
  ])('%s', (text, parsed) => {
    expect(parseCaseNumber(text)).toEqual(parsed);
  });

  test.each(['B-570-967', 'A-57-967', 'A-570-9670', 'A-570', ''])('%s is none', (text) => {
    expect(parseCaseNumber(text)).toBeNull();
  });

  test('the search wants blanks', () => {
    expect(caseSearchTerm('A-533-877')).toBe('A 533 877');
  });
});

describe('country of a case', () => {
  const countries: CaseCountries = {
    segments: new Map([
      ['427', '4279'],
      ['831', '4631'],
    ]),
    scheduleC: new Map([
      ['5700', { iso: 'CN', name: 'China' }],
      ['4279', { iso: 'FR', name: 'France' }],
      ['4272', { iso: 'MC', name: 'Monaco' }],
      ['4631', { iso: 'AM', name: 'Armenia' }],
      ['4622', { iso: 'BY', name: 'Belarus' }],
      ['4801', { iso: 'RS', name: 'Serbia' }],
      ['4700', { iso: 'ES', name: 'Spain' }],
      ['5081', { iso: 'IL', name: 'Israel' }],
      ['5082', { iso: 'PS', name: 'Gaza Strip' }],
    ]),
  };

  test.each([
    ['570', 'CN'],
    ['427', 'FR'],
    ['831', 'AM'],
    ['822', 'BY'],
    ['801', 'RS'],
    ['469', 'ES'],
  ])('%s is %s', (segment, iso) => {
    expect(countryOfSegment(segment, countries)?.iso).toBe(iso);
  });

  test('several territories, or none: not resolved', () => {
    expect(countryOfSegment('508', countries)).toBeNull();
    expect(countryOfSegment('999', countries)).toBeNull();
    expect(countryOfSegment('899', countries)).toBeNull();
  });

  test('printed names: long forms, diacritics and misprints agree, another country does not', () => {
    expect(namesAgree("THE PEOPLE'S REPUBLIC OF CHINA", 'China')).toBe(true);
    expect(namesAgree('REPUBLIC OF TÜRKIYE', 'Turkey')).toBe(true);
    expect(namesAgree('RUPUBLIC OF KOREA', 'South Korea (Republic of Korea)')).toBe(true);
    expect(namesAgree('UNITED KINGDOM', 'United Kingdom')).toBe(true);
    expect(namesAgree('REPUBLIC OF KOREA', 'Moldova (Republic of Moldova)')).toBe(false);
    expect(namesAgree('INDIA', 'China')).toBe(false);
  });
});
