import { measureKind } from './measure-kind.ts';
import type { TaricMeasure } from './input.ts';

export interface Located<M = TaricMeasure> {
  standing: M[];
  /** Measures that a nearer or later one of the same key displaces. */
  displaced: { measure: M; by: M; note: string }[];
}

/**
 * Measures apply to every line below theirs, and rule ME32 forbids two of one key (type, area, quota, reduction, additional code) on
 * one path at a time. Where the data break it, the line nearest to the goods counts, then the latest start. For a base duty the
 * additional code is left out of the key (ME16: with and without does not mix), so that a split below replaces the rate above.
 */
export function nearestMeasures(measures: readonly TaricMeasure[]): Located {
  const groups = new Map<string, TaricMeasure[]>();
  for (const measure of measures) {
    const additive = measureKind(measure.measure_type)?.kind === 'additional';
    const key = [
      measure.measure_type,
      measure.geographical_area,
      measure.quota_order_number ?? '',
      measure.reduction_indicator ?? '',
      additive ? (measure.additional_code ?? '') : '',
    ].join('|');
    groups.set(key, [...(groups.get(key) ?? []), measure]);
  }
  const located: Located = { standing: [], displaced: [] };
  for (const group of groups.values()) {
    const longest = Math.max(...group.map(({ code }) => code.length));
    const near = group.filter(({ code }) => code.length === longest);
    const latest = new Map<string, TaricMeasure>();
    for (const measure of near) {
      const held = latest.get(measure.additional_code ?? '');
      if (!held || held.valid_from < measure.valid_from) latest.set(measure.additional_code ?? '', measure);
    }
    const [first] = latest.values();
    for (const measure of group) {
      const winner = latest.get(measure.additional_code ?? '') ?? first;
      if (!winner || winner === measure) {
        located.standing.push(measure);
        continue;
      }
      const note =
        measure.code === winner.code
          ? `two measures of one key overlap (rule ME32): the one that starts on ${winner.valid_from} counts`
          : `the same measure stands on ${winner.code}, nearer to the goods (rule ME32)`;
      located.displaced.push({ measure, by: winner, note });
    }
  }
  return located;
}
