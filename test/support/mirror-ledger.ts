import pg from 'pg';
import { inject } from 'vitest';
import { openDatabase, type Database } from '../../db/connect.ts';
import { withDeclarations } from '../../ingest/fetch/declared.ts';
import { openMirror } from '../../ingest/fetch/mirror.ts';
import { DECLARATIONS, sourceById } from '../../ingest/registry.ts';
import { notPublished, runSource } from '../../ingest/run.ts';
import type { Edition } from '../../ingest/source.ts';
import { US_LISTS } from '../../ingest/sources/us-lists.ts';
import { testDatabase, type TestDatabase } from './database.ts';
import { ingestDeps } from './ingest-deps.ts';
import { databaseUrl } from './postgres.ts';

/**
 * Ledgers filled from the mirror of official files through the whole pipeline, built once per run: the first test file that needs one
 * builds it as a template database, others wait for it, and each clones it. Without the mirror there is none (`mirrorHolds`).
 */
export interface LedgerSet {
  /** Part of a database name: lower case, digits, underscores. */
  name: string;
  sources: readonly LedgerSource[];
}

interface LedgerSource {
  id: string;
  /** Labels of the editions to load where not all are to be verified; default: all that the mirror has. */
  editions?: readonly string[];
  /** Of the newest ones this many. */
  newest?: number;
}

/** Everything instead of what a check at every push can afford: TARIFF_VERIFY=1. */
export const VERIFY = process.env['TARIFF_VERIFY'] === '1';
const MIRROR = '../shared/mirror';
/** The day of these ledgers: nothing is published after it. */
const LEDGER_DAY = '2026-11-20';
export const ledgerClock = () => `${LEDGER_DAY}T12:00:00.000Z`;

/**
 * Twelve of the 44 editions: the first; those in force at the boundaries of 2025 where lines or footnotes changed (July statistical
 * numbers, metals, floors); 2026 Basic with its 207 changed rates; and the editions of the metals regimes up to the newest.
 */
const EDITIONS = [
  '2025HTSBasic',
  '2025HTSRev5',
  '2025HTSRev11',
  '2025HTSRev16',
  '2025HTSRev18',
  '2025HTSRev24',
  '2025HTSRev28',
  '2026HTSBasic',
  '2026HTSRev2',
  '2026HTSRev4',
  '2026HTSRev5',
  '2026HTSRev10',
];

export const US_LEDGER: LedgerSet = {
  name: 'us_ledger',
  sources: [
    { id: 'wco.hs' },
    { id: 'us.htsus', editions: EDITIONS },
    { id: 'us.programmes' },
    ...US_LISTS.filter((list) => VERIFY || list.role === 'law' || list.role === 'proposal').map((list) => ({
      id: `us.lists.${list.name}`,
    })),
    // The documents whose lists the programmes read; the others are for reconciliation.
    { id: 'us.federal-register', editions: ['2025-15819', 'EO-2025-11-20', '2026HTSRev6 note 19'] },
    { id: 'us.chapter-99-notes' },
    { id: 'us.adcvd' },
    { id: 'us.pga-definitions' },
    { id: 'us.pga-ace' },
    { id: 'us.pga-aphis' },
    { id: 'us.pga-dea' },
    { id: 'us.pga-lacey' },
    { id: 'us.pga-nmfs' },
    { id: 'us.uflpa-sectors' },
    { id: 'us.fees' },
    { id: 'us.import-thresholds' },
    { id: 'fx.ecb', newest: 1 },
  ],
};

/** A database of its own for a test file with the ledger in it; at the top of the file, as `testDatabase`. */
export async function mirrorLedger(set: LedgerSet): Promise<TestDatabase> {
  return testDatabase({ template: await builtLedger(set) });
}

/** Name of the template database of the set, which is built by whoever comes first. */
async function builtLedger(set: LedgerSet): Promise<string> {
  const { admin, template, prefix, broken } = inject('postgres');
  if (broken !== null) throw new Error(`No test database:\n${broken}`);
  const done = `${prefix}${set.name}`;
  const building = `${done}_building`;
  const client = new pg.Client({ connectionString: admin });
  await client.connect();
  try {
    // Held by the connection: a builder that dies lets the next one start over.
    await client.query('select pg_advisory_lock(hashtextextended($1, 0))', [done]);
    const { rowCount } = await client.query('select from pg_database where datname = $1', [done]);
    if (rowCount === 1) return done;
    await client.query(`drop database if exists ${building} with (force)`);
    await client.query(`create database ${building} template ${template} strategy file_copy`);
    const database = openDatabase({ connectionString: databaseUrl(admin, building) });
    try {
      await load(database, set);
    } finally {
      await database.close();
    }
    // The new name is the sign that it is complete.
    await client.query(`alter database ${building} rename to ${done}`);
    return done;
  } finally {
    await client.end();
  }
}

async function load(database: Database, set: LedgerSet): Promise<void> {
  const mirror = withDeclarations(await openMirror(MIRROR), DECLARATIONS);
  const deps = await ingestDeps(database, mirror, ledgerClock);
  const began = performance.now();
  const slow: string[] = [];
  for (const { id, editions, newest } of set.sources) {
    const source = sourceById(id);
    if (!source) throw new Error(`no source ${id}`);
    const started = performance.now();
    const select = (listed: readonly Edition[], published: readonly string[]) => {
      const open = notPublished(listed, published);
      if (newest !== undefined) return open.slice(-newest);
      return editions === undefined || VERIFY ? open : open.filter((edition) => editions.includes(edition.label));
    };
    const report = await runSource(deps, source, { trigger: 'manual', select });
    if (report.state !== 'published') throw new Error(`${id}: ${report.state} ${report.message ?? ''}`);
    const seconds = (performance.now() - started) / 1000;
    if (seconds > 3) slow.push(`${id} ${seconds.toFixed(0)} s`);
  }
  await database.pool.query('analyze');
  await mirror.close();
  console.info(`${set.name}: built in ${((performance.now() - began) / 1000).toFixed(0)} s (${slow.join(', ')})`);
}
