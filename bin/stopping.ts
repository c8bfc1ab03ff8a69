/**
 * Turns the first SIGINT or SIGTERM into an abort, so that work in hand ends in order; a second one ends the process at once.
 * Under `npm start` a terminal's Ctrl-C arrives twice (from the terminal and passed on by npm), hence the two seconds in which
 * another signal means nothing. (close-with-grace takes that second one for impatience and exits in the middle of a publication.)
 */
export function listenForStop(note: (message: string) => void): { stop: AbortSignal; dispose: () => void } {
  const controller = new AbortController();
  let first = 0;
  const onSignal = (signal: NodeJS.Signals) => {
    if (first === 0) {
      first = Date.now();
      note(`${signal}: finishing what is under way (a second signal ends at once)`);
      controller.abort();
    } else if (Date.now() - first > 2_000) {
      process.exit(signal === 'SIGINT' ? 130 : 143);
    }
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return {
    stop: controller.signal,
    dispose: () => {
      process.off('SIGINT', onSignal);
      process.off('SIGTERM', onSignal);
    },
  };
}

export function whenAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
