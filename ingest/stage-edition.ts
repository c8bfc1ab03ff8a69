import { contentRow } from '../transforms/record-content.ts';
import { stateHash } from '../transforms/hash.ts';
import { RECORD_KINDS, type RecordKind, tariffRecord, type TariffRecord } from '../transforms/records.ts';
import type { Session } from '../db/session.ts';
import { fillStage, openStage, sealStage, type StageRow } from '../db/stage.ts';
import type { ReleaseScope } from '../db/releases.ts';
import type { Deletion } from './source.ts';
import type { Tally } from './tally.ts';

/** What the release that this edition is compared with lists: key -> content hash and end date, per kind. */
export type Listed = ReadonlyMap<RecordKind, ReadonlyMap<string, { hash: string; to: string | null }>>;

export interface StagedEdition {
  tally: Tally;
  records: number;
  added: number;
  modified: number;
  /** Listed before and not now. */
  removed: ReadonlyMap<RecordKind, readonly string[]>;
  removedCount: number;
  /** Digest of every (key, hash) the edition states. */
  stateHash: string;
  /** Keys the edition itself states inside what it is otherwise silent about. */
  silent: NonNullable<ReleaseScope['silent']>;
}

const FLUSH = 20_000;

/**
 * Reads an edition's records as they come, counts them, and stages only those that differ from what is listed: memory stays flat but for
 * the keys, and a month in which nothing changed stages nothing. A record that differs is checked against its schema first.
 */
export async function stageEdition(
  session: Session,
  records: AsyncIterable<TariffRecord | Deletion> | Iterable<TariffRecord | Deletion>,
  listed: Listed,
  options: {
    tally: Tally;
    effective: string;
    removeUnlisted: boolean;
    /** The source dates its records itself. */
    dated: boolean;
    silent: () => readonly { kind: RecordKind; prefix: string }[];
  },
): Promise<StagedEdition> {
  await openStage(session);
  const { tally } = options;
  const seen = new Map<RecordKind, Map<string, string>>(RECORD_KINDS.map((kind) => [kind, new Map()]));
  const deleted = new Map<RecordKind, string[]>(RECORD_KINDS.map((kind) => [kind, []]));
  const buffers = new Map<RecordKind, StageRow[]>(RECORD_KINDS.map((kind) => [kind, []]));
  let added = 0;
  let modified = 0;
  for await (const record of records) {
    if (record.kind === 'deletion') {
      deleted.get(record.of)?.push(record.natural_key);
      continue;
    }
    const { hash, values } = contentRow(record);
    const keys = mapOf(seen, record.kind);
    const twice = keys.get(record.natural_key);
    if (twice !== undefined) {
      tally.duplicate(record, twice === hash);
      continue;
    }
    keys.set(record.natural_key, hash);
    tally.count(record);
    const before = listed.get(record.kind)?.get(record.natural_key);
    // A row that an earlier edition left out was cut at its date: listing it again, unchanged, brings it back.
    if (before?.hash === hash && (!options.dated || before.to === (record.valid_to ?? null))) continue;
    if (options.dated && record.valid_from === undefined) {
      tally.invalid(record, { path: ['valid_from'], message: 'a source that carries dates must date every record' });
      continue;
    }
    const problem = tariffRecord.safeParse(record).error;
    if (problem) {
      tally.invalid(record, problem.issues[0]);
      continue;
    }
    if (before === undefined) added += 1;
    else {
      modified += 1;
      tally.modify(record);
    }
    const buffer = mapOf(buffers, record.kind);
    buffer.push(values);
    if (buffer.length >= FLUSH) await fillStage(session, record.kind, buffer.splice(0));
  }
  for (const [kind, buffer] of buffers) if (buffer.length > 0) await fillStage(session, kind, buffer);
  await sealStage(session, RECORD_KINDS);

  const silent = options.silent().map((gap) => ({
    ...gap,
    stated: [...mapOf(seen, gap.kind).keys()].filter((key) => key.startsWith(gap.prefix)),
  }));
  const removed = options.removeUnlisted ? unlisted(listed, seen, options.effective, silent) : deleted;
  return {
    tally,
    records: [...seen.values()].reduce((sum, keys) => sum + keys.size, 0),
    added,
    modified,
    removed,
    removedCount: [...removed.values()].reduce((sum, keys) => sum + keys.length, 0),
    stateHash: stateHash(stated(seen)),
    silent,
  };
}

/** Keys listed before, not ended by themselves, and neither listed now nor under something the edition is silent about. */
function unlisted(
  listed: Listed,
  seen: ReadonlyMap<RecordKind, ReadonlyMap<string, string>>,
  effective: string,
  silent: StagedEdition['silent'],
): Map<RecordKind, string[]> {
  const removed = new Map<RecordKind, string[]>();
  for (const [kind, entries] of listed) {
    const keys: string[] = [];
    for (const [key, { to }] of entries) {
      if (seen.get(kind)?.has(key) || (to !== null && to <= effective)) continue;
      if (silent.some((gap) => gap.kind === kind && key.startsWith(gap.prefix))) continue;
      keys.push(key);
    }
    removed.set(kind, keys);
  }
  return removed;
}

function* stated(seen: ReadonlyMap<RecordKind, ReadonlyMap<string, string>>): Iterable<[string, string]> {
  for (const [kind, keys] of seen) for (const [key, hash] of keys) yield [`${kind}/${key}`, hash];
}

function mapOf<V>(map: ReadonlyMap<RecordKind, V>, kind: RecordKind): V {
  const value = map.get(kind);
  if (value === undefined) throw new Error(`no such record kind: ${kind}`);
  return value;
}
