import { believedAt } from '../db/ledger.ts';
import { insertIssues, type IssueRow } from '../db/issues.ts';
import { releaseOfBytes, releasesOf, snapshotsOfRelease, type Release } from '../db/releases.ts';
import type { Session } from '../db/session.ts';
import type { LastDownload } from '../db/snapshots.ts';
import { laterBy } from '../transforms/dates.ts';
import { canonicalJson } from '../transforms/hash.ts';
import { RECORD_KINDS, type RecordKind } from '../transforms/records.ts';

import { type Accept, judged } from './acceptance.ts';
import type { IngestDeps } from './deps.ts';
import { Quarantined } from './errors.ts';
import { type Finding, findings, sizeFindings } from './expect.ts';
import { IssueLog } from './issue-log.ts';
import { type KeptEdition, type KeptPart, keepEdition, withPartsOf } from './keep-edition.ts';
import { ParseFailure, publishersFault } from './parse-failure.ts';
import { basisOf, publish, type Published, spoken } from './publish/publish.ts';
import type { Edition, EditionFacts, Source } from './source.ts';
import { stageEdition, type Listed, type StagedEdition } from './stage-edition.ts';
import { Tally } from './tally.ts';

export type EditionOutcome =
  | { state: 'unchanged'; label: string; releaseId: number }
  | { state: 'published'; label: string; published: Published; identicalTo: string | null; issues: IssueRow[] }
  | {
      state: 'staged';
      label: string;
      added: number;
      modified: number;
      removed: number;
      findings: readonly { code: string; message: string }[];
    };

export interface EditionOptions {
  runId: number;
  /** Stop before publishing and say what would change. */
  dryRun: boolean;
  /** Publish in spite of these violated expectations; the reason is kept with the run. */
  accept: Accept;
  /** Parsed again from kept bytes: differences come from our code, not from the publisher. */
  replay: boolean;
}

