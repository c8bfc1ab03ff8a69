import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openEmbedded } from '../db/embedded.ts';
import type { BuiltCommand } from './command.ts';

const SHARED_MIRROR = fileURLToPath(new URL('../../shared/mirror', import.meta.url));

/** The official files beside the repository; null when they are not there. */
export const MIRROR: string | null = existsSync(SHARED_MIRROR) ? SHARED_MIRROR : null;

/** What the parts share: built and loaded by the first that needs it. */
export interface Materials {
  /** Removed at the end. */
  folder: string;
  command(): Promise<BuiltCommand>;
  /** A data directory with everything in the mirror: loaded once, or given. */
  ledger(): Promise<string>;
  note(message: string): void;
}

/** Runs `use` on the database of a data directory that a command with TARIFF_MIRROR filled. */
export async function withLedger<T>(dataDir: string, use: (connectionString: string) => Promise<T>): Promise<T> {
  const server = await openEmbedded({ dataDir: join(dataDir, 'mirror', 'postgres'), log: () => undefined });
  try {
    return await use(server.connectionString);
  } finally {
    await server.stop();
  }
}
