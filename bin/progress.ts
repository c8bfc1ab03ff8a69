import type { ProgressEvent } from '../ingest/deps.ts';

/** The part of a terminal that progress needs. */
export interface Screen {
  isTTY?: boolean | undefined;
  columns?: number | undefined;
  write(text: string): unknown;
}

export interface Progress {
  report(event: ProgressEvent): void;
  /** A line of its own; does not get lost in the updating line. */
  note(message: string): void;
  /** Ends the updating line. */
  close(): void;
}

/**
 * Where a load stands. On a terminal one updating line per source; elsewhere a plain line per event that is worth keeping in a log;
 * nothing when `silent` (--json). Always on standard error: standard output belongs to results.
 */
export function createProgress(screen: Screen, silent: boolean): Progress {
  let open = false;
  const endLine = () => {
    if (open) screen.write('\n');
    open = false;
  };
  if (silent) return { report: () => undefined, note: () => undefined, close: () => undefined };
  return {
    report(event) {
      const edition = event.edition === null ? '' : ` ${event.edition}`;
      const text = `${event.source}${edition}  ${event.stage}: ${event.message}`;
      if (screen.isTTY !== true) {
        // The steps between are of a second: on a terminal they show life, in a log they are noise.
        if (event.stage !== 'fetch' && event.stage !== 'check' && event.stage !== 'parse') screen.write(`${text}\n`);
        return;
      }
      const width = Math.max(20, (screen.columns ?? 80) - 1);
      screen.write(`\r\u001b[2K${text.length > width ? `${text.slice(0, width - 1)}…` : text}`);
      open = true;
      if (event.stage === 'done') endLine();
    },
    note(message) {
      endLine();
      screen.write(`${message}\n`);
    },
    close: endLine,
  };
}