/** The pipeline for one edition: fetch, keep, compare, parse, normalise, stage, check, diff, publish. */
export async function ingestEdition(
  deps: IngestDeps,
  session: Session,
  source: Source,
  edition: Edition,
  last: ReadonlyMap<string, LastDownload>,
  options: EditionOptions,
  kept?: KeptEdition,
): Promise<EditionOutcome> {
  const log = new IssueLog();
  const progress = (stage: 'fetch' | 'parse' | 'check' | 'publish', message: string) => {
    deps.report({ source: source.id, edition: edition.label, stage, message });
  };
  progress('fetch', `${edition.parts.length} part(s)`);
  const fetched = kept ?? (await keepEdition(deps, source, edition, options.runId, last, log.add));

  const releases = await releasesOf(session.db, source.id);
  const before = newestOfLabel(releases, edition.label);
  const { parts, files } = before ? await withPartsOf(deps, before, edition, fetched) : fetched;
  if (before && !options.replay && (await sameBytes(session, before, parts))) {
    return { state: 'unchanged', label: edition.label, releaseId: before.release_id };
  }
  const context = { edition, issue: log.add, silentAbout: log.silentAbout };
  const now = unusedInstant(deps.clock(), releases);
  const facts =
    options.replay && before
      ? factsOf(before, now)
      : await describe(source, files, edition, context, now, before !== null);
  const joining = spoken({
    release_id: -1,
    published_at: facts.publishedAt,
    effective_date: facts.effectiveDate,
    corrects: before?.release_id ?? null,
    scope: { families: [] },
  });
  const line = [...releases.map(spoken), joining].sort((a, b) => (a.known < b.known ? -1 : 1));
  const basis = basisOf(line, joining);
  const basisRelease = releases.find((release) => release.release_id === basis?.id) ?? null;

  progress('parse', `effective ${facts.effectiveDate}`);
  let staged: StagedEdition;
  let standing = 0;
  try {
    const rows = source.parse(files, edition);
    const compared = await listed(session, source, basis);
    standing = standingOn(facts.effectiveDate, compared);
    staged = await stageEdition(session, source.normalise(rows, context), compared, {
      tally: new Tally(deps.sample === true ? { min: {} } : source.expect),
      effective: facts.effectiveDate,
      removeUnlisted: source.validity !== 'delta',
      dated: source.validity !== 'from-release',
      silent: () => log.silent,
    });
  } catch (error) {
    throw quarantined(edition.label, error);
  }
  if (before && staged.stateHash === before.state_hash && (options.replay || sameDates(before, facts))) {
    // The publisher's own repacking (spaces, order of members) says nothing new: no correction of nothing.
    return { state: 'unchanged', label: edition.label, releaseId: before.release_id };
  }

  progress(
    'check',
    `${staged.records} records: ${staged.added} new, ${staged.modified} changed, ${staged.removedCount} gone`,
  );
  const found = [
    ...(options.replay ? [] : await oldBytes(session, source, files, edition, parts)),
    // A release that is silent about most records lists few itself: shares are of what stands.
    ...findings(staged, deps.sample === true ? 0 : Math.max(basisRelease?.records ?? 0, standing), log.raw),
    ...(deps.sample === true ? [] : await sizeFindings(session, basisRelease, parts, edition, source.expect.sizeShare)),
  ];
  if (options.dryRun) {
    return {
      state: 'staged',
      label: edition.label,
      added: staged.added,
      modified: staged.modified,
      removed: staged.removedCount,
      findings: found,
    };
  }
  const { held, accepted, unused } = judged(options.accept, edition.label, found);
  if (held.length > 0) throw new Quarantined(edition.label, held);
  for (const finding of accepted)
    log.add({ severity: 'warning', code: `accepted-${finding.code}`, message: finding.message });
  for (const code of unused)
    log.add({ severity: 'info', code: 'accept-unused', message: `'${code}' was accepted and is not violated` });
  if (staged.tally.duplicates > 0) {
    log.add({
      severity: 'info',
      code: 'duplicate-records',
      message: `${staged.tally.duplicates} byte-identical duplicate records dropped`,
    });
  }

  progress('publish', `${staged.added + staged.modified} rows in, ${staged.removedCount} ended`);
  // A different label with the same main file: either nothing changed in between, or one of the two is filed under the wrong name.
  const [main] = parts;
  const twin =
    options.replay || !main
      ? null
      : await releaseOfBytes(session.db, source.id, { part: main.part, sha256: main.sha256, otherThan: edition.label });
  if (twin) {
    log.add({
      severity: 'warning',
      code: 'bytes-of-another-edition',
      message: `the bytes of ${edition.label} are those of ${twin.label}`,
      place: { label: twin.label },
    });
  }
  const issues = log.rows();
  const loadedAt = deps.clock();
  const published = await publish(session, {
    release: {
      source_id: source.id,
      run_id: options.runId,
      label: edition.label,
      published_at: facts.publishedAt,
      effective_date: facts.effectiveDate,
      effective_basis: facts.effectiveBasis,
      data_as_of: facts.dataAsOf,
      retrieved_at: loadedAt,
      loaded_at: loadedAt,
      cause: options.replay ? 'parser' : 'publisher',
      corrects: before?.release_id ?? null,
      scope: {
        ...source.covers,
        ...log.incomplete(source.covers.partial),
        ...(deps.sample === true ? { partial: samplePartial(source) } : {}),
        ...(Object.keys(facts.familiesAsOf).length === 0 ? {} : { as_of: facts.familiesAsOf }),
        silent: staged.silent,
      },
      code_version: deps.codeVersion,
      state_hash: staged.stateHash,
      records: staged.records,
    },
    parts,
    stagedAfter: releases.length,
    validity: source.validity,
    removed: staged.removed,
    alongside: (inner, releaseId) =>
      insertIssues(inner.db, { sourceId: source.id, runId: options.runId, releaseId }, issues),
  });
  return { state: 'published', label: edition.label, published, identicalTo: twin?.label ?? null, issues };
}

interface Facts extends EditionFacts {
  effectiveBasis: string;
}

/** Dates of an edition: what the publisher lists, else what its bytes say, else our first sight of it. */
async function describe(
  source: Source,
  files: KeptEdition['files'],
  edition: Edition,
  context: Parameters<NonNullable<Source['describe']>>[2],
  now: string,
  isCorrection: boolean,
): Promise<Facts> {
  let told: Partial<EditionFacts>;
  try {
    told = (await source.describe?.(files, edition, context)) ?? {};
  } catch (error) {
    throw quarantined(edition.label, publishersFault('dates of the edition', error));
  }
  const publishedAt = edition.publishedAt ?? told.publishedAt ?? now;
  const effectiveDate = edition.effectiveDate ?? told.effectiveDate ?? publishedAt.slice(0, 10);
  return {
    effectiveDate,
    effectiveBasis:
      told.effectiveBasis ??
      (edition.effectiveDate === null && told.effectiveDate === undefined ? 'publication date' : 'publisher'),
    dataAsOf: told.dataAsOf ?? publishedAt.slice(0, 10),
    familiesAsOf: told.familiesAsOf ?? {},
    // Other bytes under a known label: what the publisher said first stays known as it was until we saw the difference.
    publishedAt: isCorrection ? now : publishedAt,
  };
}

