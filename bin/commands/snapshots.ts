import type { Command } from 'commander';
import { allSnapshots } from '../../db/snapshots.ts';
import type { SnapshotState } from '../../snapshots/store.ts';
import { EXIT } from '../exit-codes.ts';
import { type CommonOptions, define, perform } from '../perform.ts';

export function snapshotsCommand(program: Command): void {
  const snapshots = program.command('snapshots').description('the kept bytes');
  define(
    snapshots,
    'verify',
    're-hash every kept file; report missing and damaged ones, and files that no row knows',
  ).action((options: CommonOptions) =>
    perform(options, async ({ open, stop, result }) => {
      const { database, store } = await open();
      const known = new Set<string>();
      const faults: { sha256: string; state: SnapshotState }[] = [];
      for (const { sha256 } of await allSnapshots(database.db)) {
        if (stop.aborted) break;
        known.add(sha256);
        const state = await store.verify(sha256);
        if (state !== 'ok') faults.push({ sha256, state });
      }
      const unknown: string[] = [];
      for await (const sha256 of store.list()) if (!known.has(sha256)) unknown.push(sha256);
      const lines = faults.map((fault) => `${fault.state}  ${fault.sha256}`);
      const spare = unknown.length > 0 ? [`${unknown.length} files that no release needs`] : [];
      result(
        { checked: known.size, faults, unknown },
        [...lines, ...spare, `${known.size} checked, ${faults.length} faults`].join('\n'),
      );
      return faults.length > 0 ? EXIT.failure : undefined;
    }),
  );
}
