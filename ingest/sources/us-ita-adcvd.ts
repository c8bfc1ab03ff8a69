import { z } from 'zod';
import { fileEdition } from '../file-edition.ts';
import { defineSource } from '../source.ts';
import { strictParse } from '../strict-parse.ts';
import { orderRecords } from './us-adcvd/orders.ts';
import { caseCountries, type OrderScope } from './us-adcvd/parts.ts';
import type { CaseCountries } from '../../transforms/adcvd/case-number.ts';

/** The retired service's answer to one search; its data ends with June 2020. */
const ANSWER = 'https://api.trade.gov/v1/adcvd_orders/search?q=paper';

const answer = z.object({
  total: z.number(),
  sources_used: z.array(z.object({ source_last_updated: z.string() })),
  results: z.array(
    z.object({
      case_number: z.string(),
      country: z.string(),
      product: z.string(),
      hts_numbers: z.array(z.string()),
      url: z.string(),
    }),
  ),
});

type Row = { scopes: OrderScope[]; countries: CaseCountries; total: number };

/** ITA's "Products subject to AD and CVD orders" of 2019: older scopes with tariff numbers, for what newer notices do not give. */
export default defineSource<Row>({
  id: 'us.ita-adcvd',
  jurisdiction: 'US',
  title: 'ITA AD/CVD orders search (retired)',
  publisher: { name: 'International Trade Administration', acronym: 'ITA', url: 'https://www.trade.gov' },
  licence: { name: 'US public domain', attribution: 'International Trade Administration' },
  records: ['reference'],
  validity: 'from-release',
  // Retired: nothing new is expected, and /status must not call it stale for that.
  cadence: { cron: '0 5 1 * *', timezone: 'America/New_York', staleAfter: 'P50Y' },
  covers: {
    families: ['antidumping-archive'],
    partial: { 'antidumping-archive': 'one page of one search of 2019; orders may be revoked since' },
  },
  async *discover({ fetch }) {
    const edition = await fileEdition(fetch, { part: 'orders', url: ANSWER, expect: 'json' }, [
      { part: 'segments', url: 'mirror:us/lists/case_country_codes.csv', expect: 'csv', optional: true },
      { part: 'schedule-c', url: 'mirror:us/lists/census_codes_iso.csv', expect: 'csv' },
    ]);
    if (edition) yield edition;
  },
  parse: strictParse<Row>('orders', async function* (files) {
    const page = answer.parse(JSON.parse((await files.read('orders')).toString('utf8')));
    yield {
      total: page.total,
      countries: caseCountries(
        files.has('segments') ? await files.read('segments') : null,
        await files.read('schedule-c'),
      ),
      scopes: page.results.map((order) => ({
        case: order.case_number,
        country: order.country,
        product: order.product,
        codes: order.hts_numbers,
        document_number: '',
        date: page.sources_used[0]?.source_last_updated.slice(0, 10) ?? null,
        title: null,
        listed_in: null,
      })),
    };
  }),
  async *normalise(rows, context) {
    for await (const { scopes, countries, total } of rows) {
      if (total > scopes.length) {
        const message = `${scopes.length} of ${total} orders of the search are on the page`;
        context.issue({ severity: 'warning', code: 'page-of-many', message });
      }
      yield* orderRecords({ listed: [], scopes, rates: [], countries }, context);
    }
  },
  expect: { min: { 'reference.order': 1 } },
});
