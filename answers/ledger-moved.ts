import type { LedgerView } from './ledger-view.ts';

/** The ledger was read in another version than the view has: what was read belongs to another answer, and is not kept. */
class LedgerMoved extends Error {
  override name = 'LedgerMoved';
}

/** Throws LedgerMoved unless `version` is the view's. */
export function assertVersion(view: LedgerView, version: number | null): void {
  if ((version ?? 0) !== view.version) {
    throw new LedgerMoved(`read at version ${String(version)}, expected ${view.version}`);
  }
}

/** For a reader under `readAt`: a reading of another version reports itself as such, and is tried again. */
export async function orMoved<T extends { version: number | null }>(
  read: () => Promise<T>,
): Promise<T | { version: -1 }> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof LedgerMoved) return { version: -1 };
    throw error;
  }
}
