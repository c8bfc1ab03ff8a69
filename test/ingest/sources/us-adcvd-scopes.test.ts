import type { RequestListener } from 'node:http';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createHttpFetcher } from '../../../ingest/fetch/http.ts';
import type { Fetcher } from '../../../ingest/fetch/fetcher.ts';
import { openMirror } from '../../../ingest/fetch/mirror.ts';
import { runSource } from '../../../ingest/run.ts';
import type { Issue } from '../../../ingest/source.ts';
import source from '../../../ingest/sources/us-adcvd.ts';
import { noticesContaining } from '../../../ingest/sources/us-adcvd/register-search.ts';
import { readOrders } from '../../../db/order-rows.ts';
import { scopeQuestion } from '../../../transforms/adcvd/scope-match.ts';
import { testDatabase } from '../../support/database.ts';
import { fakeFetchClock } from '../../support/fetch-clock.ts';
import { answer, type FilesServer, startFilesServer } from '../../support/files-server.ts';
import { ingestDeps } from '../../support/ingest-deps.ts';
import { writeMirror } from '../../support/mirror-folder.ts';
import { collect } from '../../support/source-run.ts';

const LISTED = `<html><body><pre>
[Federal Register Volume 91, Number 190 (Friday, October 2, 2026)]
             Antidumping Duty Proceedings
INDIA: Steel, A-533-999...........    10/1/25-9/30/26
INDIA: Rope, A-533-997...........    10/1/25-9/30/26
JAPAN: Wire, A-588-996...........    10/1/25-9/30/26
JAPAN: Wool, A-588-995...........    10/1/25-9/30/26
             Countervailing Duty Proceedings
INDIA: Steel, C-533-998...........    1/1/25-12/31/25
</pre></body></html>`;
const notice = (cases: string, title: string, scope: string) => `<html><body><pre>
[Federal Register Volume 85, Number 2 (Friday, January 3, 2020)]
DEPARTMENT OF COMMERCE

International Trade Administration

[${cases}]

${title}

AGENCY: Enforcement and Compliance.

Scope of the Order

    ${scope}

Notification

    Nothing of 7301.10.00.
</pre></body></html>`;
const TEXTS: Readonly<Record<string, string>> = {
  '2026-18001': LISTED,
  '2020-00001': notice(
    'A-533-999, C-533-998',
    'Steel From India: Continuation of Antidumping\nand Countervailing Duty Orders',
    'Bars of 7214.20.00 and 7213.10.0000.',
  ),
  '2019-00002': notice('A-533-999', 'Steel From India: Final Determination', 'Bars of 7228.20.10.'),
  // Mentions A-533-997 and is about another case.
  '2018-00003': notice('A-588-001', 'Rope From Japan: Antidumping Duty Order', 'Rope of 5607.50.25, see A-533-997.'),
  '2021-00004': notice('A-588-995', 'Wool From Japan: Continuation of Antidumping Duty Order', 'Wool, as described.'),
  '2015-00005': notice('A-588-995', 'Wool From Japan: Final Affirmative Determination', 'Wool of 5101.11.60.'),
};
const TITLES: Readonly<Record<string, string>> = {
  '2026-18001':
    'Antidumping or Countervailing Duty Order, Finding, or Suspended Investigation; Opportunity To Request Administrative Review',
  '2020-00001': 'Steel From India: Continuation of Antidumping and Countervailing Duty Orders',
  '2019-00002': 'Steel From India: Final Determination',
  '2018-00003': 'Rope From Japan: Antidumping Duty Order',
  '2021-00004': 'Wool From Japan: Continuation of Antidumping Duty Order',
  '2015-00005': 'Wool From Japan: Final Affirmative Determination',
};
/** Documents by search term, newest first, in pages of this test's own size. */
const HITS: Readonly<Record<string, readonly string[][]>> = {
  '"Opportunity To Request Administrative Review"': [['2026-18001']],
  '"A 533 999"': [['2026-00009', '2019-00002'], ['2020-00001']],
  '"C 533 998"': [['2020-00001']],
  '"A 533 997"': [['2018-00003']],
  '"A 588 995"': [['2021-00004', '2015-00005']],
};

