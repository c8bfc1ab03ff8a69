import { describe, expect, it } from 'vitest';
import { significantDigits } from '../../../transforms/code.ts';
import { rulingCodeData, rulingData, type RulingData, rulingRecords } from '../../../transforms/reference/ruling.ts';
import { referenceRecord } from '../../../transforms/records.ts';

const common: RulingData = {
  reference: '600002101',
  scheme: 'atar',
  issuing_country: 'GB',
  authority: 'HM Revenue & Customs',
  issued_on: null,
  starts_on: '2024-02-07',
  expires_on: '2027-02-06',
  codes: ['9503007500', '8513100000', '9503007500'],
  title: null,
  description: 'A toy and a torch',
  keywords: [],
  justification: 'GIR 1 and 6',
  language: 'en',
  status: null,
  status_reason: null,
  affects: [],
  affected_by: [],
  url: 'https://example.test/ruling/600002101',
  attachments: [],
};
const valid = { valid_from: '2024-02-07', valid_to: '2027-02-07' };

describe('records of a ruling', () => {
  it('are the ruling under its reference and one record per code, in the form the tariff is looked up by', () => {
    const records = rulingRecords(common, valid, significantDigits).map((record) => referenceRecord.parse(record));
    expect(records.map(({ topic, natural_key, code, subject }) => [topic, natural_key, code, subject])).toEqual([
      ['ruling', '600002101', null, '600002101'],
      ['ruling-code', '600002101/9503007500', '95030075', '600002101'],
      ['ruling-code', '600002101/8513100000', '851310', '600002101'],
    ]);
    for (const record of records) expect(record).toMatchObject(valid);
    expect(rulingCodeData.parse(records[2]?.data)).toMatchObject({ code: '8513100000', expires_on: '2027-02-06' });
  });

  it('carry the rulings of CBP and of the Union as well', () => {
    const cross: RulingData = {
      ...common,
      reference: 'N303574',
      scheme: 'cross',
      issuing_country: 'US',
      issued_on: '2019-04-29',
      starts_on: null,
      expires_on: null,
      codes: ['8525804000', '95030000'],
      title: 'The tariff classification of a drone kit from China',
      description: null,
      status: 'revoked',
      affected_by: ['H317142'],
    };
    const own = (code: string) => code;
    expect(rulingRecords(cross, { valid_from: '2019-04-29', valid_to: null }, own).map(({ code }) => code)).toEqual([
      null,
      '8525804000',
      '95030000',
    ]);
    const ebti = {
      ...common,
      scheme: 'ebti',
      reference: 'NLBTI2026-0341',
      language: 'nl',
      status: 'invalid',
      status_reason: '61',
    };
    expect(rulingData.safeParse(ebti).success).toBe(true);
  });

  it.each([
    ['a date that is none', { expires_on: '2027-02-30' }],
    ['a code with letters', { codes: ['9503O07500'] }],
    ['an address that is none', { url: '/ruling/1' }],
  ])('refuse %s', (_, part) => {
    expect(() => rulingRecords({ ...common, ...part }, valid, significantDigits)).toThrow();
  });
});
