import type { FetchClock } from './retry.ts';

/** Waits for the host's turn. One pace may be shared by several fetchers that ask the same host. */
export type Pace = (host: string, signal?: AbortSignal) => Promise<void>;

/** At least `minDelayMs` between the starts of two requests to one host, however many callers there are. */
export function createPace(clock: Pick<FetchClock, 'now' | 'sleep'>, minDelayMs: number): Pace {
  const nextTurn = new Map<string, number>();
  return async (host, signal) => {
    const now = clock.now();
    const turn = Math.max(now, nextTurn.get(host) ?? now);
    nextTurn.set(host, turn + minDelayMs);
    if (turn > now) await clock.sleep(turn - now, signal);
  };
}
