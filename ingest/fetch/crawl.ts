import { BasicCrawler, Configuration, Log, LogLevel, RequestQueue } from '@crawlee/http';
import { canonicalAddress } from './address.ts';
import { PermanentFetch } from './errors.ts';
import type { AnswerHead, Fetcher, FetchOptions } from './fetcher.ts';
import { DEFAULT_MAX_BYTES } from './fetcher.ts';

export type CrawledPage = AnswerHead & {
  /** The address that was asked for; `url` is the one after redirects. */
  requested: string;
  body: Buffer;
};

export type CrawlOptions = {
  start: readonly string[];
  fetcher: Fetcher;
  /** Addresses on this page that belong to the crawl (absolute, or relative to the page). Each is visited once. */
  follow: (page: CrawledPage) => readonly string[] | Promise<readonly string[]>;
  /** Called once per page, in the order of arrival. */
  visit: (page: CrawledPage) => void | Promise<void>;
  expect?: FetchOptions['expect'];
  headers?: FetchOptions['headers'];
  maxBytes?: number;
  /** A crawl that would exceed it fails: a list that is cut off silently looks like a list of withdrawals. Default 5,000. */
  maxPages?: number;
  /** Default 1. The fetcher's pace holds in any case. */
  concurrency?: number;
};

/**
 * Crawls a list-and-detail site: Crawlee keeps the queue, the fetcher does every request. So the crawl has the same politeness,
 * retries and typed errors as a download, and in mirror mode it cannot reach the network. Each run has a queue of its own in memory
 * (apify/crawlee#1602: with a kept queue the second run finds everything handled and crawls nothing).
 * The first page that fails stops the crawl and its error is thrown: part of a site is not the site. Resolves with the page count.
 */
export async function crawlPages(options: CrawlOptions): Promise<number> {
  const maxPages = options.maxPages ?? 5_000;
  const config = new Configuration({ persistStorage: false, purgeOnStart: false });
  const queue = await RequestQueue.open(null, { config });
  const seen = new Set<string>();
  let failure: { error: unknown } | null = null;
  let pages = 0;

  async function add(addresses: readonly string[], base?: string): Promise<void> {
    for (const address of addresses) {
      const url = pageAddress(address, base);
      const uniqueKey = canonicalAddress(url);
      if (seen.has(uniqueKey)) continue;
      seen.add(uniqueKey);
      if (seen.size > maxPages) throw new PermanentFetch({ url, detail: `the crawl exceeds ${maxPages} pages` });
      // Our own key: Crawlee's drops fragments and sorts parameters.
      await queue.addRequest({ url, uniqueKey, keepUrlFragment: true });
    }
  }

  async function open(url: string): Promise<void> {
    const { fetcher, expect = 'html', headers, maxBytes = DEFAULT_MAX_BYTES } = options;
    const answer = await fetcher.get(url, { expect, maxBytes, ...(headers === undefined ? {} : { headers }) });
    if (answer.outcome === 'not-modified') throw new PermanentFetch({ url, detail: 'not modified, though not asked' });
    const page: CrawledPage = { ...answer, requested: url };
    await options.visit(page);
    await add(await options.follow(page), page.url);
    pages++;
  }

  await add(options.start);
  const crawler = new BasicCrawler(
    {
      requestQueue: queue,
      maxConcurrency: options.concurrency ?? 1,
      maxRequestRetries: 0, // the fetcher has retried
      // Crawlee's default of 60 s would cut a Retry-After short; the fetcher has its own time-outs.
      requestHandlerTimeoutSecs: 3600,
      useSessionPool: false,
      statisticsOptions: { logIntervalSecs: 3600 },
      log: new Log({ level: LogLevel.OFF }),
      requestHandler: async ({ request }) => {
        if (failure !== null) return;
        try {
          await open(request.url);
        } catch (error) {
          failure ??= { error };
          crawler.autoscaledPool?.abort().catch(() => undefined);
        }
      },
    },
    config,
  );
  try {
    await crawler.run();
  } finally {
    await queue.drop();
  }
  throwIfFailed(failure);
  return pages;
}

/** Sites are crawled at their public addresses; what a mirror holds as `mirror:…` is listed by its entries, not by pages. */
function pageAddress(address: string, base: string | undefined): string {
  const url = URL.canParse(address, base) ? new URL(address, base) : null;
  if (url?.protocol === 'https:' || url?.protocol === 'http:') return url.href;
  throw new PermanentFetch({
    url: address,
    detail: `not the address of a page${base === undefined ? '' : `, found on ${base}`}`,
  });
}

/** Apart, because flow analysis does not see that the handler above sets it. */
function throwIfFailed(failure: { error: unknown } | null): void {
  if (failure !== null) throw failure.error;
}
