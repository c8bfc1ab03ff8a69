import type { RecordKind } from '../../transforms/records.ts';
import {
  type DatedRow,
  type LineRelease,
  type Statement,
  type Validity,
  rowsOf,
  statementOf,
} from '../../transforms/timeline.ts';
import type { NewRow, RowPlan, StoredRow } from '../../db/ledger.ts';
import type { StagedStatement } from '../../db/stage.ts';
import type { ReleaseScope } from '../../db/releases.ts';

/** A release on the known line, with what it is silent about. */
export interface SpokenRelease extends LineRelease {
  silent: NonNullable<ReleaseScope['silent']>;
}

/** What one record's rows have to become when a release joins the line, and what each release says of it. */
export interface KeyPlan {
  key: string;
  /** Per release; where one is silent, what was said before it. */
  heard: ReadonlyMap<number, Statement>;
  plan: RowPlan;
  /** Where content of a hash is to be found, for copies and for the change feed. */
  contentOf: Map<string, { stageId: number | null; rowId: number | null }>;
}

/**
 * Plans the rows of one record. `stored` are its rows now, `staged` what the joining release says (null: it no longer lists it,
 * undefined: it repeats what `basis` said).
 */
export function planKey(
  kind: RecordKind,
  key: string,
  line: readonly SpokenRelease[],
  joining: SpokenRelease,
  basis: SpokenRelease | null,
  stored: readonly StoredRow[],
  staged: StagedStatement | null | undefined,
  validity: Validity,
): KeyPlan {
  const past = stored.map((row) => ({
    hash: row.content_hash,
    from: row.valid_from,
    to: row.valid_to,
    knownFrom: row.known_from,
    knownTo: row.known_to,
    statedBy: row.stated_by,
    endedBy: row.ended_by,
  }));
  const statements = new Map<number, Statement>();
  for (const release of line) {
    if (release.id === joining.id) continue;
    statements.set(
      release.id,
      isSilent(release, kind, key) ? undefined : statementOf(release, past, validity, formsOf(release, line)),
    );
  }
  statements.set(
    joining.id,
    isSilent(joining, kind, key) ? undefined : joiningStatement(line, joining, basis, statements, staged),
  );
  const contentOf = new Map<string, { stageId: number | null; rowId: number | null }>();
  for (const row of stored) contentOf.set(row.content_hash, { stageId: null, rowId: row.id });
  if (staged)
    contentOf.set(staged.content_hash, {
      stageId: staged.stage_id,
      rowId: contentOf.get(staged.content_hash)?.rowId ?? null,
    });
  return {
    key,
    heard: hear(line, statements),
    plan: difference(key, rowsOf(line, statements, validity), stored, contentOf),
    contentOf,
  };
}

/** The release and, for a correction, what it corrects. */
function formsOf(release: SpokenRelease, line: readonly SpokenRelease[]): ReadonlySet<number> {
  const forms = new Set([release.id]);
  let earlier = release.corrects;
  while (earlier !== null && !forms.has(earlier)) {
    forms.add(earlier);
    const id = earlier;
    earlier = line.find((other) => other.id === id)?.corrects ?? null;
  }
  return forms;
}

/** The statements in publication order, each silence filled with what stood before it. */
function hear(line: readonly SpokenRelease[], statements: ReadonlyMap<number, Statement>): Map<number, Statement> {
  const heard = new Map<number, Statement>();
  let standing: Statement = null;
  for (const release of line) {
    const said = statements.get(release.id);
    const understood: Statement = said === undefined ? standing : said;
    heard.set(release.id, understood);
    if (release.corrects === null) standing = understood;
  }
  return heard;
}

function isSilent(release: SpokenRelease, kind: RecordKind, key: string): boolean {
  return release.silent.some((gap) => gap.kind === kind && key.startsWith(gap.prefix) && !gap.stated.includes(key));
}

function joiningStatement(
  line: readonly SpokenRelease[],
  joining: SpokenRelease,
  basis: SpokenRelease | null,
  statements: ReadonlyMap<number, Statement>,
  staged: StagedStatement | null | undefined,
): Statement {
  if (staged === null) return null;
  // Not staged: it lists what stood before it, be that said by the release before or, where that was silent, by an earlier one.
  if (staged === undefined)
    return basis ? hear(line.slice(0, line.indexOf(basis) + 1), statements).get(basis.id) : null;
  return { hash: staged.content_hash, from: staged.valid_from ?? joining.effective, to: staged.valid_to };
}

function difference(
  key: string,
  wanted: readonly DatedRow[],
  stored: readonly StoredRow[],
  contentOf: KeyPlan['contentOf'],
): RowPlan {
  const plan: RowPlan = { remove: [], touch: [], insert: [] };
  const spare = new Map(
    stored.map((row) => [identity(row.content_hash, row.valid_from, row.valid_to, row.known_from), row]),
  );
  for (const row of wanted) {
    const id = identity(row.hash, row.from, row.to, row.knownFrom);
    const same = spare.get(id);
    if (!same) {
      plan.insert.push(newRow(key, row, contentOf));
      continue;
    }
    spare.delete(id);
    if (
      same.known_to !== row.knownTo ||
      same.stated_by !== row.statedBy ||
      same.introduced_by !== row.introducedBy ||
      same.ended_by !== row.endedBy
    ) {
      plan.touch.push({
        id: same.id,
        known_to: row.knownTo,
        stated_by: row.statedBy,
        introduced_by: row.introducedBy,
        ended_by: row.endedBy,
      });
    }
  }
  for (const row of spare.values()) plan.remove.push(row.id);
  return plan;
}

function newRow(key: string, row: DatedRow, contentOf: KeyPlan['contentOf']): NewRow {
  const content = contentOf.get(row.hash);
  if (!content) throw new Error(`no stored content for ${key} with hash ${row.hash}`);
  return {
    natural_key: key,
    content_hash: row.hash,
    valid_from: row.from,
    valid_to: row.to,
    known_from: row.knownFrom,
    known_to: row.knownTo,
    stated_by: row.statedBy,
    introduced_by: row.introducedBy,
    ended_by: row.endedBy,
    stage_id: content.stageId,
    copy_of: content.stageId === null ? content.rowId : null,
  };
}

function identity(hash: string, from: string, to: string | null, known: string): string {
  return `${hash}|${from}|${to ?? ''}|${known}`;
}
