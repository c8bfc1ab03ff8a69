import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from '../../db/connect.ts';
import type { IngestDeps, ProgressEvent } from '../../ingest/deps.ts';
import type { Fetcher } from '../../ingest/fetch/fetcher.ts';
import { openStore } from '../../snapshots/store.ts';

/** The pipeline on a real database and a store in a temporary folder; time is what `clock` says. */
export async function ingestDeps(
  database: Database,
  fetch: Fetcher,
  clock: () => string,
): Promise<IngestDeps & { events: ProgressEvent[] }> {
  const events: ProgressEvent[] = [];
  const store = await openStore(await mkdtemp(join(tmpdir(), 'tariff-store-')));
  return { database, store, fetch, clock, codeVersion: 'test', report: (event) => void events.push(event), events };
}
