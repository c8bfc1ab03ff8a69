import { sql } from 'kysely';
import { openDatabase } from '../db/connect.ts';
import { atMost, type Figure, figure } from './figure.ts';
import { askFor, type Request, withServer } from './route-load.ts';

const CONNECTIONS = 20;
const ORIGINS = ['CN', 'DE', 'CA', 'VN', 'IN'];
const GOODS = 250;

/**
 * POST /validate with code, origin, description and value, warm: a p95 of at most 10 ms at 20 connections is asked for. Twice: declarations
 * that repeat (the answer is held) and declarations that never repeat (every description is its own, no answer is held).
 */
export async function benchValidate(connectionString: string, seconds: number): Promise<Figure[]> {
  const goods = await declarableGoods(connectionString);
  let count = 0;
  // Every pair of goods and origin in turn, so that the warm-up has asked for all of them.
  const next = (fresh: boolean): Request => {
    const { code, description } = goods[Math.floor(count / ORIGINS.length) % goods.length] ?? {
      code: '',
      description: '',
    };
    count += 1;
    const body = {
      code,
      destination: 'US',
      origin: ORIGINS[count % ORIGINS.length],
      description: fresh ? `${description} ${count}` : description,
      declared_value: { amount: '1250.00', currency: 'USD' },
    };
    return { method: 'POST', path: '/api/v1/validate', body };
  };
  const { idle, repeated, fresh } = await withServer(connectionString, async (url) => {
    await askFor(Math.max(seconds, 12), url, 'warm-up', CONNECTIONS, () => next(false));
    return {
      idle: await askFor(seconds, url, 'no-op', CONNECTIONS, () => ({ path: '/health' })),
      repeated: await askFor(seconds, url, 'validate', CONNECTIONS, () => next(false)),
      fresh: await askFor(seconds, url, 'validate', CONNECTIONS, () => next(true)),
    };
  });
  return [
    figure('validate', 'no-op route, p95', idle.p95_ms, 'ms'),
    figure('validate', 'declarations repeat', repeated.requests_per_second, 'req/s'),
    figure('validate', 'declarations repeat, p95', repeated.p95_ms, 'ms', atMost(10)),
    figure('validate', 'every declaration new', fresh.requests_per_second, 'req/s'),
    figure('validate', 'every declaration new, p95', fresh.p95_ms, 'ms', atMost(10)),
    figure('validate', 'failed requests', repeated.failures + fresh.failures, '', atMost(0)),
  ];
}

async function declarableGoods(connectionString: string): Promise<{ code: string; description: string }[]> {
  const { db, close } = openDatabase({ connectionString, maxConnections: 1 });
  try {
    const { rows } = await sql<{ code: string; description: string }>`
      select g.code, h.description from goods_nomenclature g
      join goods_nomenclature h on h.source_id = g.source_id and h.code = left(g.code, 4) and h.known_to is null and h.valid_to is null
      where g.source_id = 'us.htsus' and g.declarable and g.code < '98' and g.known_to is null and g.valid_to is null
      order by md5(g.code) limit ${GOODS}`.execute(db);
    return rows.map(({ code, description }) => ({ code, description: description.slice(0, 120) }));
  } finally {
    await close();
  }
}
