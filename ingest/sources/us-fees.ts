import { Decimal } from 'decimal.js';
import { exclusiveEnd, isPlainDate } from '../../transforms/dates.ts';
import { csvRecords } from '../../transforms/read/csv.ts';
import { feeData, offStatute } from '../../transforms/reference/fee.ts';
import { fileEdition } from '../file-edition.ts';
import { defineSource } from '../source.ts';
import { strictParse } from '../strict-parse.ts';

// Facts of Federal Register notices as a table; the notices themselves are prose.
const TABLE = 'mirror:us/fees/us_fees.csv';
const COLUMNS = [
  'fee_code',
  'rate_pct',
  'min_usd',
  'max_usd',
  'flat_usd',
  'effective_from',
  'effective_to',
  'source',
  'verified',
] as const;
type Row = Record<(typeof COLUMNS)[number], string>;

/** Customs user fees by fiscal year: merchandise processing fee and harbor maintenance fee. */
export default defineSource<Row>({
  id: 'us.fees',
  jurisdiction: 'US',
  title: 'Customs user fees (MPF, HMF)',
  publisher: { name: 'U.S. Customs and Border Protection', acronym: 'CBP', url: 'https://www.cbp.gov' },
  licence: { name: 'US public domain', attribution: 'U.S. Customs and Border Protection' },
  records: ['reference'],
  validity: 'extract',
  // The notice for the next fiscal year appears at the end of July.
  cadence: { cron: '15 8 * * 1', timezone: 'America/New_York', staleAfter: 'P1Y' },
  covers: { families: ['fees'] },
  async *discover({ fetch }) {
    const edition = await fileEdition(fetch, { part: 'fees', url: TABLE, expect: 'csv' });
    if (edition) yield edition;
  },
  parse: strictParse<Row>('fees', async function* (files) {
    for (const row of csvRecords(await files.read('fees'), COLUMNS)) {
      yield Object.fromEntries(COLUMNS.map((name) => [name, (row[name] ?? '').trim()])) as Row; // every name was set
    }
  }),
  async *normalise(rows, context) {
    for await (const row of rows) {
      const place = { fee: row.fee_code, from: row.effective_from };
      const data = feeData.safeParse({
        fee: row.fee_code,
        rate: row.rate_pct === '' ? null : new Decimal(row.rate_pct).div(100).toFixed(),
        minimum: row.min_usd || null,
        maximum: row.max_usd || null,
        flat: row.flat_usd || null,
        currency: 'USD',
        modes: row.fee_code === 'hmf' ? ['ocean'] : null,
        verified: /computed/.test(row.verified) ? 'computed' : row.verified,
        citation: row.source,
      });
      const dated = isPlainDate(row.effective_from) && (row.effective_to === '' || isPlainDate(row.effective_to));
      if (!data.success || !dated || (data.data.rate === null && data.data.flat === null)) {
        const message = `not a fee: ${JSON.stringify(row)}`;
        context.issue({ severity: 'error', code: 'bad-fee', message, place });
        continue;
      }
      for (const difference of offStatute(data.data, row.effective_from)) {
        const message = `${row.fee_code} from ${row.effective_from}: ${difference}`;
        context.issue({ severity: 'error', code: 'off-statute', message, place });
      }
      if (data.data.verified !== 'notice text') {
        const message = `${row.fee_code} from ${row.effective_from} is ${data.data.verified}, not read in a notice`;
        context.issue({ severity: 'info', code: 'unverified-fee', message, place });
      }
      yield {
        kind: 'reference',
        natural_key: `${row.fee_code}:${row.effective_from}`,
        topic: 'fee',
        code: null,
        subject: row.fee_code,
        data: data.data,
        valid_from: row.effective_from,
        valid_to: row.effective_to === '' ? null : exclusiveEnd(row.effective_to),
      };
    }
  },
  expect: { min: { 'reference.fee': 5 }, max: { 'reference.fee': 200 }, removedShare: 0.2 },
});
