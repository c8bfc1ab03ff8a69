import { z } from 'zod';
import { addDays, midnight } from '../../transforms/dates.ts';
import { federalRegisterText, issueDate } from '../../transforms/adcvd/federal-register-text.ts';
import { scopeCodes } from '../../transforms/adcvd/scope-notice.ts';
import { listedOrders } from '../../transforms/adcvd/opportunity-notice.ts';
import { bytesAt } from '../file-edition.ts';
import type { Fetcher } from '../fetch/fetcher.ts';
import { defineSource, type Edition, type EditionPart, type Issue } from '../source.ts';
import { strictParse } from '../strict-parse.ts';
import { orderRecords, type OrderMaterial } from './us-adcvd/orders.ts';
import { caseCountries, exporterRates, orderScopes } from './us-adcvd/parts.ts';

const SEARCH = 'https://www.federalregister.gov/api/v1/documents.json';
const TITLE = /^Antidumping or Countervailing Duty Order, Finding, or Suspended Investigation/;
/** What stands in a mirror: one excerpt of a notice, reviewed extracts of scopes and rates, the country tables. */
const MIRROR = 'mirror:us/federal-register/adcvd/';
const EXCERPT = {
  number: '2026-17810',
  url: 'https://www.federalregister.gov/d/2026-17810#raw-text',
  compiled: '2026-09-23',
};
const SEGMENTS: EditionPart = {
  part: 'segments',
  url: 'mirror:us/lists/case_country_codes.csv',
  expect: 'csv',
  optional: true,
};
const SCHEDULE_C = {
  mirror: 'mirror:us/lists/census_codes_iso.csv',
  live: 'https://www.census.gov/foreign-trade/schedules/c/country.txt',
};

const found = z.object({
  results: z.array(
    z.object({
      title: z.string(),
      publication_date: z.string(),
      document_number: z.string(),
      raw_text_url: z.string(),
    }),
  ),
});

/** More than 400 orders were in force in 2026. */
const FEWEST_ORDERS = 350;

type Row = { of: 'material'; material: OrderMaterial } | { of: 'issue'; issue: Issue } | { of: 'month'; month: string };

/**
 * Antidumping and countervailing duty orders from the Federal Register: each month a notice lists the orders whose anniversary
 * falls into it, so twelve of them are all orders. Their scope is prose; tariff numbers make candidates, never a duty.
 */
export default defineSource<Row>({
  id: 'us.adcvd',
  jurisdiction: 'US',
  title: 'Antidumping and countervailing duty orders',
  publisher: {
    name: 'International Trade Administration, Federal Register',
    acronym: 'ITA',
    url: 'https://www.federalregister.gov',
  },
  licence: { name: 'US public domain', attribution: 'International Trade Administration' },
  records: ['reference'],
  validity: 'from-release',
  cadence: { cron: '30 6 * * *', timezone: 'America/New_York', staleAfter: 'P40D' },
  covers: {
    families: ['antidumping', 'countervailing'],
    partial: {
      antidumping: 'scope is prose: orders are candidates, and orders without tariff numbers are not checked',
      countervailing: 'scope is prose: orders are candidates, and orders without tariff numbers are not checked',
    },
  },
  async *discover({ fetch, today }) {
    yield await currentEdition(fetch, addDays(today, -396));
  },
  parse: strictParse<Row>('notices', async function* (files) {
    const material: OrderMaterial = {
      listed: [],
      scopes: files.has('scopes') ? orderScopes(await files.read('scopes')) : [],
      rates: files.has('rates') ? exporterRates(await files.read('rates')) : [],
      countries: caseCountries(
        files.has('segments') ? await files.read('segments') : null,
        await files.read('schedule-c'),
      ),
    };
    for (const name of files.names().filter((part) => part.startsWith('notice-'))) {
      const html = (await files.read(name)).toString('utf8');
      const { orders, issues } = listedOrders(html);
      const document_number = name.slice('notice-'.length);
      const date = issueDate(federalRegisterText(html));
      // Countervailing reviews cover calendar years; the antidumping periods end with the anniversary month.
      const months = new Set(
        orders.flatMap(({ section, period }) =>
          section === 'antidumping' && period ? [addDays(period.to, 1).slice(5, 7)] : [],
        ),
      );
      if (orders.length === 0) {
        yield issue('error', 'empty-notice', `${document_number} lists no order`, { notice: document_number });
      }
      for (const { code, message } of issues) yield issue('warning', code, message, { notice: document_number });
      for (const month of months) yield { of: 'month', month };
      material.listed.push(...orders.map((order) => ({ order, document_number, date })));
    }
    for (const name of files.names()) {
      const [, number, document_number] = /^scope-([ACE]-\d{3}-\d{3})-(.+)$/.exec(name) ?? [];
      if (number === undefined || document_number === undefined) continue;
      const html = (await files.read(name)).toString('utf8');
      const codes = scopeCodes(html, number);
      if (codes === null) {
        yield issue('warning', 'other-case', `${document_number} is not about ${number}`, { notice: document_number });
        continue;
      }
      const date = issueDate(federalRegisterText(html));
      const unstated = { country: null, product: null, title: null, listed_in: null };
      material.scopes.push({ ...unstated, case: number, codes, document_number, date });
    }
    yield { of: 'material', material };
  }),
  async *normalise(rows, context) {
    const months = new Set<string>();
    let orders = 0;
    let notices = 0;
    for await (const row of rows) {
      if (row.of === 'issue') context.issue(row.issue);
      else if (row.of === 'month') months.add(row.month);
      else {
        notices = new Set(row.material.listed.map(({ document_number }) => document_number)).size;
        for (const record of orderRecords(row.material, context)) {
          if (record.topic === 'order') orders += 1;
          yield record;
        }
      }
    }
    // Twelve notices are a whole year: a month or orders missing then were lost in parsing.
    const whole = notices >= 12;
    if (months.size < 12) {
      const message = `notices of ${months.size} of 12 anniversary months are at hand: orders are missing`;
      context.issue({ severity: whole ? 'error' : 'warning', code: 'anniversary-months-missing', message });
    }
    if (whole && orders < FEWEST_ORDERS) {
      const message = `${orders} orders in twelve notices, at least ${FEWEST_ORDERS} expected`;
      context.issue({ severity: 'error', code: 'too-few-orders', message });
    }
  },
  // A case whose month's notice vanished is revoked or lost in parsing: more than a few at once is the latter.
  expect: { min: { 'reference.order': 10 }, removedShare: 0.05 },
});

