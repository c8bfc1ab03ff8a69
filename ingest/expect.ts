import { canonicalJson } from '../transforms/hash.ts';
import { snapshotsOfRelease } from '../db/releases.ts';
import type { Session } from '../db/session.ts';
import type { Edition, Issue } from './source.ts';
import type { StagedEdition } from './stage-edition.ts';

/** A violated expectation: the edition is held back and the message says which bound and by how much. */
export interface Finding {
  code: string;
  message: string;
}

/**
 * Checks a staged edition against what its source expects. Any finding quarantines it: readers keep the release before.
 * `previous`: how many records that release lists (0: there is none, so shares do not apply).
 */
export function findings(staged: StagedEdition, previous: number, issues: readonly Issue[]): Finding[] {
  const { tally } = staged;
  const expect = tally.expectations;
  const found: Finding[] = [];
  for (const [bucket, least] of Object.entries(expect.min)) {
    const count = tally.counts.get(bucket) ?? 0;
    if (count < least)
      found.push({ code: 'too-few', message: `${bucket}: ${count} records, at least ${least} expected` });
  }
  for (const [bucket, most] of Object.entries(expect.max ?? {})) {
    const count = tally.counts.get(bucket) ?? 0;
    if (count > most)
      found.push({ code: 'too-many', message: `${bucket}: ${count} records, at most ${most} expected` });
  }
  for (const [path, share] of Object.entries(expect.fill ?? {})) {
    const total = tally.counts.get(path.slice(0, path.lastIndexOf('.'))) ?? 0;
    const filled = tally.filled.get(path) ?? 0;
    if (total > 0 && filled / total < share) {
      found.push({
        code: 'fill-rate',
        message: `${path}: filled in ${filled} of ${total} (${percent(filled / total)}), at least ${percent(share)} expected`,
      });
    }
  }
  for (const [path, values] of tally.unknown) {
    const list = [...values].map(([value, count]) => `'${value}' (${count})`).join(', ');
    found.push({ code: 'unknown-category', message: `${path}: not in the known list: ${list}` });
  }
  for (const problem of tally.problems)
    found.push({ code: problem.code, message: `${problem.key}: ${problem.message}` });
  found.push(...goldenFindings(staged), ...shareFindings(staged, previous));
  const errors = issues.filter((issue) => issue.severity === 'error');
  if (errors.length > (expect.errors ?? 0)) {
    found.push({ code: 'error-issues', message: `${errors.length} errors, first: ${errors[0]?.message ?? ''}` });
  }
  return found;
}

function goldenFindings({ tally }: StagedEdition): Finding[] {
  return (tally.expectations.golden ?? []).flatMap((golden) => {
    const record = tally.golden.get(`${golden.kind}/${golden.natural_key}`);
    if (!record) return [{ code: 'golden-row', message: `${golden.natural_key}: not there` }];
    return Object.entries(golden.has).flatMap(([field, value]) => {
      const actual = Object.entries(record).find(([name]) => name === field)?.[1];
      return canonicalJson(actual) === canonicalJson(value)
        ? []
        : [
            {
              code: 'golden-row',
              message: `${golden.natural_key}: ${field} is ${canonicalJson(actual)}, expected ${canonicalJson(value)}`,
            },
          ];
    });
  });
}

function shareFindings(staged: StagedEdition, previous: number): Finding[] {
  const { removedShare, modifiedShare, modifiedShareOf = {} } = staged.tally.expectations;
  if (previous === 0) return [];
  const found: Finding[] = [];
  if (removedShare !== undefined && staged.removedCount / previous > removedShare) {
    found.push({
      code: 'mass-removal',
      message: `${staged.removedCount} of ${previous} records vanish (${percent(staged.removedCount / previous)}), at most ${percent(removedShare)} expected`,
    });
  }
  if (modifiedShare !== undefined && staged.modified / previous > modifiedShare) {
    found.push({
      code: 'mass-change',
      message: `${staged.modified} of ${previous} records change (${percent(staged.modified / previous)}), at most ${percent(modifiedShare)} expected`,
    });
  }
  for (const [bucket, share] of Object.entries(modifiedShareOf)) {
    const changed = staged.tally.modified.get(bucket) ?? 0;
    const total = staged.tally.counts.get(bucket) ?? 0;
    if (total > 0 && changed / total > share)
      found.push({
        code: 'mass-change',
        message: `${changed} of ${total} ${bucket} change (${percent(changed / total)}), at most ${percent(share)} expected`,
      });
  }
  return found;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

/**
 * A truncated "200 OK" never reaches a parser that would read half of it: required parts may not differ in size from those of the
 * release before by more than a quarter. Parts that were not downloaded now (not modified) have no size to compare.
 */
export async function sizeFindings(
  session: Session,
  before: { release_id: number } | null,
  parts: readonly { part: string; bytes: number }[],
  edition: Edition,
  share = SIZE_SHARE,
): Promise<Finding[]> {
  if (!before) return [];
  const sizes = new Map((await snapshotsOfRelease(session.db, before.release_id)).map((row) => [row.part, row.bytes]));
  return edition.parts
    .filter((part) => part.optional !== true)
    .flatMap(({ part }) => {
      const now = parts.find((kept) => kept.part === part)?.bytes ?? -1;
      const then = sizes.get(part);
      if (then === undefined || then === 0 || now < 0 || Math.abs(now / then - 1) <= share) return [];
      return [
        {
          code: 'size',
          message: `${part}: ${now} bytes after ${then} in the release before (${percent(now / then - 1)})`,
        },
      ];
    });
}

const SIZE_SHARE = 0.25;
