import { sql } from 'kysely';
import { openDatabase } from '../db/connect.ts';
import { atLeast, atMost, type Figure, figure } from './figure.ts';
import { askFor, withServer } from './route-load.ts';

const CONNECTIONS = 50;

/**
 * Lookup by code against the no-op route of the same server in the same run, 50 connections, random declarable codes. Asked for: at least
 * 40 % of the no-op route's throughput and a p99 below 25 ms. Warm: the answers have been given before; and with the answer cache off.
 */
export async function benchLookup(connectionString: string, seconds: number): Promise<Figure[]> {
  const codes = await declarableCodes(connectionString);
  const random = () => ({ path: `/api/v1/lookup?code=${codes[Math.floor(Math.random() * codes.length)] ?? ''}` });
  const ask = (url: string, route: string, next: () => { path: string }, time = seconds) =>
    askFor(time, url, route, CONNECTIONS, next);
  const health = () => ({ path: '/health' });
  const warm = await withServer(connectionString, async (url) => {
    await ask(url, 'warm-up', health, 2);
    await ask(url, 'warm-up', random, 2);
    const filling = await ask(url, 'lookup, cache filling', random);
    return { filling, noop: await ask(url, 'no-op', health), lookup: await ask(url, 'lookup', random) };
  });
  const cold = await withServer(
    connectionString,
    async (url) => {
      await ask(url, 'warm-up', random, 2);
      return { noop: await ask(url, 'no-op', health), lookup: await ask(url, 'lookup, no cache', random) };
    },
    0,
  );
  const failures = [warm.filling, warm.lookup, cold.lookup].reduce((sum, each) => sum + each.failures, 0);
  return [
    figure('lookup', 'no-op route', warm.noop.requests_per_second, 'req/s'),
    figure('lookup', 'no-op route, p99', warm.noop.p99_ms, 'ms'),
    figure('lookup', `lookup of ${codes.length} codes`, warm.lookup.requests_per_second, 'req/s'),
    figure(
      'lookup',
      'share of the no-op route',
      share(warm.lookup.requests_per_second, warm.noop.requests_per_second),
      '%',
      atLeast(40),
    ),
    figure('lookup', 'p50', warm.lookup.p50_ms, 'ms'),
    figure('lookup', 'p99', warm.lookup.p99_ms, 'ms', atMost(25)),
    figure('lookup', 'cache filling', warm.filling.requests_per_second, 'req/s'),
    figure('lookup', 'cache filling, p99', warm.filling.p99_ms, 'ms'),
    figure('lookup', 'no answer cache', cold.lookup.requests_per_second, 'req/s'),
    figure(
      'lookup',
      'no answer cache, share of the no-op route',
      share(cold.lookup.requests_per_second, cold.noop.requests_per_second),
      '%',
    ),
    figure('lookup', 'no answer cache, p99', cold.lookup.p99_ms, 'ms'),
    figure('lookup', 'failed requests', failures, '', atMost(0)),
  ];
}

function share(part: number, whole: number): number {
  return (100 * part) / whole;
}

export async function declarableCodes(connectionString: string): Promise<string[]> {
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
