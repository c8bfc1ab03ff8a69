import { addDays } from '../transforms/dates.ts';
import { atMost, type Figure, figure } from './figure.ts';
import { declarableCodes } from './lookup.ts';
import { askFor, type Request, withServer } from './route-load.ts';

const CONNECTIONS = 20;
const ORIGINS = ['CN', 'DE', 'CA', 'MX', 'JP', 'VN', 'GB', 'BR', 'IN', 'CH', 'KR', 'TW'];
const FIRST = '2025-01-01';
const DAYS = 600;

/**
 * Duty answers of a warm server: GET and POST, random codes of the tariff, origins and dates, so that hardly any question comes twice and
 * the answer cache does not help. Asked for: p95 of 25 ms at 20 connections.
 */
export async function benchDuties(connectionString: string, seconds: number): Promise<Figure[]> {
  // Chapters 98 and 99 are claimed beside a code of the goods, not asked for by themselves.
  const codes = (await declarableCodes(connectionString)).filter((code) => code < '98');
  const question = () => ({ code: pick(codes), origin: pick(ORIGINS), as_of: addDays(FIRST, random(DAYS)) });
  let asked = 0;
  const next = (): Request => {
    const { code, origin, as_of } = question();
    if (asked++ % 2 === 0) return { path: `/api/v1/duties?code=${code}&origin=${origin}&as_of=${as_of}` };
    const body = {
      code,
      origin,
      as_of,
      destination: 'US',
      customs_value: { amount: String(100 + random(100_000)), currency: 'USD' },
      quantities: [{ unit: 'KGM', amount: String(1 + random(500)) }],
      facts: random(2) === 0 ? { preference: 'A' } : {},
    };
    return { method: 'POST', path: '/api/v1/duties', body };
  };
  const noop = (): Request => ({ path: '/health' });
  const { idle, duties } = await withServer(connectionString, async (url) => {
    await askFor(3, url, 'warm-up', CONNECTIONS, next);
    const idle = await askFor(seconds, url, 'no-op', CONNECTIONS, noop);
    return { idle, duties: await askFor(seconds, url, 'duties', CONNECTIONS, next) };
  });
  return [
    figure('duties', 'no-op route', idle.requests_per_second, 'req/s'),
    figure('duties', 'no-op route, p95', idle.p95_ms, 'ms'),
    figure('duties', `GET and POST, ${codes.length} codes`, duties.requests_per_second, 'req/s'),
    figure('duties', 'p50', duties.p50_ms, 'ms'),
    figure('duties', 'p95', duties.p95_ms, 'ms', atMost(25)),
    figure('duties', 'p99', duties.p99_ms, 'ms'),
    // A date before the line existed is answered with 404; anything else would be a fault.
    figure('duties', 'other than 2xx', duties.failures, 'requests'),
  ];
}

function random(below: number): number {
  return Math.floor(Math.random() * below);
}

function pick(from: readonly string[]): string {
  return from[random(from.length)] ?? '';
}
