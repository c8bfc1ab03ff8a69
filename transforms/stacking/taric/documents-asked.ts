import { conditionGroups } from '../../duty/conditions.ts';
import type { MeasureCondition } from '../../records.ts';

/**
 * The documents that conditions take, in words: 'L001 and Y100', '(C644 or Y929) and N853'. Lines of one condition code are
 * alternatives, different codes add up. Empty when they take none.
 */
export function documentsAsked(conditions: readonly MeasureCondition[]): string {
  const groups = conditionGroups(conditions)
    .map((group) => [...new Set(group.flatMap(({ certificate }) => certificate ?? []))].join(' or '))
    .filter((text) => text !== '');
  const different = [...new Set(groups)];
  return different.length === 1
    ? (different[0] ?? '')
    : different.map((text) => (text.includes(' or ') ? `(${text})` : text)).join(' and ');
}
