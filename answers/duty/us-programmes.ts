import { knownLists, knownRows } from '../../db/duty-rows.ts';
import type { Database } from '../../db/connect.ts';
import type { Instant } from '../../transforms/dates.ts';
import { programmeData, type ProgrammeRow } from '../../transforms/stacking/programme.ts';
import type { LedgerView } from '../ledger-view.ts';

/** What does not depend on the goods: programmes of all dates, and which product lists are held. */
export interface UsProgrammes {
  rows: readonly ProgrammeRow[];
  lists: ReadonlySet<string>;
}

/**
 * Programmes as known at an instant, kept in memory per dataset version: some hundred rows whose schemas cost more to check than an
 * answer takes. An unchecked row never reaches the stacking: a row that fails its schema throws here.
 */
export function openUsProgrammes(
  database: Database,
): (view: LedgerView, knownAt: Instant | null) => Promise<UsProgrammes> {
  const kept = new Map<string, Promise<UsProgrammes>>();
  return (view, knownAt) => {
    const key = `${view.version}/${knownAt ?? ''}`;
    const held = kept.get(key);
    if (held) return held;
    const reading = read(database, view, knownAt);
    if (kept.size >= 32) kept.delete(kept.keys().next().value ?? '');
    kept.set(key, reading);
    reading.catch(() => kept.delete(key));
    return reading;
  };
}

async function read(database: Database, view: LedgerView, knownAt: Instant | null): Promise<UsProgrammes> {
  const [rows, lists] = await Promise.all([knownRows(database, 'programme', knownAt), knownLists(database, knownAt)]);
  return {
    rows: rows.map((row): ProgrammeRow => ({
      ...programmeData.parse(row.data),
      valid_from: row.valid_from,
      valid_to: row.valid_to,
      source: { source_id: row.source_id, release: row.stated_by, label: view.byId.get(row.stated_by)?.label ?? '' },
    })),
    lists: new Set(lists),
  };
}
