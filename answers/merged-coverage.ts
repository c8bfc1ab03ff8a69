import type { CoverageStatement } from '../transforms/stacking/component.ts';

/** One statement per family: the worst status wins, reasons are kept. */
export function mergeCoverage(
  statements: readonly CoverageStatement[],
  families: readonly string[],
): CoverageStatement[] {
  const rank = { covered: 0, partial: 1, not_covered: 2 } as const;
  const merged = new Map<string, CoverageStatement>();
  for (const statement of statements) {
    const held = merged.get(statement.family);
    if (!held) {
      merged.set(statement.family, statement);
      continue;
    }
    const reasons = [held.reason, statement.reason].flatMap((reason) => reason?.split('; ') ?? []);
    merged.set(statement.family, {
      family: statement.family,
      status: rank[statement.status] > rank[held.status] ? statement.status : held.status,
      reason: reasons.length === 0 ? null : [...new Set(reasons)].join('; '),
      data_as_of: [held.data_as_of, statement.data_as_of].filter((date) => date !== null).sort()[0] ?? null,
    });
  }
  for (const family of families) {
    if (!merged.has(family)) {
      merged.set(family, {
        family,
        status: 'not_covered',
        reason: 'no release that covers it is loaded',
        data_as_of: null,
      });
    }
  }
  return [...merged.values()].sort((a, b) => (a.family < b.family ? -1 : 1));
}
