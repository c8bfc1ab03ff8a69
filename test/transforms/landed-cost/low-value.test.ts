import { describe, expect, it } from 'vitest';
import { EU_IMPORT_THRESHOLDS } from '../../../ingest/sources/eu-import-thresholds.ts';
import { lowValueDuty } from '../../../transforms/landed-cost/low-value.ts';
import { importThresholdData } from '../../../transforms/reference/import-threshold.ts';

/** The Union's own rules as they are declared today. */
const rules = EU_IMPORT_THRESHOLDS.filter(({ record, known_to }) => record.subject === 'EU' && known_to === null).map(
  ({ record }) => ({
    ...importThresholdData.parse(record.data),
    valid_from: record.valid_from ?? '',
    valid_to: record.valid_to ?? null,
  }),
);
const verdict = (date: string, value: string | null, codes = ['6109100010'], held = rules) => {
  const { charge, amount, keptOut } = lowValueDuty({ date, value, codes }, held);
  return [charge, amount, ...keptOut];
};

describe('duty on a consignment of little value into the Union', () => {
  it('is none until June 2026, three euro an item for two years, and not known from then on', () => {
    expect(verdict('2026-06-30', '150.00')).toEqual(['relief', '0.00']);
    expect(verdict('2026-07-01', '150.00')).toEqual(['flat', '3']);
    expect(verdict('2028-06-30', '150.00')).toEqual(['flat', '3']);
    expect(verdict('2028-07-01', '150.00')).toEqual(['unknown', null]);
  });

  it('is that of the tariff above the limit, with every date', () => {
    for (const date of ['2021-06-30', '2026-06-30', '2026-07-01', '2028-07-01'])
      expect(verdict(date, '150.01')).toEqual(['tariff', null]);
  });

  it('is that of the tariff for alcohol, perfume and tobacco (Article 24 of Regulation (EC) No 1186/2009)', () => {
    for (const code of ['2203000900', '2208303000', '2401106000', '2402209000', '3303001000'])
      expect(verdict('2026-06-30', '10.00', ['6109100010', code])).toEqual(['tariff', null, code]);
    for (const code of ['2202100000', '2209009100', '3304990000'])
      expect(verdict('2026-06-30', '10.00', [code])).toEqual(['relief', '0.00']);
  });

  it('is not known without a value or without the rules', () => {
    expect(verdict('2026-06-30', null)).toEqual(['unknown', null]);
    expect(verdict('2026-06-30', '10.00', ['6109100010'], [])).toEqual(['unknown', null]);
  });
});
