import { parseHttpDate } from './http-date.ts';
import { FetchError } from './errors.ts';

/** Time and chance, passed in so that tests need neither. `now` in milliseconds since 1970. */
export type FetchClock = {
  now: () => number;
  sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** In [0, 1). */
  random: () => number;
};

/** `attempts` counts the first one. All times in milliseconds. */
export type RetryPolicy = { attempts: number; baseMs: number; maxMs: number; maxRetryAfterMs: number };

export const DEFAULT_RETRY: RetryPolicy = { attempts: 5, baseMs: 1_000, maxMs: 60_000, maxRetryAfterMs: 300_000 };

/** Runs `attempt` until it succeeds, fails for good, or the attempts are used up; throws the last error. */
export async function withRetry<T>(
  clock: FetchClock,
  policy: RetryPolicy,
  signal: AbortSignal | undefined,
  attempt: () => Promise<T>,
): Promise<T> {
  for (let failures = 1; ; failures++) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof FetchError)) throw error;
      error.context.attempts = failures;
      if (!error.retryable || failures >= policy.attempts) throw error;
      await clock.sleep(retryDelay(clock, policy, failures, error.context.retryAfterMs), signal);
    }
  }
}

/** Exponential with the upper half random; never earlier than the server asked, within the limit. */
function retryDelay(
  clock: FetchClock,
  policy: RetryPolicy,
  failures: number,
  retryAfterMs: number | undefined,
): number {
  const backoff = Math.min(policy.maxMs, policy.baseMs * 2 ** (failures - 1)) * (0.5 + clock.random() / 2);
  return Math.max(Math.round(backoff), Math.min(retryAfterMs ?? 0, policy.maxRetryAfterMs));
}

/** Retry-After in its two forms (RFC 9110 10.2.3), as milliseconds from now; undefined when absent or neither. */
export function retryAfterMs(header: string | null, now: number): number | undefined {
  if (header === null) return undefined;
  if (/^\d+$/.test(header.trim())) return Number(header.trim()) * 1000;
  const time = parseHttpDate(header);
  return time === null ? undefined : Math.max(0, time - now);
}
