import { sql } from 'kysely';
import { copyInto, type CopyColumn } from './copy.ts';
import { KINDS, KIND_TABLES, type Kind } from './kinds.ts';
import type { Session } from './session.ts';

/**
 * The stage: one temporary table per kind, filled by COPY with the rows of an edition that differ from what is published.
 * Temporary tables write no WAL, vanish with the connection, and keep the publishing transaction short.
 */

/** A staged row: content columns in the order of KIND_TABLES, then valid_from and valid_to as the publisher dates them. */
export type StageRow = readonly unknown[];

const stageTable = (kind: Kind) => `stage_${KIND_TABLES[kind].table}`;
const jsonColumns = {
  goods_nomenclature: ['footnotes', 'attributes'],
  measure: ['duty', 'conditions', 'attributes'],
  reference: ['data'],
};
const stageColumns = (kind: Kind): CopyColumn[] =>
  [...KIND_TABLES[kind].columns, 'valid_from', 'valid_to'].map((name) =>
    jsonColumns[kind].includes(name) ? { name, json: true } : name,
  );

/** Empty temporary tables of the session, one per kind, shaped as the ledger's; what an earlier edition of the session staged is gone. */
export async function openStage(session: Session): Promise<void> {
  for (const kind of KINDS) {
    const { table, columns } = KIND_TABLES[kind];
    await sql.raw(`drop table if exists ${stageTable(kind)}`).execute(session.db);
    await sql
      .raw(
        `create temporary table ${stageTable(kind)} as
         select ${columns.join(', ')}, valid_from, valid_to from ${table} with no data`,
      )
      .execute(session.db);
    await sql
      .raw(`alter table ${stageTable(kind)} add column stage_id bigint generated always as identity`)
      .execute(session.db);
  }
}

/** Adds rows by COPY; throws when a value does not fit its column, and the stage keeps none of this call. */
export async function fillStage(session: Session, kind: Kind, rows: Iterable<StageRow>): Promise<void> {
  await copyInto(session.client, stageTable(kind), stageColumns(kind), rows);
}

/** After the last COPY: key order, so that joins with the ledger have statistics to plan with. */
export async function sealStage(session: Session, kinds: readonly Kind[]): Promise<void> {
  for (const kind of kinds) {
    await sql.raw(`create index on ${stageTable(kind)} (natural_key)`).execute(session.db);
    await sql.raw(`analyze ${stageTable(kind)} (natural_key, stage_id)`).execute(session.db);
  }
}

export interface StagedStatement {
  stage_id: number;
  natural_key: string;
  content_hash: string;
  valid_from: string | null;
  valid_to: string | null;
}

/** What the edition at hand says of the records; a record it does not stage is left out. */
export async function stagedStatements(
  session: Session,
  kind: Kind,
  keys: readonly string[],
): Promise<StagedStatement[]> {
  const { rows } = await sql<StagedStatement>`
    select stage_id, natural_key, content_hash, valid_from, valid_to
    from ${sql.raw(stageTable(kind))} where natural_key = any(${keys}::text[])`.execute(session.db);
  return rows;
}

/** Natural keys of all that is staged, sorted. */
export async function stagedKeys(session: Session, kind: Kind): Promise<string[]> {
  const { rows } = await sql<{ natural_key: string }>`
    select natural_key from ${sql.raw(stageTable(kind))} order by natural_key`.execute(session.db);
  return rows.map((row) => row.natural_key);
}

/** Content of staged rows as JSON objects, for the change feed. */
export async function stagedContent(
  session: Session,
  kind: Kind,
  stageIds: readonly number[],
): Promise<Map<number, Record<string, unknown>>> {
  const { rows } = await sql<{ stage_id: number; content: Record<string, unknown> }>`
    select stage_id, to_jsonb(s) - 'stage_id' - 'content_hash' - 'sort_key' as content
    from ${sql.raw(stageTable(kind))} s where stage_id = any(${stageIds}::bigint[])`.execute(session.db);
  return new Map(rows.map((row) => [row.stage_id, row.content]));
}

/** A source's first release has no history to splice into: its staged rows become rows as they are. */
export async function insertStageAsFirst(
  session: Session,
  kind: Kind,
  release: { sourceId: string; id: number; known: string; effective: string | null },
): Promise<number> {
  const { table, columns } = KIND_TABLES[kind];
  const validFrom = release.effective === null ? sql`valid_from` : sql`${release.effective}::date`;
  const validTo = release.effective === null ? sql`valid_to` : sql`null::date`;
  const result = await sql`
    insert into ${sql.raw(table)} (source_id, ${sql.raw(columns.join(', '))}, valid_from, valid_to, known_from, stated_by, introduced_by)
    select ${release.sourceId}, ${sql.raw(columns.join(', '))}, ${validFrom}, ${validTo}, ${release.known}::timestamptz, ${release.id}, ${release.id}
    from ${sql.raw(stageTable(kind))}`.execute(session.db);
  return Number(result.numAffectedRows ?? 0n);
}

export { stageTable };
