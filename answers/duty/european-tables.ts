import { z } from 'zod';
import { knownRows } from '../../db/duty-rows.ts';
import type { Database } from '../../db/connect.ts';
import type { Instant, PlainDate } from '../../transforms/dates.ts';
import type { MeursingRow } from '../../transforms/duty/meursing.ts';
import { type Areas, areasOn, type Membership } from '../../transforms/stacking/taric/areas.ts';
import type { LedgerView } from '../ledger-view.ts';
import { validOn } from './dated-rows.ts';
import { EU_MEMBERS } from './question.ts';
import type { UndatedGroups } from './undated-groups.ts';

/** What does not depend on the goods, of one tariff. */
export interface EuropeanTables {
  memberships: readonly Membership[];
  undated: UndatedGroups;
  typeNames: ReadonlyMap<string, string>;
}

export interface EuropeanReference {
  /** Tables of a tariff: its own and those of the sources that complete it, in order of trust. */
  tables(view: LedgerView, sources: readonly string[], knownAt: Instant | null): Promise<EuropeanTables>;
  /** Meursing amounts of a date with the release they come from; null when none are loaded. An amount of another time is none. */
  meursing(
    view: LedgerView,
    date: PlainDate,
    knownAt: Instant | null,
  ): Promise<{ rows: MeursingRow[]; release: number } | null>;
}

const MEURSING_TABLES = 'eu.meursing';

const membership = z.object({ group: z.string(), member: z.string(), dated: z.boolean().default(true) });
const named = z.object({ description: z.string() });
const meursingRow = z.object({
  measure_type: z.enum(['672', '673', '674']),
  additional_code: z.string(),
  geographical_area: z.string(),
  reduction_indicator: z.number(),
  amount: z.string(),
});

/** Kept in memory per dataset version: some thousand small rows that every answer needs. */
export function openEuropeanReference(database: Database): EuropeanReference {
  const kept = new Map<string, Promise<unknown>>();
  const once = <T>(key: string, read: () => Promise<T>): Promise<T> => {
    const held = kept.get(key);
    // A key holds what the same reader put there.
    if (held) return held as Promise<T>;
    const reading = read();
    if (kept.size >= 32) kept.delete(kept.keys().next().value ?? '');
    kept.set(key, reading);
    reading.catch(() => kept.delete(key));
    return reading;
  };
  return {
    tables: (view, sources, knownAt) =>
      once(['tables', view.version, knownAt ?? '', ...sources].join('/'), () => readTables(database, sources, knownAt)),
    meursing: async (view, date, knownAt) => {
      const held = await once(`meursing/${view.version}/${knownAt ?? ''}`, () => readMeursing(database, knownAt));
      return held && { rows: validOn(held.rows, date).map(({ row }) => row), release: held.release };
    },
  };
}

/**
 * Members of groups on the date. 'EU' stands for the member states; where no list of them is held, for those of the treaty since 2013.
 */
export function areasOf(tables: Pick<EuropeanTables, 'memberships'>, date: PlainDate): Areas {
  const areas = areasOn(tables.memberships, date);
  const held = ['EU', '1010', '1013'].some((group) => (areas.get(group)?.size ?? 0) > 0);
  return held ? areas : new Map([...areas, ['EU', new Set(EU_MEMBERS)]]);
}

async function readTables(
  database: Database,
  sources: readonly string[],
  knownAt: Instant | null,
): Promise<EuropeanTables> {
  const [main = ''] = sources;
  const [areas, names] = await Promise.all([
    knownRows(database, 'geographical-area', knownAt),
    knownRows(database, 'measure-type', knownAt),
  ]);
  // A group is taken from the first source that names it: two lists of members are not added up.
  const memberships: Membership[] = [];
  const settled = new Set<string>();
  const undated = new Map<string, string>();
  for (const source of sources) {
    const rows = areas.filter((row) => row.source_id === source && !settled.has(row.subject ?? ''));
    for (const row of rows) {
      const { group, member, dated } = membership.parse(row.data);
      if (!dated) undated.set(group, source);
      memberships.push({ group, member, valid_from: row.valid_from, valid_to: row.valid_to });
    }
    for (const row of rows) settled.add(row.subject ?? '');
  }
  return {
    memberships,
    undated,
    typeNames: new Map(
      names
        .filter((row) => row.source_id === main)
        .map((row) => [row.subject ?? '', named.parse(row.data).description]),
    ),
  };
}

/** The messages of eu.taric-xml hold some of these tables too, of another time and not whole: they are left out. */
async function readMeursing(database: Database, knownAt: Instant | null) {
  const rows = (await knownRows(database, 'meursing', knownAt)).filter((row) => row.source_id === MEURSING_TABLES);
  const [first] = rows;
  if (!first) return null;
  return {
    rows: rows.map(({ data, valid_from, valid_to }) => ({ row: meursingRow.parse(data), valid_from, valid_to })),
    release: first.stated_by,
  };
}
