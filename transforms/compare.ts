import { canonicalJson } from './hash.ts';

/** What kind of difference a change is, for people and for subscriptions. */
export type ChangeKind =
  'new' | 'ended' | 'rate' | 'description' | 'unit' | 'footnote' | 'textual' | 'structure' | 'other';

type Content = Readonly<Record<string, unknown>>;

/** Names of the fields in which two contents of one record differ, in alphabetical order. */
export function changedFields(before: Content, after: Content): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => canonicalJson(before[name] ?? null) !== canonicalJson(after[name] ?? null)).sort();
}

const KIND_OF_FIELD: Readonly<Record<string, ChangeKind>> = {
  duty: 'rate',
  programmes: 'rate',
  conditions: 'rate',
  effect: 'rate',
  excluded_areas: 'rate',
  description: 'description',
  units: 'unit',
  footnotes: 'footnote',
  parent_key: 'structure',
  ancestors: 'structure',
  depth: 'structure',
  declarable: 'structure',
};

/**
 * Classifies a change by its fields. A duty whose text changed while its components did not (a corrected typo) is 'textual',
 * never 'rate': subscribers to rates must not be woken by a spelling.
 */
export function changeKinds(before: Content | null, after: Content | null, fields: readonly string[]): ChangeKind[] {
  if (before === null) return ['new'];
  if (after === null) return ['ended'];
  const kinds = new Set<ChangeKind>();
  for (const field of fields) {
    if (field === 'duty_expression') {
      if (!fields.includes('duty') && !fields.includes('programmes')) kinds.add('textual');
    } else kinds.add(KIND_OF_FIELD[field] ?? 'other');
  }
  return [...kinds].sort();
}
