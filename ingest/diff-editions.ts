import type { Db } from '../db/connect.ts';
import { labelsWithSameBytes, type Release, releasesOf } from '../db/releases.ts';
import { diffRecords, type EditionDiff } from '../transforms/edition-diff.ts';
import type { TariffRecord } from '../transforms/records.ts';
import type { IngestDeps } from './deps.ts';
import { keptEditionOf } from './replay.ts';
import type { Issue, Source } from './source.ts';

export interface EditionsDiff extends EditionDiff {
  source: string;
  from: EditionHead;
  to: EditionHead;
  /** What to know before reading the figures: shared bytes, keys an edition is silent about. One sentence each. */
  notes: string[];
}

interface EditionHead {
  label: string;
  release_id: number;
  published_at: string;
  effective_date: string;
}

/** A label that is not published here; `labels` are those that are. */
export class UnknownEdition extends Error {
  override name = 'UnknownEdition';
  readonly code = 'unknown-edition';
}

/**
 * Compares two published editions from their kept bytes, both parsed with the code of today: what differs is the publisher's doing.
 * Throws UnknownEdition, and RangeError for a source whose editions only say what changed: they are differences already.
 */
export async function diffEditions(
  deps: Pick<IngestDeps, 'database' | 'store'>,
  source: Source,
  from: string,
  to: string,
): Promise<EditionsDiff> {
  if (source.validity === 'delta')
    throw new RangeError(`${source.id} publishes differences: its editions cannot be compared`);
  const { db } = deps.database;
  const releases = await releasesOf(db, source.id);
  const [before, after] = [editionOf(releases, from, source), editionOf(releases, to, source)];
  const [old, now] = [await recordsOf(deps, source, before), await recordsOf(deps, source, after)];
  const shared = [await sharedBytes(db, before), await sharedBytes(db, after)].flat();
  return {
    source: source.id,
    from: headOf(before),
    to: headOf(after),
    notes: [...new Set([...shared, ...old.silences, ...now.silences])],
    ...diffRecords(old.records, now.records),
  };
}

function editionOf(releases: readonly Release[], label: string, source: Source): Release {
  const release = releases.filter((candidate) => candidate.label === label).at(-1);
  if (release) return release;
  const first = releases[0];
  const last = releases.at(-1);
  const have =
    first && last
      ? `it has ${new Set(releases.map((known) => known.label)).size} editions, ${first.label} to ${last.label}`
      : 'nothing of it is published yet';
  throw new UnknownEdition(`${source.id} has no published edition '${label}'; ${have}`);
}

/** Every other label with the same bytes, adjacent or not: either nothing changed in between, or a file lies under the wrong name. */
async function sharedBytes(db: Db, release: Release): Promise<string[]> {
  const found = await labelsWithSameBytes(db, release.release_id);
  return found.map(({ part, label }) => `${release.label} is stored with the bytes of ${label} (${part})`);
}

async function recordsOf(
  deps: Pick<IngestDeps, 'database' | 'store'>,
  source: Source,
  release: Release,
): Promise<{ records: TariffRecord[]; silences: string[] }> {
  const { edition, kept } = await keptEditionOf(deps, deps.database.db, release);
  const records: TariffRecord[] = [];
  const silences: string[] = [];
  const issues: Issue[] = [];
  const context = {
    edition,
    issue: (issue: Issue) => void issues.push(issue),
    silentAbout: (kind: string, prefix: string) =>
      void silences.push(
        `${release.label} is silent about ${prefix} (${kind}): what it does not list there is not removed`,
      ),
  };
  for await (const record of source.normalise(source.parse(kept.files, edition), context)) {
    if (record.kind !== 'deletion') records.push(record);
  }
  return { records, silences };
}

function headOf(release: Release): EditionHead {
  const { label, release_id, published_at, effective_date } = release;
  return { label, release_id, published_at, effective_date };
}
