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
import { withDeclarations } from '../ingest/fetch/declared.ts';
import { openMirror } from '../ingest/fetch/mirror.ts';
import { DECLARATIONS, sourceById } from '../ingest/registry.ts';
import { runSource } from '../ingest/run.ts';
import { openStore } from '../snapshots/store.ts';
import { writeHtsMirror } from '../test/support/hts-mirror.ts';

/**
 * POST /validate with code, origin, description and value at 20 connections, warm: at most 10 ms at p95 is asked for. Twice: declarations
 * that repeat (the answer is held) and declarations that never repeat (every description is its own, no answer is held).
 */
export interface ValidateFigures {
  route: string;
  requests_per_second: number;
  p50_ms: number;
  p95_ms: number;
  p99_ms: number;
  failures: number;
}

const SHARED_MIRROR = fileURLToPath(new URL('../../shared/mirror', import.meta.url));
const SOURCES = [
  'us.htsus',
  'wco.hs',
  'us.programmes',
  'us.pga-definitions',
  'us.pga-aphis',
  'us.adcvd',
  'us.uflpa-sectors',
];
const ORIGINS = ['CN', 'DE', 'CA', 'VN', 'IN'];

export async function benchValidate({ seconds = 8, connections = 20, databaseUrl = '' } = {}): Promise<
  ValidateFigures[]
> {
  const ledger =
    databaseUrl === '' ? await loadLedger() : { connectionString: databaseUrl, close: () => Promise.resolve() };
  try {
    const goods = await declarableGoods(ledger.connectionString, 250);
    let count = 0;
    // Every pair of goods and origin in turn, so that the warm-up has asked for all of them.
    const body = (fresh: boolean): string => {
      const { code, description } = goods[Math.floor(count / ORIGINS.length) % goods.length] ?? {
        code: '',
        description: '',
      };
      count += 1;
      return JSON.stringify({
        code,
        destination: 'US',
        origin: ORIGINS[count % ORIGINS.length],
        description: fresh ? `${description} ${count}` : description,
        declared_value: { amount: '1250.00', currency: 'USD' },
      });
    };
    return await withServer(ledger.connectionString, async (url) => {
      const figures: ValidateFigures[] = [];
      await measure(url, 'warm-up', () => body(false), Math.max(seconds, 15), connections);
      figures.push(await measure(url, 'validate, declarations repeat', () => body(false), seconds, connections));
      figures.push(await measure(url, 'validate, every declaration new', () => body(true), seconds, connections));
      return figures;
    });
  } finally {
    await ledger.close();
  }
}

async function loadLedger() {
  const dir = await mkdtemp(join(tmpdir(), 'bench-validate-'));
  const real = existsSync(SHARED_MIRROR);
  const server = await openEmbedded({ dataDir: dir, log: () => undefined });
  const database = openDatabase({ connectionString: server.connectionString });
  await migrate(database.db);
  const fetch = withDeclarations(await openMirror(real ? SHARED_MIRROR : await writeHtsMirror()), DECLARATIONS);
  const store = await openStore(join(dir, 'snapshots'));
  const clock = () => new Date().toISOString();
  const deps = { database, store, fetch, clock, codeVersion: 'bench', report: () => undefined, sample: !real };
  for (const id of SOURCES) {
    const source = sourceById(id);
    if (source) await runSource(deps, source, { trigger: 'manual' });
  }
  await database.close();
  const close = async (): Promise<void> => {
    await fetch.close();
    await server.stop();
    await rm(dir, { recursive: true, force: true });
  };
  return { connectionString: server.connectionString, close };
}

async function declarableGoods(
  connectionString: string,
  limit: number,
): Promise<{ code: string; description: string }[]> {
  const { db, close } = openDatabase({ connectionString, maxConnections: 1 });
  try {
    const { rows } = await sql<{ code: string; description: string }>`
      select g.code, h.description from goods_nomenclature g
      join goods_nomenclature h on h.source_id = g.source_id and h.code = left(g.code, 4) and h.known_to is null and h.valid_to is null
      where g.source_id = 'us.htsus' and g.declarable and g.code < '98' and g.known_to is null and g.valid_to is null
      order by md5(g.code) limit ${limit}`.execute(db);
    return rows.map(({ code, description }) => ({ code, description: description.slice(0, 120) }));
  } finally {
    await close();
  }
}

async function withServer<T>(connectionString: string, use: (url: string) => Promise<T>): Promise<T> {
  const path = fileURLToPath(new URL('lookup-server.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', path, connectionString], {
    stdio: ['pipe', 'pipe', 'inherit'],
    cwd: fileURLToPath(new URL('..', import.meta.url)),
  });
  try {
    return await use(await firstLine(child));
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
  body: () => string,
  seconds: number,
  connections: number,
): Promise<ValidateFigures> {
  const result = await autocannon({
    url,
    connections,
    duration: seconds,
    requests: [
      {
        method: 'POST',
        path: '/api/v1/validate',
        headers: { 'content-type': 'application/json' },
        setupRequest: (request) => ({ ...request, body: body() }),
      },
    ],
  });
  return {
    route,
    requests_per_second: Math.round(result.requests.average),
    p50_ms: result.latency.p50,
    // autocannon has no 95th percentile: the next one above it.
    p95_ms: result.latency.p97_5,
    p99_ms: result.latency.p99,
    failures: result.non2xx + result.errors,
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const figures = await benchValidate({ databaseUrl: process.env.DATABASE_URL ?? '' });
  console.table(figures);
  console.log(JSON.stringify(figures));
}
