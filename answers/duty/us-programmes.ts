import { knownLists, knownRows } from '../../db/duty-rows.ts';
import type { Database } from '../../db/connect.ts';
import type { Instant } from '../../transforms/dates.ts';
import type { ReferenceRow } from '../../db/reference.ts';
import { type CoverageRow, programmeData, type ProgrammeRow } from '../../transforms/stacking/programme.ts';
import type { LedgerView } from '../ledger-view.ts';

/** What does not depend on the goods: programmes of all dates, and which product lists are held. */
export interface UsProgrammes {
  rows: readonly ProgrammeRow[];
  lists: ReadonlySet<string>;
}

/**
 * Programmes as known at an instant, kept in memory per dataset version: some hundred rows whose schemas cost more to check than an
 * answer takes. An unchecked row never reaches the stacking: one that fails its schema is told as a hole of its family (`unread`).
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
      ...(programmeData.safeParse(row.data).data ?? unread(row)),
      valid_from: row.valid_from,
      valid_to: row.valid_to,
      source: { source_id: row.source_id, release: row.stated_by, label: view.byId.get(row.stated_by)?.label ?? '' },
    })),
    lists: new Set(lists),
  };
}

/**
 * A row that an earlier version of this program declared and that this one cannot read: past knowledge keeps it for ever. What it says is
 * unknown, so its family is partial while it is law, and a duty that it may state is missing from the total.
 */
function unread({ natural_key, subject, data }: Pick<ReferenceRow, 'natural_key' | 'subject' | 'data'>): CoverageRow {
  const named = (name: string) => (typeof data[name] === 'string' ? data[name] : null);
  const program = named('program') ?? subject ?? natural_key;
  const family = named('family') ?? program;
  return {
    kind: 'coverage',
    program,
    family,
    measure_type: family,
    title: program,
    acts: [],
    needs_review: true,
    review: `the declared row ${natural_key} is of a form ('${named('kind') ?? 'none'}') that this version does not read`,
    origins: null,
    scope: { op: 'always' },
    lower_bound: true,
    marks: true,
  };
}
