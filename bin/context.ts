import { join } from 'node:path';
import { openDatabase, type Database } from '../db/connect.ts';
import { openEmbedded, type Embedded } from '../db/embedded.ts';
import { migrate } from '../db/migrate.ts';
import type { IngestDeps } from '../ingest/deps.ts';
import { withDeclarations } from '../ingest/fetch/declared.ts';
import type { Fetcher } from '../ingest/fetch/fetcher.ts';
import { createHttpFetcher } from '../ingest/fetch/http.ts';
import { openMirror } from '../ingest/fetch/mirror.ts';
import { DECLARATIONS } from '../ingest/registry.ts';
import type { Source } from '../ingest/source.ts';
import { openStore, type SnapshotStore } from '../snapshots/store.ts';
import type { Env } from './env.ts';
import { SAMPLE_DIR, VERSION } from './package.ts';
import type { Progress } from './progress.ts';

/** What a command works with. Opened once per process, closed in the reverse order. */
export interface Context {
  env: Env;
  database: Database;
  store: SnapshotStore;
  /** Names of the migrations that opening ran. */
  migrated: readonly string[];
  clock: () => string;
  codeVersion: string;
  /** The pipeline's dependencies for a source: its own pace and user agent on live HTTP. */
  deps(source: Source): IngestDeps;
  /** Aborted when the process is asked to end: finish the edition, then stop. */
  stop: AbortSignal;
  progress: Progress;
  close(): Promise<void>;
}

export async function openContext(env: Env, progress: Progress, stop: AbortSignal): Promise<Context> {
  const closers: (() => Promise<void>)[] = [];
  const close = async () => {
    progress.close();
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    const embedded = env.databaseUrl === null ? await openOwn(env, progress) : null;
    if (embedded) closers.push(() => embedded.stop());
    const database = openDatabase({ connectionString: embedded?.connectionString ?? env.databaseUrl ?? '' });
    closers.push(() => database.close());
    const migrated = await migrate(database.db);
    const store = await openStore(join(env.dataDir, 'snapshots'));
    const fetcherOf = await openFetchers(env, closers);
    const clock = () => new Date().toISOString();
    const deps = (source: Source): IngestDeps => ({
      database,
      store,
      fetch: fetcherOf(source),
      clock,
      codeVersion: VERSION,
      report: progress.report,
      sample: env.source === 'sample',
    });
    return { env, database, store, migrated, clock, codeVersion: VERSION, deps, stop, progress, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function openOwn(env: Env, progress: Progress): Promise<Embedded> {
  return openEmbedded({
    dataDir: join(env.dataDir, 'postgres'),
    log: (message) => progress.note(`database: ${message}`),
  });
}

/** One fetcher for a mirror; on live HTTP one per pace and user agent, made when a source first needs it. */
async function openFetchers(env: Env, closers: (() => Promise<void>)[]): Promise<(source: Source) => Fetcher> {
  const folder = env.source === 'sample' ? SAMPLE_DIR : env.mirror;
  if (folder !== null) {
    const mirror = withDeclarations(await openMirror(folder), DECLARATIONS);
    closers.push(() => mirror.close());
    return () => mirror;
  }
  const made = new Map<string, Fetcher>();
  return (source) => {
    const { minDelayMs = 500, userAgent = 'plain' } = source.http ?? {};
    const key = `${minDelayMs}/${userAgent}`;
    const known = made.get(key);
    if (known) return known;
    const fetcher = withDeclarations(createHttpFetcher({ now: () => Date.now(), minDelayMs, userAgent }), DECLARATIONS);
    closers.push(() => fetcher.close());
    made.set(key, fetcher);
    return fetcher;
  };
}
