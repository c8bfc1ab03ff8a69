import { Agent, request, type Dispatcher } from 'undici';
import { PermanentFetch, TransientFetch } from './errors.ts';
import type { FetchOptions } from './fetcher.ts';
import type { Pace } from './pace.ts';
import { retryAfterMs } from './retry.ts';
import { errorOfStatus } from './status.ts';

/** Milliseconds; `body` is the longest silence between two chunks. */
export type Timeouts = { connect: number; headers: number; body: number };

export type Response = {
  status: number;
  url: string;
  header: (name: string) => string | null;
  body: Dispatcher.ResponseData['body'];
};

/** Sends one request (no retries) and follows redirects. Resolves for 2xx, 304 and 416; everything else throws its typed error. */
export type Exchange = (url: string, headers: Record<string, string>, options: FetchOptions) => Promise<Response>;

const MAX_REDIRECTS = 8;
const ERROR_PAGE_BYTES = 16 * 1024;

/** Live HTTP over undici: its global fetch has no dispatcher options, so no time-outs and no limits. */
export function createExchange(deps: { pace: Pace; now: () => number; userAgent: string; timeouts: Timeouts }): {
  exchange: Exchange;
  close: () => Promise<void>;
} {
  const { timeouts } = deps;
  const dispatcher = new Agent({
    connect: { timeout: timeouts.connect },
    headersTimeout: timeouts.headers,
    bodyTimeout: timeouts.body,
  });

  async function exchange(start: string, headers: Record<string, string>, options: FetchOptions): Promise<Response> {
    let url = httpUrl(start, start);
    let method = options.method ?? 'GET';
    let sent: Record<string, string> = {
      'user-agent': deps.userAgent,
      accept: '*/*',
      ...lowerCased(options.headers),
      ...headers,
    };
    for (let hops = 0; hops <= MAX_REDIRECTS; hops++) {
      await deps.pace(url.host, options.signal);
      const answer = await send(url, { method, headers: sent, options });
      const header = (name: string): string | null => first(answer.headers[name]);
      const { statusCode: status, body } = answer;
      const location = status >= 300 && status < 400 && status !== 304 ? header('location') : null;
      if (location === null) {
        if ((status >= 200 && status < 300) || status === 304 || status === 416) {
          return { status, url: url.href, header, body };
        }
        const page = await startOf(body);
        const wait = retryAfterMs(header('retry-after'), deps.now());
        throw errorOfStatus({ url: url.href, status, ...(wait === undefined ? {} : { retryAfterMs: wait }) }, page);
      }
      await body.dump().catch(() => undefined);
      const next = httpUrl(location, url.href);
      // Keys and tokens are for the host they were given for.
      if (next.host !== url.host) sent = without(sent, ['authorization', 'cookie', 'x-api-key']);
      if (status === 303 || (method === 'POST' && status < 303)) method = 'GET';
      url = next;
    }
    throw new PermanentFetch({ url: start, detail: `more than ${MAX_REDIRECTS} redirects` });
  }

  async function send(
    url: URL,
    { method, headers, options }: { method: 'GET' | 'POST'; headers: Record<string, string>; options: FetchOptions },
  ): Promise<Dispatcher.ResponseData> {
    try {
      return await request(url, {
        dispatcher,
        method,
        headers,
        body: method === 'POST' ? (options.body ?? null) : null,
        signal: options.signal ?? null,
      });
    } catch (cause) {
      if (options.signal?.aborted === true) throw cause;
      throw new TransientFetch({ url: url.href, detail: messageOf(cause), cause });
    }
  }

  return { exchange, close: () => dispatcher.close() };
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function httpUrl(address: string, base: string): URL {
  if (!URL.canParse(address, base)) throw new PermanentFetch({ url: address, detail: 'not an address' });
  const url = new URL(address, base);
  if (url.protocol === 'https:' || url.protocol === 'http:') return url;
  throw new PermanentFetch({ url: base, detail: `cannot ask ${url.protocol} addresses over the network` });
}

async function startOf(body: Dispatcher.ResponseData['body']): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of body) {
      const buffer: Buffer = chunk;
      chunks.push(buffer);
      bytes += buffer.length;
      if (bytes >= ERROR_PAGE_BYTES) break; // leaving the loop destroys the rest
    }
  } catch {
    // The status has said what matters; the page only explains it.
  }
  return Buffer.concat(chunks).toString('latin1');
}

function lowerCased(headers: Readonly<Record<string, string>> | undefined): Record<string, string> {
  return Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
}

function without(headers: Record<string, string>, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name)));
}

function first(value: string | string[] | undefined): string | null {
  return (Array.isArray(value) ? value[0] : value) ?? null;
}
