import type { Db } from '../db/connect.ts';
import { snapshotsOfRelease } from '../db/releases.ts';
import { type DownloadOutcome, keepSnapshot, type LastDownload, recordDownload } from '../db/snapshots.ts';
import type { IngestDeps } from './deps.ts';
import { FetchError, Gone, NotMirrored } from './fetch/errors.ts';
import type { Edition, EditionFiles, EditionPart, Issue, Source } from './source.ts';

export interface KeptPart {
  part: string;
  url: string;
  sha256: string;
  snapshotId: number;
  bytes: number;
}

/** An edition's files as they lie in the store: nothing is parsed that is not kept. */
export interface KeptEdition {
  parts: KeptPart[];
  files: EditionFiles;
}

/**
 * Fetches the parts of an edition, each conditionally when the same url was kept before, and keeps the bytes before anyone reads them.
 * A missing optional part becomes an issue; any other failure ends the edition.
 */
export async function keepEdition(
  deps: IngestDeps,
  source: Source,
  edition: Edition,
  runId: number,
  last: ReadonlyMap<string, LastDownload>,
  onIssue: (issue: Issue) => void,
): Promise<KeptEdition> {
  const parts: KeptPart[] = [];
  for (const part of edition.parts) {
    const kept = await keepPart(deps, source, edition, part, runId, last.get(part.url) ?? null, onIssue);
    if (kept) parts.push(kept);
  }
  return { parts, files: filesOf(deps, parts) };
}

/** Reads kept parts back from the store. */
export function filesOf(
  deps: Pick<IngestDeps, 'store'>,
  parts: readonly { part: string; sha256: string }[],
): EditionFiles {
  const find = (name: string) => parts.find((part) => part.part === name);
  return {
    names: () => parts.map((part) => part.part),
    has: (name) => find(name) !== undefined,
    read: async (name) => {
      const part = find(name);
      if (!part) throw new RangeError(`the edition has no part '${name}'`);
      return deps.store.read(part.sha256);
    },
  };
}

/**
 * The edition with the parts that its published form had and the publisher no longer serves (an optional part that is gone): that a
 * change record was taken off the site does not unsay its effective date.
 */
export async function withPartsOf(
  deps: Pick<IngestDeps, 'database' | 'store'>,
  release: { release_id: number; retrieved_at: string },
  edition: Edition,
  fetched: KeptEdition,
): Promise<KeptEdition> {
  const rows = await snapshotsOfRelease(deps.database.db, release.release_id);
  const declared = new Set(edition.parts.map(({ part }) => part));
  const gone = rows.filter((row) => declared.has(row.part) && !fetched.files.has(row.part));
  if (gone.length === 0) return fetched;
  const parts = [...fetched.parts, ...(await keptParts(deps.database.db, gone, release.retrieved_at))];
  return { parts, files: filesOf(deps, parts) };
}

/** Snapshots of a release as parts of an edition. */
export async function keptParts(
  db: Db,
  rows: Awaited<ReturnType<typeof snapshotsOfRelease>>,
  now: string,
): Promise<KeptPart[]> {
  const parts: KeptPart[] = [];
  for (const { part, url, sha256, bytes, media_type: mediaType } of rows) {
    parts.push({ part, url, sha256, bytes, snapshotId: await keepSnapshot(db, { sha256, bytes, mediaType, now }) });
  }
  return parts;
}

async function keepPart(
  deps: IngestDeps,
  source: Source,
  edition: Edition,
  part: EditionPart,
  runId: number,
  last: LastDownload | null,
  onIssue: (issue: Issue) => void,
): Promise<KeptPart | null> {
  const record = (
    outcome: DownloadOutcome,
    answer: { status: number | null; etag: string | null; lastModified: string | null },
    snapshotId: number | null,
  ) =>
    recordDownload(deps.database.db, {
      runId,
      sourceId: source.id,
      edition: edition.label,
      part: part.part,
      url: part.url,
      outcome,
      ...answer,
      snapshotId,
      now: deps.clock(),
    });
  const usable = last && (await deps.store.has(last.sha256)) ? last : null;
  try {
    const answer = await deps.fetch.get(part.url, {
      expect: part.expect,
      ...(usable ? { validators: { etag: usable.etag, lastModified: usable.last_modified } } : {}),
      ...(source.http?.maxBytes === undefined ? {} : { maxBytes: source.http.maxBytes }),
      ...(part.method === undefined ? {} : { method: part.method }),
      ...(part.body === undefined ? {} : { body: part.body }),
      ...(part.headers === undefined ? {} : { headers: part.headers }),
    });
    if (answer.outcome === 'not-modified') {
      if (!usable) throw new Error(`${part.url}: answered 'not modified' to an unconditional request`);
      await record(
        'not-modified',
        { status: answer.status, etag: usable.etag, lastModified: usable.last_modified },
        usable.snapshot_id,
      );
      return { part: part.part, url: part.url, sha256: usable.sha256, snapshotId: usable.snapshot_id, bytes: -1 };
    }
    const stored = await deps.store.put(answer.body);
    const snapshotId = await keepSnapshot(deps.database.db, {
      sha256: stored.sha256,
      bytes: stored.bytes,
      mediaType: answer.mediaType ?? 'application/octet-stream',
      now: deps.clock(),
    });
    const outcome = last?.sha256 === stored.sha256 ? 'unchanged' : 'changed';
    await record(outcome, { status: answer.status, etag: answer.etag, lastModified: answer.lastModified }, snapshotId);
    return { part: part.part, url: part.url, sha256: stored.sha256, snapshotId, bytes: stored.bytes };
  } catch (error) {
    if (!(error instanceof FetchError)) throw error;
    await record('failed', { status: null, etag: null, lastModified: null }, null);
    if (part.optional !== true || !(error instanceof Gone || error instanceof NotMirrored)) throw error;
    onIssue({
      severity: 'info',
      code: 'part-missing',
      message: `${part.part}: ${error.message}`,
      place: { url: part.url },
    });
    return null;
  }
}