const issue = (severity: Issue['severity'], code: string, message: string, place: Record<string, string>): Row => ({
  of: 'issue',
  issue: { severity, code, message, place },
});

async function currentEdition(fetch: Fetcher, since: string): Promise<Edition> {
  const query = new URLSearchParams([
    ['conditions[term]', '"Opportunity To Request Administrative Review"'],
    ['conditions[agencies][]', 'international-trade-administration'],
    ['conditions[type][]', 'NOTICE'],
    ['conditions[publication_date][gte]', since],
    ['order', 'newest'],
    ['per_page', '100'],
    ...['title', 'publication_date', 'document_number', 'raw_text_url'].map((field): [string, string] => [
      'fields[]',
      field,
    ]),
  ]);
  const answer = await bytesAt(fetch, `${SEARCH}?${query.toString()}`, { expect: 'json' });
  const notices = answer
    ? found
        .parse(JSON.parse(answer.body.toString('utf8')))
        .results.filter(({ title }) => TITLE.test(title))
        .slice(0, 12)
    : [];
  const [newest] = notices;
  const extras: EditionPart[] = [];
  for (const [part, url, kind] of [
    ['scopes', `${MIRROR}adcvd_orders_sample.json`, 'json'],
    ['rates', `${MIRROR}adcvd_rates_sample.csv`, 'csv'],
  ] as const) {
    if (await bytesAt(fetch, url)) extras.push({ part, url, expect: kind, optional: true });
  }
  const mirrored = (await bytesAt(fetch, SCHEDULE_C.mirror)) !== null;
  const countries: EditionPart[] = mirrored
    ? [SEGMENTS, { part: 'schedule-c', url: SCHEDULE_C.mirror, expect: 'csv' }]
    : [{ part: 'schedule-c', url: SCHEDULE_C.live, expect: 'text' }];
  const date = newest?.publication_date ?? EXCERPT.compiled;
  return {
    label: newest?.document_number ?? `excerpt-${EXCERPT.number}`,
    publishedAt: midnight(date),
    effectiveDate: date,
    parts: [
      ...(newest
        ? notices.map(({ document_number, raw_text_url }) => noticePart(document_number, raw_text_url))
        : [noticePart(EXCERPT.number, EXCERPT.url)]),
      ...extras,
      ...countries,
    ],
  };
}

/** Raw text is served as a page with one <pre>. */
function noticePart(number: string, url: string): EditionPart {
  return { part: `notice-${number}`, url, expect: 'html' };
}
