import type { Database } from '../../db/connect.ts';
import { stateLines, turningDates } from '../../db/state-lines.ts';
import { type IndexedLine, type TariffIndex, tariffIndex } from '../../transforms/classify/tariff-index.ts';
import type { KnownLine } from '../../transforms/validate/finding.ts';
import { assertVersion } from '../ledger-moved.ts';
import type { LedgerView } from '../ledger-view.ts';
import type { Moment } from '../moment.ts';

/** A whole tariff on a date, in memory: every line by code, how many can be declared below a code, and the words of its subheadings. */
export interface TariffState {
  lines: ReadonlyMap<string, KnownLine & { release: number }>;
  /** Declarable lines below each prefix of two digits or more. */
  below: ReadonlyMap<string, { count: number; digits: number }>;
  index: TariffIndex;
}

export type TariffStates = (view: LedgerView, source: string, moment: Moment) => Promise<TariffState>;

/** A tariff of 30,000 lines takes some 40 MB and half a second: a few of them are kept, per dataset version and moment. */
const KEPT = 6;

export function openTariffStates(database: Database): TariffStates {
  const dates = new Map<string, Promise<string[]>>();
  const kept = new Map<string, Promise<TariffState>>();
  const states: TariffStates = async (view, source, moment) => {
    const known = `${view.version}|${source}|${moment.known_at ?? ''}`;
    const turning = await remembered(dates, known, 32, () => turningDates(database, source, moment.known_at));
    // Dates between two changes have one state: declarations of a hundred days must not read it a hundred times.
    const since = turning.findLast((date) => date <= moment.as_of) ?? moment.as_of;
    return remembered(kept, `${known}|${since}`, KEPT, async () => {
      const on = { ...moment, as_of: since };
      const words = source === HS ? [] : [...(await states(view, HS, on)).lines.values()];
      return read(database, view, source, { moment: on, words });
    });
  };
  return states;
}

/** Titles of chapters, headings and subheadings that hold for every tariff: they say in full what a national line cuts short. */
const HS = 'wco.hs';

/** The newest `size` results; the least recently used goes first, a failed one at once. */
function remembered<T>(kept: Map<string, Promise<T>>, key: string, size: number, read: () => Promise<T>): Promise<T> {
  const held = kept.get(key);
  if (held) {
    kept.delete(key);
    kept.set(key, held);
    return held;
  }
  const reading = read();
  if (kept.size >= size) kept.delete(kept.keys().next().value ?? '');
  kept.set(key, reading);
  reading.catch(() => kept.delete(key));
  return reading;
}

async function read(
  database: Database,
  view: LedgerView,
  source: string,
  { moment, words }: { moment: Moment; words: readonly IndexedLine[] },
): Promise<TariffState> {
  const { version, lines: rows } = await stateLines(database, { source, on: moment.as_of, known: moment.known_at });
  assertVersion(view, version);
  const descriptions = new Map(rows.map((row) => [row.natural_key, row.description]));
  const lines = new Map<string, KnownLine & { release: number }>();
  const below = new Map<string, { count: number; digits: number }>();
  for (const row of rows) {
    if (row.code === null) continue;
    const held = lines.get(row.code);
    // Two lines of one code (an intermediate one of the European tariffs and the real one): the one that can be declared.
    if (held && (held.declarable || !row.declarable)) continue;
    const path = [...row.ancestors].reverse().flatMap((key) => descriptions.get(key) ?? []);
    lines.set(row.code, {
      code: row.code,
      declarable: row.declarable,
      path: [...path, row.description],
      release: row.stated_by,
    });
  }
  for (const { code, declarable } of lines.values()) {
    if (!declarable) continue;
    for (let length = 2; length < code.length; length += 1) {
      const prefix = code.slice(0, length);
      const counted = below.get(prefix) ?? { count: 0, digits: 0 };
      below.set(prefix, { count: counted.count + 1, digits: Math.max(counted.digits, code.length) });
    }
  }
  return { lines, below, index: tariffIndex([...lines.values(), ...words]) };
}
