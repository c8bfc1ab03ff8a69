import type { LineRow } from '../db/line-rows.ts';
import type { RateRow } from '../db/nomenclature.ts';
import type { Tariff } from './tariffs.ts';

/** Units in which a line is counted beside its weight, as printed ('doz.', 'p/st'): on the line, or by the nearest measure that states one. */
export function lookupUnits(
  { unitTypes = [] }: Tariff,
  line: Pick<LineRow, 'units'> | null,
  measures: readonly RateRow[],
): { texts: string[]; cites: number[] } {
  if (line && line.units.length > 0) return { texts: line.units, cites: [] };
  const stated = measures.filter(({ measure_type }) => unitTypes.includes(measure_type));
  const longest = Math.max(0, ...stated.map(({ code }) => code.length));
  const nearest = stated.filter(({ code }) => code.length === longest);
  return {
    texts: [...new Set(nearest.flatMap(({ duty_expression }) => duty_expression ?? []))],
    cites: nearest.map(({ stated_by }) => stated_by),
  };
}
