import { describe, expect, test } from 'vitest';
import source, { monthlyCsv, monthlyXml } from '../../../ingest/sources/fx-hmrc.ts';
import type { Issue } from '../../../ingest/source.ts';
import { tariffRecord } from '../../../transforms/records.ts';
import { collect, contextFor } from '../../support/source-run.ts';

const csv = (header: string, ...rows: string[]) => Buffer.from([header, ...rows, ''].join('\r\n'), 'latin1');

describe('fx.hmrc', () => {
  test.each([
    'Country,Currency,Currency Code,Currency units per £1 ,Start Date,End Date',
    'Country/Territories ,Currency,Currency Code,Currency Units per £1,Start Date,End Date ',
    'Country/Territories,CurrencyName,CurrencyCode,Currency units per £1,Start date,End date',
    'Country/Territories,Currency Name,Currency code,Currency Units per £1,Start Date ,End Date',
  ])('reads Latin-1 under the header %s', (header) => {
    expect([...monthlyCsv(csv(header, 'Utopia,Crown ,UTC,12.5,01/06/2026,30/06/2026'))]).toEqual([
      { country: 'Utopia', currency: 'UTC', rate: '12.5', start: '2026-06-01', end: '2026-06-30' },
    ]);
  });

  test('a renamed column stops the edition', () => {
    expect(() => [
      ...monthlyCsv(csv('Country,Currency,Code,Rate,Start Date,End Date', 'a,b,c,1,01/06/2026,30/06/2026')),
    ]).toThrow(/no column/);
  });

  test('one record per currency, valid for the month, end exclusive', async () => {
    const rows = monthlyCsv(
      csv(
        'Country,Currency,Currency Code,Currency units per £1 ,Start Date,End Date',
        'Eurozone,Euro,EUR,1.1500,01/06/2026,30/06/2026',
        'Monaco,Euro,EUR,1.1500,01/06/2026,30/06/2026',
      ),
    );
    const issues: Issue[] = [];
    const records = await collect(source.normalise(rows, contextFor('2026-06', issues)));
    expect(records.map((record) => tariffRecord.parse(record))).toEqual([
      {
        kind: 'reference',
        natural_key: 'GBP:EUR:2026-06-01',
        topic: 'exchange-rate',
        code: null,
        subject: 'EUR',
        data: { base: 'GBP', quote: 'EUR', rate: '1.1500', kind: 'monthly', source: 'hmrc' },
        valid_from: '2026-06-01',
        valid_to: '2026-07-01',
      },
    ]);
    expect(issues).toEqual([]);
  });

  test('two rates for one currency: none is served', async () => {
    const rows = [
      { country: 'A', currency: 'USD', rate: '1.2', start: '2026-06-01', end: '2026-06-30' },
      { country: 'B', currency: 'USD', rate: '1.3', start: '2026-06-01', end: '2026-06-30' },
      { country: 'C', currency: 'EUR', rate: '1.1', start: '2026-06-01', end: '2026-06-30' },
    ];
    const issues: Issue[] = [];
    const records = await collect(source.normalise(rows, contextFor('2026-06', issues)));
    expect(records.map((record) => record.natural_key)).toEqual(['GBP:EUR:2026-06-01']);
    expect(issues.map(({ code }) => code)).toEqual(['rates-disagree']);
  });

  test('XML states the period once, as text', async () => {
    const xml = `<?xml version="1.0"?><exchangeRateMonthList Period="01/Feb/2028 to 29/Feb/2028"><exchangeRate>
      <countryName>USA</countryName><countryCode>US</countryCode><currencyName>Dollar </currencyName>
      <currencyCode>USD</currencyCode><rateNew>1.2400</rateNew></exchangeRate></exchangeRateMonthList>`;
    expect(await collect(monthlyXml(Buffer.from(xml)))).toEqual([
      { country: 'USA', currency: 'USD', rate: '1.2400', start: '2028-02-01', end: '2028-02-29' },
    ]);
    await expect(collect(monthlyXml(Buffer.from(xml.replace('29/Feb', '30/Feb'))))).rejects.toThrow(/not a period/);
  });
});
