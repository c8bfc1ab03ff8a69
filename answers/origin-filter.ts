import { z } from 'zod';
import type { Database } from '../db/connect.ts';
import type { OriginFilter } from '../db/changes.ts';
import { knownRows } from '../db/duty-rows.ts';
import type { Instant } from '../transforms/dates.ts';
import { countryCodes } from '../transforms/stacking/taric/areas.ts';
import type { UsProgrammes } from './duty/us-programmes.ts';
import type { LedgerView } from './ledger-view.ts';

export interface OriginDeps {
  database: Database;
  usProgrammes: (view: LedgerView, knownAt: Instant | null) => Promise<UsProgrammes>;
}

const membership = z.object({ group: z.string(), member: z.string() });

/**
 * Which measures cannot concern goods of an origin: those of areas whose published members never held it, the US column 2 when the
 * origin was never subject to it, and special rates of programmes it was never in. Where members are not known, nothing is left out.
 */
export async function originFilter(
  { database, usProgrammes }: OriginDeps,
  view: LedgerView,
  origin: string,
  knownAt: Instant | null,
): Promise<OriginFilter> {
  const [areas, programmes] = await Promise.all([
    knownRows(database, 'geographical-area', knownAt),
    usProgrammes(view, knownAt),
  ]);
  const codes = countryCodes(origin);
  const groups = new Map<string, { ever: boolean; always: boolean }>();
  for (const row of areas) {
    const { group, member } = membership.parse(row.data);
    const area = `${view.sources.get(row.source_id)?.jurisdiction ?? ''}/${group}`;
    const held = groups.get(area) ?? { ever: false, always: false };
    const own = codes.includes(member);
    groups.set(area, { ever: held.ever || own, always: held.always || (own && row.valid_to === null) });
  }
  const outside = [...groups].filter(([, { ever }]) => !ever).map(([area]) => area);
  const inside = [...groups].filter(([, { always }]) => always).map(([area]) => area);
  const columnTwo = programmes.rows.filter((row) => row.kind === 'column-2');
  if (columnTwo.length > 0 && !columnTwo.some((row) => row.countries.includes(origin))) outside.push('US/column-2');
  const preferences = programmes.rows.filter((row) => row.kind === 'preference');
  const open = new Set(
    preferences.flatMap((row) => (row.members === null || row.members.includes(origin) ? row.symbols : [])),
  );
  const barred = preferences.flatMap((row) => row.symbols.filter((symbol) => !open.has(symbol)));
  const tariffs = [...new Set(view.releases.map(({ jurisdiction }) => jurisdiction))];
  const itself = tariffs.flatMap((tariff) => codes.map((code) => `${tariff}/${code}`));
  return { origin: codes, outside, inside: [...inside, ...itself], barred };
}
