import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import autocannon from 'autocannon';
import { sql } from 'kysely';
import { openDatabase } from '../db/connect.ts';
import { openEmbedded } from '../db/embedded.ts';
import { migrate } from '../db/migrate.ts';
import { openMirror } from '../ingest/fetch/mirror.ts';
import { runSource } from '../ingest/run.ts';
import { usHtsus } from '../ingest/sources/us-htsus.ts';
import { wcoHs } from '../ingest/sources/wco-hs.ts';
import { openStore } from '../snapshots/store.ts';
import { writeHtsMirror } from '../test/support/hts-mirror.ts';

/**
 * Lookup by code against the no-op route of the same server in the same run, 50 connections, random declarable codes.
 * Asked for: at least 40 % of the no-op route's throughput and a p99 below 25 ms.
 */
export interface RouteFigures {
  route: string;
  requests_per_second: number;
  p50_ms: number;
  p99_ms: number;
  max_ms: number;
  failures: number;
}

export interface LookupBench {
  connections: number;
  seconds: number;
  /** Distinct codes asked for at random. */
  codes: number;
  data: 'mirror' | 'fixture' | 'given database';
  routes: RouteFigures[];
  share_of_no_op: number;
  share_of_no_op_without_cache: number;
}

const SHARED_MIRROR = fileURLToPath(new URL('../../shared/mirror', import.meta.url));

export async function benchLookup({ seconds = 8, connections = 50, databaseUrl = '' } = {}): Promise<LookupBench> {
  const ledger =
    databaseUrl === ''
      ? await loadLedger()
      : { connectionString: databaseUrl, data: 'given database' as const, close: () => Promise.resolve() };
  try {
    const codes = await declarableCodes(ledger.connectionString);
    const random = () => `/api/v1/lookup?code=${codes[Math.floor(Math.random() * codes.length)] ?? ''}`;
    const routes: RouteFigures[] = [];
    await withServer(ledger.connectionString, [], async (url) => {
      await measure(url, 'warm-up', () => '/health', 2, connections);
      await measure(url, 'warm-up', random, 2, connections);
      routes.push(await measure(url, 'no-op (/health)', () => '/health', seconds, connections));
      routes.push(await measure(url, 'lookup, cache filling', random, seconds, connections));
      routes.push(await measure(url, 'lookup', random, seconds, connections));
    });
    await withServer(ledger.connectionString, ['0'], async (url) => {
      await measure(url, 'warm-up', random, 2, connections);
      routes.push(await measure(url, 'lookup, no cache', random, seconds, connections));
    });
    const rate = (name: string) => routes.find(({ route }) => route === name)?.requests_per_second ?? 0;
    const share = (name: string) => Number((rate(name) / rate('no-op (/health)')).toFixed(3));
    return {
      connections,
      seconds,
      codes: codes.length,
      data: ledger.data,
      routes,
      share_of_no_op: share('lookup'),
      share_of_no_op_without_cache: share('lookup, no cache'),
    };
  } finally {
    await ledger.close();
  }
}

/** A ledger with one whole edition from the mirror beside the repository, or with the fixture when there is none. */
async function loadLedger() {
  const dir = await mkdtemp(join(tmpdir(), 'bench-lookup-'));
  const real = existsSync(SHARED_MIRROR);
  const server = await openEmbedded({ dataDir: dir, log: () => undefined });
  const database = openDatabase({ connectionString: server.connectionString });
  await migrate(database.db);
  const fetch = await openMirror(real ? SHARED_MIRROR : await writeHtsMirror());
  const deps = {
    database,
    store: await openStore(join(dir, 'snapshots')),
    fetch,
    clock: () => new Date().toISOString(),
    codeVersion: 'bench',
    report: () => undefined,
    sample: !real,
  };
  await runSource(deps, usHtsus, { trigger: 'manual' });
  if (real) await runSource(deps, wcoHs, { trigger: 'manual' });
  await database.close();
  const close = async (): Promise<void> => {
    await fetch.close();
    await server.stop();
    await rm(dir, { recursive: true, force: true });
  };
  return { connectionString: server.connectionString, data: real ? ('mirror' as const) : ('fixture' as const), close };
}

async function declarableCodes(connectionString: string): Promise<string[]> {
  const { db, close } = openDatabase({ connectionString, maxConnections: 1 });
  try {
    const { rows } = await sql<{ code: string }>`
      select distinct code from goods_nomenclature
      where source_id = 'us.htsus' and declarable and code is not null and known_to is null and valid_to is null order by code`.execute(
      db,
    );
    return rows.map((row) => row.code);
  } finally {
    await close();
  }
}

async function withServer(
  connectionString: string,
  options: string[],
  use: (url: string) => Promise<void>,
): Promise<void> {
  const path = fileURLToPath(new URL('lookup-server.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', path, connectionString, ...options], {
    stdio: ['pipe', 'pipe', 'inherit'],
    cwd: fileURLToPath(new URL('..', import.meta.url)),
  });
  try {
    await use(await firstLine(child));
  } finally {
    child.stdin.end();
    await new Promise((resolve) => child.once('exit', resolve));
  }
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the server ended with ${String(code)} before it listened`)));
    child.stdout?.once('data', (chunk: Buffer) => resolve(chunk.toString().trim()));
  });
}

async function measure(
  url: string,
  route: string,
  path: () => string,
  seconds: number,
  connections: number,
): Promise<RouteFigures> {
  const result = await autocannon({
    url,
    connections,
    duration: seconds,
    // Both routes pay for this: the client side is the same.
    requests: [{ method: 'GET', setupRequest: (request) => ({ ...request, path: path() }) }],
  });
  return {
    route,
    requests_per_second: Math.round(result.requests.average),
    p50_ms: result.latency.p50,
    p99_ms: result.latency.p99,
    max_ms: result.latency.max,
    failures: result.non2xx + result.errors,
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const bench = await benchLookup({ databaseUrl: process.env.DATABASE_URL ?? '' });
  console.table(bench.routes);
  console.log(JSON.stringify(bench));
}
