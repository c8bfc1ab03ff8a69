import type { FetchClock } from '../../ingest/fetch/retry.ts';

/** A clock that only sleeping moves: waits are recorded, nothing is waited for. Starts on 2026-11-20T09:00:00Z. */
export function fakeFetchClock(): FetchClock & { slept: number[] } {
  let time = 1_795_165_200_000;
  const slept: number[] = [];
  return {
    slept,
    now: () => time,
    random: () => 0,
    sleep: (ms) => {
      slept.push(ms);
      time += ms;
      return Promise.resolve();
    },
  };
}