async function register(): Promise<FilesServer> {
  const server = await startFilesServer({
    '/api/v1/documents.json': (request, response) => {
      const query = new URL(request.url ?? '', 'http://127.0.0.1').searchParams;
      const pages = HITS[query.get('conditions[term]') ?? ''] ?? [];
      const results = (pages[Number(query.get('page') ?? '1') - 1] ?? []).map((number) => ({
        title: TITLES[number] ?? 'Another matter',
        publication_date: number === '2026-18001' ? '2026-10-02' : `${number.slice(0, 4)}-01-03`,
        document_number: number,
        raw_text_url: `${server.origin}/text/${number}.txt`,
      }));
      const found = { count: pages.flat().length, description: 'Documents', total_pages: pages.length, results };
      // Without a hit the service leaves the list out.
      const body = pages.length === 0 ? { description: 'Documents', count: 0 } : found;
      answer(200, JSON.stringify(body), { 'content-type': 'application/json' })(request, response);
    },
    ...Object.fromEntries(
      Object.entries(TEXTS).map(([number, text]): [string, RequestListener] => [
        `/text/${number}.txt`,
        answer(200, text, { 'content-type': 'text/html' }),
      ]),
    ),
    '/foreign-trade/schedules/c/country.txt': answer(200, ' 5330 | India | IN\n 5880 | Japan | JP\n', {
      'content-type': 'text/plain',
    }),
  });
  onTestFinished(() => server.close());
  return server;
}

/** The live fetcher with the publishers at the local origin; its clock stands still unless it waits. */
function fetcherAt(origin: string, slept = fakeFetchClock()): Fetcher {
  const http = createHttpFetcher({ ...slept, minDelayMs: source.http?.minDelayMs ?? 0, retry: { attempts: 2 } });
  const local = (url: string) => url.replace(/^https:\/\/www\.(federalregister|census)\.gov/, origin);
  return { ...http, get: (url, options) => http.get(local(url), options) };
}

