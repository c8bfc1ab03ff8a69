import type { RegimeScopeData } from '../reference/regime-scope.ts';
import type { Requirement } from './requirement.ts';

export interface RegimeScopeRow {
  code: string;
  data: RegimeScopeData;
  valid_from: string;
  valid_to: string | null;
  release: number;
}

/** Regimes declared by prefix whose longest matching prefix is in scope, for an origin that the act does not leave out. */
export function regimesOfCode(code: string, origin: string, rows: readonly RegimeScopeRow[]): Requirement[] {
  const longest = new Map<string, RegimeScopeRow>();
  for (const row of rows) {
    if (!code.startsWith(row.code) || isOfOthers(row.data, origin)) continue;
    const held = longest.get(row.data.regime);
    if (!held || row.code.length > held.code.length) longest.set(row.data.regime, row);
  }
  return [...longest.values()].flatMap(({ code: prefix, data, valid_from, valid_to, release }) => {
    if (data.effect === 'excluded' || data.excluded_origins.includes(origin)) return [];
    return [
      {
        kind: data.kind,
        regime: data.regime,
        title: data.title,
        direction: 'import' as const,
        blocking: data.kind === 'restriction',
        groups: [],
        measure_type: null,
        code: prefix,
        area: null,
        authority: data.authority,
        notes: [
          ...data.obligations,
          ...(data.partly ? ['the annex names only some goods of this code (ex)'] : []),
          ...(data.unverified ? ['taken from a summary of the act, not compared with its text'] : []),
        ],
        legal_base: { citation: data.citation, url: data.url },
        valid_from,
        valid_to,
        release,
      },
    ];
  });
}

/** A scope of some origins says nothing of goods of another one, nor does it take the place of a shorter prefix that does. */
const isOfOthers = ({ origins }: RegimeScopeData, origin: string): boolean =>
  origins !== null && !origins.includes(origin);
