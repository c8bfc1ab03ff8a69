import { midnight, type PlainDate } from '../transforms/dates.ts';
import { canonicalJson } from '../transforms/hash.ts';
import { referenceRecord, type ReferenceRecord } from '../transforms/records.ts';
import type { Edition } from './source.ts';

/**
 * Facts of law that stand in no file a machine could read are declared in code, each with its citation, and published like a
 * publisher's file: bytes at an address 'declared:<source id>/<date>', one edition per day on which an act made something known.
 */
export interface DeclaredFact {
  record: ReferenceRecord;
  /** Publication of the act that makes it known, or the latest day that can have been. */
  known_from: PlainDate;
  /** Publication of the act that replaces this version of the fact; null: still so. */
  known_to: PlainDate | null;
}

const DECLARED = 'declared:';

/** One edition per day on which the declaration changes, oldest first. Their parts' addresses carry source id and day. */
export function declaredEditions(sourceId: string, facts: readonly DeclaredFact[]): Edition[] {
  const days = new Set(
    facts.flatMap(({ known_from, known_to }) => (known_to === null ? [known_from] : [known_from, known_to])),
  );
  return [...days].sort().map((day) => ({
    label: day,
    publishedAt: midnight(day),
    effectiveDate: day,
    parts: [{ part: 'declaration', url: `${DECLARED}${sourceId}/${day}`, expect: 'json' }],
  }));
}

/** The bytes of an edition: what was known on its day, as canonical JSON (sorted keys, one line per record). */
export function declaredBytes(facts: readonly DeclaredFact[], day: PlainDate): Buffer {
  const known = facts.filter((fact) => fact.known_from <= day && (fact.known_to === null || day < fact.known_to));
  const lines = known.map(({ record }) => canonicalJson(record)).sort();
  return Buffer.from(`[\n${lines.join(',\n')}\n]\n`);
}

/** Reads what `declaredBytes` wrote. Throws when it is not that. */
export function declaredRecords(bytes: Buffer): ReferenceRecord[] {
  return referenceRecord.array().parse(JSON.parse(bytes.toString('utf8')));
}
