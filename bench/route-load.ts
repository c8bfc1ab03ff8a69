import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import autocannon from 'autocannon';

export interface RouteFigures {
  route: string;
  requests_per_second: number;
  p50_ms: number;
  p95_ms: number;
  p99_ms: number;
  failures: number;
}

export interface Request {
  method?: 'GET' | 'POST';
  path: string;
  body?: unknown;
}

/** A server of the given database in a process of its own, as long as `use` takes. `cacheBytes` 0: no answer is kept. */
export async function withServer<T>(
  connectionString: string,
  use: (url: string) => Promise<T>,
  cacheBytes?: number,
): Promise<T> {
  const path = fileURLToPath(new URL('server.ts', import.meta.url));
  const options = cacheBytes === undefined ? [] : [String(cacheBytes)];
  const child = spawn(process.execPath, ['--import', 'tsx', path, connectionString, ...options], {
    stdio: ['pipe', 'pipe', 'inherit'],
    cwd: fileURLToPath(new URL('..', import.meta.url)),
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  try {
    return await use(await firstLine(child));
  } finally {
    child.stdin.end();
    await ended;
  }
}

/** Asks `next()` over and over on `connections` connections for `seconds`. */
export async function askFor(
  seconds: number,
  url: string,
  route: string,
  connections: number,
  next: () => Request,
): Promise<RouteFigures> {
  const latencies: number[] = [];
  const result = await new Promise<autocannon.Result>((resolve, reject) => {
    const running = autocannon(
      {
        url,
        connections,
        duration: seconds,
        // Every route pays for this: the client side is the same.
        requests: [{ setupRequest: (request) => ({ ...request, ...asSent(next()) }) }],
      },
      (error: Error | null, found) => (error ? reject(error) : resolve(found)),
    );
    // The summary has no p95.
    running.on('response', (_client, _status, _bytes, ms) => latencies.push(ms));
  });
  latencies.sort((a, b) => a - b);
  const percentile = (share: number) => Number((latencies[Math.floor(latencies.length * share)] ?? 0).toFixed(2));
  return {
    route,
    requests_per_second: Math.round(result.requests.average),
    p50_ms: percentile(0.5),
    p95_ms: percentile(0.95),
    p99_ms: percentile(0.99),
    failures: result.non2xx + result.errors,
  };
}

function asSent({ method = 'GET', path, body }: Request) {
  return body === undefined
    ? { method, path }
    : { method, path, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the server ended with ${String(code)} before it listened`)));
    child.stdout?.once('data', (chunk: Buffer) => resolve(chunk.toString().trim()));
  });
}
