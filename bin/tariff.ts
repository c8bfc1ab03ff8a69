#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { backfillCommand } from './commands/backfill.ts';
import { diffCommand } from './commands/diff.ts';
import { doctorCommand } from './commands/doctor.ts';
import { dutyCommand } from './commands/duty.ts';
import { exportCommand } from './commands/export.ts';
import { importCommand } from './commands/import.ts';
import { lookupCommand } from './commands/lookup.ts';
import { migrateCommand } from './commands/migrate.ts';
import { reconcileCommand } from './commands/reconcile.ts';
import { replayCommand } from './commands/replay.ts';
import { runCommand } from './commands/run.ts';
import { scheduleCommand } from './commands/schedule.ts';
import { serveCommand } from './commands/serve.ts';
import { snapshotsCommand } from './commands/snapshots.ts';
import { sourcesCommand } from './commands/sources.ts';
import { startCommand } from './commands/start.ts';
import { statusCommand } from './commands/status.ts';
import { EXIT, EXIT_HELP } from './exit-codes.ts';
import { VERSION } from './package.ts';

const ENVIRONMENT_HELP = `Environment (all optional):
  TARIFF_SOURCE    sample, mirror or live; default sample, or mirror when TARIFF_MIRROR is set
  TARIFF_MIRROR    folder with manifest.json files: every fetch is answered from it, nothing goes out
  TARIFF_DATA_DIR  where data lives, one folder per TARIFF_SOURCE below it; default ./var
  DATABASE_URL     postgres://…; unset: an embedded PostgreSQL under the data directory
  PORT, HOST       of the server; default 3000 on 127.0.0.1`;

/** The one command. The list of register calls is its map, in the order of a day's work. */
const program = new Command('tariff')
  .description('Customs tariffs as a dated ledger.')
  .version(VERSION)
  .exitOverride()
  .addHelpText('after', `\n${ENVIRONMENT_HELP}\n\n${EXIT_HELP}`);
for (const register of [
  startCommand,
  lookupCommand,
  dutyCommand,
  statusCommand,
  sourcesCommand,
  runCommand,
  backfillCommand,
  importCommand,
  replayCommand,
  diffCommand,
  reconcileCommand,
  exportCommand,
  serveCommand,
  scheduleCommand,
  migrateCommand,
  doctorCommand,
  snapshotsCommand,
]) {
  register(program);
}

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  // commander has printed its message; help and version end with 0, everything else is a misuse.
  process.exitCode = error.exitCode === 0 ? EXIT.ok : EXIT.usage;
}
