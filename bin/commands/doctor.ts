import type { Command } from 'commander';
import { overlappingRows } from '../../db/overlaps.ts';
import { allSnapshots } from '../../db/snapshots.ts';
import { SOURCES } from '../../ingest/registry.ts';
import type { Context } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { type CommonOptions, define, perform } from '../perform.ts';
import { textTable } from '../tables.ts';
import { scheduledStatuses } from './status.ts';

interface Check {
  check: string;
  state: 'ok' | 'warning' | 'fault';
  detail: string;
}

export function doctorCommand(program: Command): void {
  define(
    program,
    'doctor',
    'check database, schema, kept files, the ledger itself and how fresh the sources are',
  ).action((options: CommonOptions) =>
    perform(options, async ({ open, result }) => {
      const checks = await examine(await open());
      result(
        { checks },
        textTable(
          ['check', 'state', 'detail'],
          checks.map(({ check, state, detail }) => [check, state, detail]),
        ),
      );
      return checks.some((check) => check.state === 'fault') ? EXIT.failure : undefined;
    }),
  );
}

async function examine({ database, store, migrated, clock, env }: Context): Promise<Check[]> {
  const { db } = database;
  const checks: Check[] = [
    {
      check: 'database',
      state: 'ok',
      detail: env.databaseUrl === null ? `embedded, under ${env.dataDir}` : 'DATABASE_URL',
    },
    { check: 'schema', state: 'ok', detail: migrated.length === 0 ? 'up to date' : `ran ${migrated.join(', ')}` },
  ];
  const snapshots = await allSnapshots(db);
  const missing: string[] = [];
  for (const { sha256 } of snapshots) if (!(await store.has(sha256))) missing.push(sha256);
  checks.push({
    check: 'kept files',
    state: missing.length === 0 ? 'ok' : 'fault',
    detail:
      missing.length === 0
        ? `${snapshots.length} present (tariff snapshots verify re-hashes them)`
        : `${missing.length} of ${snapshots.length} missing, first ${missing[0] ?? ''}`,
  });
  const overlaps = await overlappingRows(db);
  checks.push({
    check: 'one law per day',
    state: overlaps.length === 0 ? 'ok' : 'fault',
    detail:
      overlaps.length === 0
        ? 'no two known rows of a key overlap'
        : overlaps.map((row) => `${row.source_id} ${row.natural_key} (${row.first}, ${row.second})`).join('; '),
  });
  const statuses = await scheduledStatuses({ database, clock });
  const names = (found: typeof statuses) => found.map((status) => status.id).join(', ');
  const loaded = statuses.filter((status) => status.last_release !== null);
  const stale = loaded.filter((status) => status.stale);
  const held = statuses.filter((status) => status.quarantines > 0);
  const failed = statuses.filter((status) => status.last_run?.state === 'failed');
  checks.push(
    {
      check: 'loaded',
      state: loaded.length === 0 ? 'warning' : 'ok',
      detail: `${loaded.length} of ${SOURCES.length} sources`,
    },
    {
      check: 'fresh',
      state: stale.length === 0 ? 'ok' : 'warning',
      detail: stale.length === 0 ? 'within every promise' : `stale: ${names(stale)}`,
    },
    {
      check: 'held back',
      state: held.length === 0 ? 'ok' : 'warning',
      detail: held.length === 0 ? 'nothing is quarantined' : names(held),
    },
    {
      check: 'last runs',
      state: failed.length === 0 ? 'ok' : 'warning',
      detail: failed.length === 0 ? 'none failed' : `failed: ${names(failed)}`,
    },
  );
  return checks;
}
