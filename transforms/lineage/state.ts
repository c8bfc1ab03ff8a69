import { prefixes } from '../code.ts';
import type { PlainDate } from '../dates.ts';
import type { LineageLine } from './line.ts';

/** What a state of a tariff is read from: records or stored rows. */
export interface StateLine {
  natural_key: string;
  code: string | null;
  /** Keys, nearest first. */
  ancestors: readonly string[];
  description: string;
  units: readonly string[];
  declarable: boolean;
  /** As in LineageLine. */
  since?: PlainDate;
}

export interface StateRate {
  code: string;
  measure_type: string;
  geographical_area: string;
  duty_expression: string | null;
}

/** Types of the general rate: column 1 of the US, third country duty (and end use) of TARIC and the UK tariff. */
const GENERAL: ReadonlySet<string> = new Set(['mfn', '103', '105']);

/** Lines with a code, their path of descriptions and their rate, inherited from the longest prefix that prints one. */
export function lineageState(lines: readonly StateLine[], rates: readonly StateRate[]): LineageLine[] {
  const byKey = new Map(lines.map((line) => [line.natural_key, line]));
  const general = new Map<string, string>();
  for (const { code, measure_type, geographical_area, duty_expression } of rates) {
    // Two rates of one code (additional codes) are one text: what matters is whether they are the same afterwards.
    if (!GENERAL.has(measure_type) || geographical_area !== '1011' || duty_expression === null) continue;
    general.set(code, [general.get(code), duty_expression].filter((text) => text !== undefined).join(' | '));
  }
  return lines.flatMap((line) => {
    if (line.code === null) return [];
    const above = [...line.ancestors].reverse().flatMap((key) => byKey.get(key) ?? []);
    const path = [...above, line];
    const printed = prefixes(line.code).find((code) => general.has(code));
    return [
      {
        code: line.code,
        declarable: line.declarable,
        path: path.map(({ description }) => description),
        keys: path.map(({ natural_key }) => natural_key),
        units: line.units,
        ...(line.since === undefined ? {} : { since: line.since }),
        rate: printed === undefined ? null : (general.get(printed) ?? null),
      },
    ];
  });
}
