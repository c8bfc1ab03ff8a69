import type { Database } from '../db/connect.ts';
import type { SnapshotStore } from '../snapshots/store.ts';
import type { Fetcher } from './fetch/fetcher.ts';

/** What the pipeline works with; bin/ puts it together, tests put it together differently. */
export interface IngestDeps {
  database: Database;
  store: SnapshotStore;
  fetch: Fetcher;
  /** The current instant, RFC 3339 UTC with milliseconds. */
  clock: () => string;
  /** Version of the code that parses: tells a better parser from a publisher's change. */
  codeVersion: string;
  report: (event: ProgressEvent) => void;
  /** The bundled sample: real formats, a handful of rows. Bounds made for whole publications do not apply to it. */
  sample?: boolean;
}

export interface ProgressEvent {
  source: string;
  edition: string | null;
  stage: 'discover' | 'fetch' | 'parse' | 'check' | 'publish' | 'done';
  message: string;
}