/** The edition held back when its bytes could not be read; any other error as it is. */
function quarantined(label: string, error: unknown): unknown {
  if (!(error instanceof ParseFailure)) return error;
  const message = `${error.message}${error.excerpt === null ? '' : ` (${error.excerpt})`}`;
  return new Quarantined(label, [{ code: error.code, message }]);
}

function sameDates(release: Release, facts: EditionFacts): boolean {
  return (
    release.effective_date === facts.effectiveDate &&
    release.data_as_of === facts.dataAsOf &&
    canonicalJson(release.scope.as_of ?? {}) === canonicalJson(facts.familiesAsOf)
  );
}

/** A replay changes what is read out of the bytes, not the dates the edition was published with; our correction is known from now on. */
function factsOf(release: Release, now: string): Facts {
  const { effective_date: effectiveDate, effective_basis: basis, data_as_of: dataAsOf, scope } = release;
  const familiesAsOf = scope.as_of ?? {};
  return { effectiveDate, effectiveBasis: basis ?? 'publisher', dataAsOf, familiesAsOf, publishedAt: now };
}

/** Releases of a source are told apart by when they became known: corrections made within one millisecond follow each other. */
function unusedInstant(now: string, releases: readonly Release[]): string {
  const taken = new Set(releases.map((release) => release.published_at));
  let instant = now;
  while (taken.has(instant)) instant = laterBy(instant, 1);
  return instant;
}

/**
 * What the compared release lists: the rows without an end, for it had the last word when it was published; a correction speaks at its
 * date, other editions may have followed. Sources that carry dates list ended rows too: they do not vanish by ending.
 */
async function listed(
  session: Session,
  source: Source,
  basis: { known: string; effective: string; corrects: number | null } | null,
): Promise<Listed> {
  const result = new Map<RecordKind, ReadonlyMap<string, { hash: string; to: string | null }>>();
  const dated = source.validity !== 'from-release';
  for (const kind of RECORD_KINDS) {
    if (basis === null) result.set(kind, new Map());
    else {
      const valid = dated ? 'ever' : basis.corrects === null ? 'open' : { on: basis.effective };
      result.set(kind, await believedAt(session, kind, { sourceId: source.id, known: basis.known, valid }));
    }
  }
  return result;
}

/** How many records of the compared release could end now. */
function standingOn(date: string, compared: Listed): number {
  let standing = 0;
  for (const entries of compared.values())
    for (const { to } of entries.values()) if (to === null || to > date) standing += 1;
  return standing;
}

/**
 * The address of what is current was asked for a new edition and answered 304, or with the bytes of the edition before: the list of editions
 * is ahead of the file. Old data under a new label would pass for news; only where the publisher itself says that
 * nothing changed (`Source.statesNoChange`) are they the same. An address of the edition's own is the publisher's word for its bytes.
 */
async function oldBytes(
  session: Session,
  source: Source,
  files: KeptEdition['files'],
  edition: Edition,
  parts: readonly KeptPart[],
): Promise<Finding[]> {
  const [main] = parts;
  if (!main || edition.parts.find(({ part }) => part === main.part)?.current !== true) return [];
  const { part, sha256 } = main;
  const twin = await releaseOfBytes(session.db, source.id, { part, sha256, otherThan: edition.label });
  if (!twin || (await source.statesNoChange?.(files, edition)) === true) return [];
  const message = `${part}: ${main.url} still answers with the bytes of ${twin.label}, and nothing at hand says that ${edition.label} changed none of them`;
  return [{ code: 'old-bytes', message }];
}

function newestOfLabel(releases: readonly Release[], label: string): Release | null {
  return releases.filter((release) => release.label === label).at(-1) ?? null;
}

async function sameBytes(
  session: Session,
  release: Release,
  parts: readonly { part: string; sha256: string }[],
): Promise<boolean> {
  const kept = new Map((await snapshotsOfRelease(session.db, release.release_id)).map((row) => [row.part, row.sha256]));
  return parts.length === kept.size && parts.every((part) => kept.get(part.part) === part.sha256);
}

/** Every family is partial in the sample; what the source itself cannot know stays said. */
function samplePartial({ covers }: Source): Record<string, string> {
  return Object.fromEntries(
    covers.families.map((family) => {
      const hole = covers.partial?.[family];
      return [family, `bundled sample: a handful of lines, not the whole publication${hole ? `; ${hole}` : ''}`];
    }),
  );
}
