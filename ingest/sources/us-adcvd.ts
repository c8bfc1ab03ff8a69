import { addDays, midnight } from '../../transforms/dates.ts';
import { federalRegisterText, issueDate } from '../../transforms/adcvd/federal-register-text.ts';
import { noticeTitle, scopeCodes } from '../../transforms/adcvd/scope-notice.ts';
import { listedOrders } from '../../transforms/adcvd/opportunity-notice.ts';
import { orderData } from '../../transforms/reference/order.ts';
import { bytesAt } from '../file-edition.ts';
import type { Fetcher } from '../fetch/fetcher.ts';
import { defineSource, type Edition, type EditionPart, type Issue } from '../source.ts';
import { strictParse } from '../strict-parse.ts';
import { orderRecords, type OrderMaterial } from './us-adcvd/orders.ts';
import { caseCountries, exporterRates, orderScopes } from './us-adcvd/parts.ts';
import { noticesContaining } from './us-adcvd/register-search.ts';
import { ofScopePart, scopeParts } from './us-adcvd/scope-search.ts';

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

/** More than 400 orders were in force in 2026. */
const FEWEST_ORDERS = 350;
/** Tariff numbers were found for more than four orders of five when the method was tried in 2026. */
const FEWEST_SCOPES = 0.8;

const PARTIAL =
  'scope is prose: orders are candidates, orders without tariff numbers are not checked, and rates are those of a reviewed file only';

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
  // Some two thousand requests when a new monthly notice appears, none but the search on other days.
  http: { minDelayMs: 1000 },
  covers: {
    families: ['antidumping', 'countervailing'],
    partial: { antidumping: PARTIAL, countervailing: PARTIAL },
  },
  async *discover({ fetch, today, known, issue: report }) {
    const notices = await opportunityNotices(fetch, addDays(today, -396));
    const label = notices[0]?.document_number;
    // Notices do not change once they are printed; scopes are searched again with each new one.
    if (label !== undefined && known.some((release) => release.label === label)) return;
    yield await currentEdition(fetch, notices, report ?? (() => undefined));
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
      const part = ofScopePart(name);
      if (!part) continue;
      const html = (await files.read(name)).toString('utf8');
      const document_number = part.document;
      const place = { notice: document_number };
      for (const number of part.cases) {
        const codes = scopeCodes(html, number);
        if (codes === null) {
          yield issue('warning', 'other-case', `${document_number} is not about ${number}`, place);
          continue;
        }
        const date = issueDate(federalRegisterText(html));
        const unstated = { country: null, product: null, listed_in: null };
        material.scopes.push({ ...unstated, case: number, title: noticeTitle(html), codes, document_number, date });
      }
    }
    yield { of: 'material', material };
  }),
  async *normalise(rows, context) {
    const months = new Set<string>();
    let orders = 0;
    let withCodes = 0;
    let notices = 0;
    for await (const row of rows) {
      if (row.of === 'issue') context.issue(row.issue);
      else if (row.of === 'month') months.add(row.month);
      else {
        notices = new Set(row.material.listed.map(({ document_number }) => document_number)).size;
        for (const record of orderRecords(row.material, context)) {
          if (record.topic === 'order') {
            orders += 1;
            if (orderData.parse(record.data).scope_codes.length > 0) withCodes += 1;
          }
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
    if (whole && withCodes < orders * FEWEST_SCOPES) {
      const message = `tariff numbers are known of ${withCodes} of ${orders} orders only: the others are compared with nothing`;
      context.issue({ severity: 'warning', code: 'scopes-missing', message });
    }
  },
  // A case whose month's notice vanished is revoked or lost in parsing: more than a few at once is the latter.
  expect: { min: { 'reference.order': 10 }, removedShare: 0.05 },
});

const issue = (severity: Issue['severity'], code: string, message: string, place: Record<string, string>): Row => ({
  of: 'issue',
  issue: { severity, code, message, place },
});

/** The monthly notices of a year, newest first; none when the search is not mirrored. */
async function opportunityNotices(fetch: Fetcher, since: string): Promise<Notice[]> {
  const found = (await noticesContaining(fetch, 'Opportunity To Request Administrative Review', since)) ?? [];
  return found
    .flatMap(({ title, document_number, publication_date, raw_text_url }) =>
      TITLE.test(title) && typeof raw_text_url === 'string'
        ? [{ document_number, publication_date, url: raw_text_url }]
        : [],
    )
    .slice(0, 12);
}

interface Notice {
  document_number: string;
  publication_date: string;
  url: string;
}

async function currentEdition(
  fetch: Fetcher,
  notices: readonly Notice[],
  report: (issue: Issue) => void,
): Promise<Edition> {
  const [newest] = notices;
  const listing = newest
    ? notices.map(({ document_number, url }) => noticePart(document_number, url))
    : [noticePart(EXCERPT.number, EXCERPT.url)];
  const cases: string[] = [];
  for (const { url } of listing) {
    const answer = await bytesAt(fetch, url, { expect: 'html' });
    if (answer) cases.push(...listedOrders(answer.body.toString('utf8')).orders.map((order) => order.case.number));
  }
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
    parts: [...listing, ...(await scopeParts(fetch, cases, report)), ...extras, ...countries],
  };
}

/** Raw text is served as a page with one <pre>. */
function noticePart(number: string, url: string): EditionPart {
  return { part: `notice-${number}`, url, expect: 'html' };
}