describe('scope notices of the Federal Register, by case', () => {
  test('over HTTP into the ledger: paged, ranked, shared by cases, and openly incomplete', async () => {
    const server = await register();
    const database = await testDatabase();
    const waits = fakeFetchClock();
    const fetch = fetcherAt(server.origin, waits);
    onTestFinished(() => fetch.close());
    const clock = () => '2026-11-20T12:00:00.000Z';
    const deps = { ...(await ingestDeps(database, fetch, clock)), sample: true };
    expect(await runSource(deps, source, { trigger: 'manual' })).toMatchObject({ state: 'published' });

    const of = async (code: string, origin: string) => {
      const { scopes, orders } = await readOrders(database, {
        numbers: scopeQuestion(code),
        origin,
        on: '2026-11-20',
        known: null,
      });
      return { scopes: scopes.map((row) => row.natural_key), orders: orders.map((row) => row.data) };
    };
    // The continuation on the second page before the newer determination, once for both cases.
    const steel = await of('72', 'IN');
    expect(steel.scopes).toEqual([
      'A-533-999:7213100000',
      'A-533-999:72142000',
      'C-533-998:7213100000',
      'C-533-998:72142000',
    ]);
    expect(steel.orders.find((order) => order['case_number'] === 'A-533-999')).toMatchObject({
      scope_notice: {
        document_number: '2020-00001',
        title: 'Steel From India: Continuation of Antidumping and Countervailing Duty Orders',
        date: '2020-01-03',
      },
    });
    // A continuation without numbers gives way to the determination that names them.
    expect((await of('5101', 'JP')).scopes).toEqual(['A-588-995:51011160']);
    // What another case's notice says of ropes says nothing of this one; what nothing was found for is not dropped.
    expect((await of('5607', 'IN')).scopes).toEqual([]);
    expect(steel.orders.find((order) => order['case_number'] === 'A-533-997')).toMatchObject({ scope_codes: [] });
    const { rows } = await database.pool.query<{ code: string; place: { case?: string } }>(
      `select code, place from issue where code in ('scope-not-found', 'order-without-codes') order by code, place->>'case'`,
    );
    expect(rows.map(({ code, place }) => [code, place.case])).toEqual([
      ['order-without-codes', 'A-533-997'],
      ['order-without-codes', 'A-588-996'],
      ['scope-not-found', 'A-533-997'],
      ['scope-not-found', 'A-588-996'],
    ]);
    // One request at a time, each after the pause the source asks for.
    expect(waits.slept.filter((ms) => ms === 1000).length).toBe(server.requests.length - 1);

    // The next day there is no newer notice: one question, no searching.
    const before = server.requests.length;
    expect(await runSource(deps, source, { trigger: 'manual' })).toMatchObject({ state: 'unchanged' });
    expect(server.requests.length - before).toBe(1);
  });

  test('a search that breaks off is no short list', async () => {
    const page = (count: number, total_pages: number, results: object[]) =>
      answer(200, JSON.stringify({ count, total_pages, results }), { 'content-type': 'application/json' });
    const one = { title: 'x', publication_date: '2020-01-03', document_number: '2020-1', raw_text_url: null };
    const search = async (listener: RequestListener) => {
      const server = await startFilesServer({ '/api/v1/documents.json': listener });
      onTestFinished(() => server.close());
      return noticesContaining(fetcherAt(server.origin), 'A 533 999');
    };
    await expect(search(page(3, 1, [one]))).rejects.toThrow(/before all its documents/);
    await expect(search(page(3, 2, []))).rejects.toThrow(/ends on page 1/);
    await expect(search(answer(200, '{"errors":{"x":"y"}}', { 'content-type': 'application/json' }))).rejects.toThrow();
    expect(await search(page(1, 1, [one]))).toHaveLength(1);
  });

  test('a mirror: searches it holds are used, the others are no failure', async () => {
    const asked: string[] = [];
    const folder = await writeMirror({
      '': [
        {
          url: 'https://www.federalregister.gov/d/2026-17810#raw-text',
          file: 'notice.html',
          body: LISTED,
          media_type: 'text/html',
          published_at: '2026-10-02',
        },
        {
          url: 'https://www.federalregister.gov/api/v1/documents.json?conditions%5Bterm%5D=%22A+533+999%22&conditions%5Bagencies%5D%5B%5D=international-trade-administration&conditions%5Btype%5D%5B%5D=NOTICE&order=newest&per_page=100&fields%5B%5D=title&fields%5B%5D=publication_date&fields%5B%5D=document_number&fields%5B%5D=raw_text_url',
          file: 'search.json',
          body: JSON.stringify({
            count: 1,
            total_pages: 1,
            results: [
              {
                title: TITLES['2019-00002'],
                publication_date: '2019-01-03',
                document_number: '2019-00002',
                raw_text_url: 'https://www.federalregister.gov/documents/full_text/text/2019/01/03/2019-00002.txt',
              },
            ],
          }),
          media_type: 'application/json',
          published_at: '2026-10-02',
        },
        {
          url: 'https://www.federalregister.gov/documents/full_text/text/2019/01/03/2019-00002.txt',
          file: 'scope.html',
          body: TEXTS['2019-00002'] ?? '',
          media_type: 'text/html',
          published_at: '2026-10-02',
        },
      ],
    });
    const mirror = await openMirror(folder);
    const fetch: Fetcher = { ...mirror, get: (url, options) => (asked.push(url), mirror.get(url, options)) };
    const issues: Issue[] = [];
    const [found] = await collect(
      source.discover({ fetch, known: [], today: '2026-11-20', issue: (issue) => void issues.push(issue) }),
    );
    expect(found?.parts.map(({ part }) => part).filter((part) => part.startsWith('scope-'))).toEqual([
      'scope-A-533-999-2019-00002',
    ]);
    expect(issues).toEqual([]);
    expect(asked.filter((url) => url.includes('term%5D=%22'))).toHaveLength(6);
  });
});
