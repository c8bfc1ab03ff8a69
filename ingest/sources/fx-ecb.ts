import { addDays, daysBetween, isPlainDate, midnight, type PlainDate } from '../../transforms/dates.ts';
import { csvTable } from '../../transforms/read/csv.ts';
import { xmlScan } from '../../transforms/read/xml.ts';
import { zipEntries } from '../../transforms/read/zip.ts';
import { exchangeRateData } from '../../transforms/reference/exchange-rate.ts';
import type { ReferenceRecord } from '../../transforms/records.ts';
import { bytesAt } from '../file-edition.ts';
import { defineSource, type Edition, type EditionPart } from '../source.ts';
import { strictParse } from '../strict-parse.ts';

const BASE = 'https://www.ecb.europa.eu/stats/eurofxref';
const HISTORY = `${BASE}/eurofxref-hist.zip`;
const DAILY = `${BASE}/eurofxref-daily.xml`;
const HISTORY_PART: EditionPart = { part: 'history', url: HISTORY, expect: 'zip' };
const DAILY_PART: EditionPart = { part: 'daily', url: DAILY, expect: 'xml' };

/**
 * Days before this are left out: no duty of this ledger is older (the US additional duties begin in 2018, and customs debts can be
 * notified for three years only, Article 103 UCC), while the file reaches back to 1999.
 */
const HISTORY_FROM: PlainDate = '2018-01-01';

export interface EcbRate {
  date: PlainDate;
  currency: string;
  rate: string;
}

/** Euro foreign exchange reference rates: the whole history once, then a day at a time. */
export default defineSource<EcbRate>({
  id: 'fx.ecb',
  jurisdiction: 'XX',
  title: 'Euro foreign exchange reference rates',
  publisher: { name: 'European Central Bank', acronym: 'ECB', url: 'https://www.ecb.europa.eu' },
  licence: { name: 'ECB reuse with source', attribution: 'European Central Bank' },
  records: ['reference'],
  validity: 'delta',
  // Published about 16:00 CET on TARGET working days.
  cadence: { cron: '30 16 * * 1-5', timezone: 'Europe/Berlin', staleAfter: 'P6D' },
  covers: { families: ['exchange-rate'] },
  async *discover({ fetch, known }) {
    const daily = await bytesAt(fetch, DAILY, { expect: 'xml' });
    const today = daily && (await newestDay(dailyRates(daily.body)));
    const last = known[0]?.publishedAt.slice(0, 10) ?? null;
    if (last === null || (today && missedDays(last, today))) {
      const archive = await bytesAt(fetch, HISTORY, { expect: 'zip' });
      const newest = archive && (await newestDay(historyRates(await historyCsv(archive.body))));
      if (newest) {
        // One edition for both: an empty ledger begins with the newest edition and nothing before it.
        const parts = today && today > newest ? [HISTORY_PART, DAILY_PART] : [HISTORY_PART];
        yield edition(`history to ${newest}`, today && today > newest ? today : newest, parts);
        return;
      }
    }
    if (today && (last === null || today > last)) yield edition(today, today, [DAILY_PART]);
  },
  parse: strictParse<EcbRate>('history or daily', async function* (files) {
    if (files.has('history')) yield* historyRates(await historyCsv(await files.read('history')));
    if (files.has('daily')) yield* dailyRates(await files.read('daily'));
  }),
  async *normalise(rows, context) {
    let older = 0;
    for await (const { date, currency, rate } of rows) {
      if (date < HISTORY_FROM) {
        older += 1;
        continue;
      }
      const data = exchangeRateData.safeParse({ base: 'EUR', quote: currency, rate, kind: 'daily', source: 'ecb' });
      if (!data.success) {
        const message = `${currency} of ${date} is '${rate}'`;
        context.issue({ severity: 'error', code: 'bad-exchange-rate', message, place: { date, currency } });
        continue;
      }
      const record: ReferenceRecord = {
        kind: 'reference',
        natural_key: `EUR:${currency}:${date}`,
        topic: 'exchange-rate',
        code: null,
        subject: currency,
        data: data.data,
        valid_from: date,
        valid_to: addDays(date, 1),
      };
      yield record;
    }
    if (older > 0) {
      const message = `${older} rates before ${HISTORY_FROM} left out`;
      context.issue({ severity: 'info', code: 'before-scope', message });
    }
  },
  expect: { min: { 'reference.exchange-rate': 25 } },
});

function edition(label: string, date: PlainDate, parts: readonly EditionPart[]): Edition {
  return { label, publishedAt: midnight(date), effectiveDate: date, parts };
}

async function historyCsv(archive: Buffer): Promise<Buffer> {
  const member = (await zipEntries(archive)).find((entry) => entry.name === 'eurofxref-hist.csv');
  if (!member) throw new Error('no eurofxref-hist.csv in the archive');
  return await member.read();
}

/** Newest day first; 'N/A' = no rate; every line ends with a comma, so the last column has no name. */
export function* historyRates(csv: Buffer): Generator<EcbRate> {
  const { header, rows } = csvTable(csv, { nullToken: 'N/A' });
  if (header[0]?.trim() !== 'Date') throw new Error(`the first column is '${header[0] ?? ''}', not Date`);
  for (const row of rows) {
    const date = row[0]?.trim() ?? '';
    if (!isPlainDate(date)) throw new Error(`not a date: '${date}'`);
    for (let column = 1; column < header.length; column++) {
      const currency = header[column]?.trim() ?? '';
      const rate = row[column]?.trim() ?? '';
      // Missing is missing: no rate, no record.
      if (currency !== '' && rate !== '') yield { date, currency, rate };
    }
  }
}

/** gesmes:Envelope/Cube/Cube@time/Cube@currency@rate. */
export function dailyRates(xml: Buffer): AsyncGenerator<EcbRate> {
  return xmlScan<EcbRate>([xml], (emit) => {
    let date = '';
    return {
      open(name, { time, currency, rate }) {
        if (name !== 'Cube') return;
        if (time !== undefined) {
          if (!isPlainDate(time)) throw new Error(`not a date: '${time}'`);
          date = time;
        }
        if (currency !== undefined && rate !== undefined) emit({ date, currency, rate });
      },
    };
  });
}

/** Whether a weekday lies between two days: the daily file holds one day only, so what was missed comes from the history. */
function missedDays(last: PlainDate, today: PlainDate): boolean {
  for (let day = addDays(last, 1); day < today; day = addDays(day, 1)) {
    // 1970-01-05 was a Monday.
    if (daysBetween('1970-01-05', day) % 7 < 5) return true;
  }
  return false;
}

async function newestDay(rates: AsyncIterable<EcbRate> | Iterable<EcbRate>): Promise<PlainDate | null> {
  let newest: PlainDate | null = null;
  for await (const { date } of rates) if (newest === null || date > newest) newest = date;
  return newest;
}
