import { setTimeout as wait } from 'node:timers/promises';
import { decodedBody, ENCODINGS } from './body.ts';
import { assertContent } from './content.ts';
import { downloadResumably } from './download.ts';
import { UnexpectedContent } from './errors.ts';
import { createExchange, type Response, type Timeouts } from './exchange.ts';
import { conditional, headOf, notModified } from './answer.ts';
import { DEFAULT_MAX_BYTES, type Fetched, type Fetcher, type FetchOptions } from './fetcher.ts';
import { createPace, type Pace } from './pace.ts';
import { DEFAULT_RETRY, type FetchClock, type RetryPolicy, withRetry } from './retry.ts';
import { sampleOf } from './sniff.ts';

/** Several publishers (hts.usitc.gov among them) answer 403 to agents they do not know. */
export const BROWSER_AGENT =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36';
const PLAIN_AGENT = 'tariff-ledger/0.1';

export type HttpConfig = {
  /** Milliseconds since 1970: the one thing that has no default here. */
  now: () => number;
  sleep?: FetchClock['sleep'];
  random?: FetchClock['random'];
  /** Between two requests to one host, milliseconds. Ignored when a shared `pace` is given. */
  minDelayMs?: number;
  pace?: Pace;
  /** 'browser', 'plain', or the header itself. */
  userAgent?: string;
  retry?: Partial<RetryPolicy>;
  timeouts?: Partial<Timeouts>;
};

/** Live HTTP: conditional, polite, retried, limited, resumable. Throws only FetchErrors (and the reason of an aborted signal). */
export function createHttpFetcher(config: HttpConfig): Fetcher {
  const clock: FetchClock = {
    now: config.now,
    sleep: config.sleep ?? sleepFor,
    random: config.random ?? Math.random,
  };
  const retry = { ...DEFAULT_RETRY, ...config.retry };
  const { exchange, close } = createExchange({
    pace: config.pace ?? createPace(clock, config.minDelayMs ?? 500),
    now: clock.now,
    userAgent: agentOf(config.userAgent ?? 'plain'),
    timeouts: { connect: 15_000, headers: 60_000, body: 60_000, ...config.timeouts },
  });

  async function getOnce(url: string, options: FetchOptions): Promise<Fetched> {
    const headers = { 'accept-encoding': ENCODINGS, ...conditional(options) };
    const response = await exchange(url, headers, options);
    if (response.status === 304) return notModified(response, headers);
    await assertWhole(response);
    const chunks: Buffer[] = [];
    for await (const chunk of decodedBody(response, options.maxBytes ?? DEFAULT_MAX_BYTES, options.signal)) {
      chunks.push(chunk);
    }
    const body = Buffer.concat(chunks);
    assertContent(options.expect, sampleOf(body), response.url, response.status);
    return { ...headOf(response), body };
  }

  return {
    get: (url, options = {}) => withRetry(clock, retry, options.signal, () => getOnce(url, options)),
    download: (url, file, options = {}) =>
      withRetry(clock, retry, options.signal, () => downloadResumably(exchange, url, file, options)),
    close,
  };
}

/** A part of a file (206, 416) that was not asked for must not pass as the file. */
async function assertWhole(response: Response): Promise<void> {
  if (response.status !== 206 && response.status !== 416) return;
  await response.body.dump().catch(() => undefined);
  throw new UnexpectedContent({ url: response.url, status: response.status, detail: 'no range was asked for' });
}

async function sleepFor(ms: number, signal?: AbortSignal): Promise<void> {
  await wait(ms, undefined, signal === undefined ? {} : { signal });
}

function agentOf(choice: string): string {
  return choice === 'browser' ? BROWSER_AGENT : choice === 'plain' ? PLAIN_AGENT : choice;
}
