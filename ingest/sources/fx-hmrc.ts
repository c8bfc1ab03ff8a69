import { addDays, exclusiveEnd, fromEuDate, isPlainDate, midnight, type PlainDate } from '../../transforms/dates.ts';
import { csvTable } from '../../transforms/read/csv.ts';
import { childText, xmlElements, xmlScan } from '../../transforms/read/xml.ts';
import { exchangeRateData } from '../../transforms/reference/exchange-rate.ts';
import { bytesAt } from '../file-edition.ts';
import { defineSource } from '../source.ts';
import { strictParse } from '../strict-parse.ts';

const FILES = 'https://www.trade-tariff.service.gov.uk/uk/api/exchange_rates/files';

/** First month of the service's own archive in the present layout. */
const FIRST_MONTH = '2020-01';

export interface HmrcRate {
  country: string;
  currency: string;
  rate: string;
  /** Both inclusive, as printed. */
  start: PlainDate;
  end: PlainDate;
}

/** HMRC's monthly exchange rates for customs and VAT: units of currency per 1 GBP for a calendar month. */
export default defineSource<HmrcRate>({
  id: 'fx.hmrc',
  jurisdiction: 'GB',
  title: 'HMRC monthly exchange rates',
  publisher: { name: 'HM Revenue & Customs', acronym: 'HMRC', url: 'https://www.trade-tariff.service.gov.uk' },
  licence: { name: 'Open Government Licence v3.0', attribution: 'HM Revenue & Customs, Crown copyright' },
  records: ['reference'],
  // A month's rows end with the month: what the next file does not list had ended already, and months may be loaded in any order.
  validity: 'extract',
  // The next month appears about the penultimate Wednesday or Thursday.
  cadence: { cron: '40 9 * * *', timezone: 'Europe/London', staleAfter: 'P35D' },
  covers: { families: ['exchange-rate'] },
  async *discover({ fetch, known, today }) {
    const labels = new Set(known.map(({ label }) => label));
    const last = nextMonth(today.slice(0, 7));
    for (let month = FIRST_MONTH; month <= last; month = nextMonth(month)) {
      // The service numbers months without a leading zero.
      const url = `${FILES}/monthly_csv_${month.slice(0, 4)}-${Number(month.slice(5))}.csv`;
      if (!labels.has(month) && !(await bytesAt(fetch, url, { expect: 'csv' }))) continue;
      const start = `${month}-01`;
      yield {
        label: month,
        // The files do not say when they were published; a month that runs was published at its start at the latest.
        publishedAt: start <= today ? midnight(start) : null,
        effectiveDate: start,
        parts: [{ part: 'monthly', url, expect: 'csv' }],
      };
    }
  },
  parse: strictParse<HmrcRate>('monthly', async function* (files) {
    const bytes = await files.read('monthly');
    if (bytes.subarray(0, 200).toString('latin1').trimStart().startsWith('<')) yield* monthlyXml(bytes);
    else yield* monthlyCsv(bytes);
  }),
  async *normalise(rows, context) {
    // One currency stands in the file once per country that uses it.
    const byCurrency = new Map<string, HmrcRate[]>();
    for await (const row of rows) {
      const key = `GBP:${row.currency}:${row.start}`;
      byCurrency.set(key, [...(byCurrency.get(key) ?? []), row]);
    }
    for (const [key, [row, ...others]] of byCurrency) {
      if (!row) continue;
      const place = { country: row.country, currency: row.currency };
      const other = others.find(({ rate, end }) => Number(rate) !== Number(row.rate) || end !== row.end);
      if (other) {
        // Two rates, no way to tell which is meant: none is served.
        const message = `${row.currency}: ${row.rate} for ${row.country}, ${other.rate} for ${other.country}`;
        context.issue({ severity: 'warning', code: 'rates-disagree', message, place });
        continue;
      }
      const data = exchangeRateData.safeParse({
        base: 'GBP',
        quote: row.currency,
        rate: row.rate,
        kind: 'monthly',
        source: 'hmrc',
      });
      if (!data.success) {
        const message = `${row.country}: currency '${row.currency}', rate '${row.rate}'`;
        context.issue({ severity: 'warning', code: 'bad-exchange-rate', message, place });
        continue;
      }
      yield {
        kind: 'reference',
        natural_key: key,
        topic: 'exchange-rate',
        code: null,
        subject: row.currency,
        data: data.data,
        valid_from: row.start,
        valid_to: exclusiveEnd(row.end),
      };
    }
  },
  expect: { min: { 'reference.exchange-rate': 15 }, max: { 'reference.exchange-rate': 220 } },
});

/**
 * Latin-1 (byte A3 is the pound sign); header names change from month to month in case, blanks and wording ('Country',
 * 'Country/Territories ', 'CurrencyCode', 'Start Date '), so they are matched without case and blanks.
 */
export function* monthlyCsv(bytes: Buffer): Generator<HmrcRate> {
  const { header, rows } = csvTable(bytes, { encoding: 'latin1' });
  const column = (pattern: RegExp): number => {
    const index = header.findIndex((name) => pattern.test(name.toLowerCase().replace(/\s/g, '')));
    if (index < 0) throw new Error(`no column like ${String(pattern)} in ${header.join(', ')}`);
    return index;
  };
  const country = column(/^country/);
  const currency = column(/^currencycode$/);
  const rate = column(/^currencyunitsper£1$/);
  const start = column(/^startdate$/);
  const end = column(/^enddate$/);
  for (const row of rows) {
    const cell = (index: number): string => row[index]?.trim() ?? '';
    if (row.every((value) => (value ?? '').trim() === '')) continue;
    const from = fromEuDate(cell(start));
    const to = fromEuDate(cell(end));
    if (from === null || to === null) throw new Error(`no period in the row of ${cell(country)}`);
    yield { country: cell(country), currency: cell(currency), rate: cell(rate), start: from, end: to };
  }
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The period stands once, as text: Period="01/Jun/2023 to 30/Jun/2023". */
export async function* monthlyXml(bytes: Buffer): AsyncGenerator<HmrcRate> {
  let period = '';
  for await (const found of xmlScan<string>([bytes], (emit) => ({
    open: (_name, attributes) => {
      if (attributes['Period'] !== undefined) emit(attributes['Period']);
    },
  }))) {
    period = found;
  }
  const dates = period.split(' to ').map((text) => {
    const [day = '', month = '', year = ''] = text.trim().split('/');
    return `${year}-${String(MONTHS.indexOf(month) + 1).padStart(2, '0')}-${day}`;
  });
  const [start = '', end = ''] = dates;
  if (!isPlainDate(start) || !isPlainDate(end)) throw new Error(`not a period: '${period}'`);
  for await (const element of xmlElements([bytes], 'exchangeRate')) {
    yield {
      country: childText(element, 'countryName') ?? '',
      currency: childText(element, 'currencyCode') ?? '',
      rate: childText(element, 'rateNew') ?? '',
      start,
      end,
    };
  }
}

const nextMonth = (month: string): string => addDays(`${month}-01`, 31).slice(0, 7);
