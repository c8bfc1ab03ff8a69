import { sql } from 'kysely';
import type { Db } from './connect.ts';

export interface SourceRow {
  source_id: string;
  jurisdiction: string;
  title: string;
  manifest: Record<string, unknown>;
}

/** Makes the source known, or brings its row up to what the code declares; untouched when it says the same. */
export async function registerSource(
  db: Db,
  source: { sourceId: string; jurisdiction: string; title: string; manifest: object },
): Promise<void> {
  await sql`insert into source (source_id, jurisdiction, title, manifest)
    values (${source.sourceId}, ${source.jurisdiction}, ${source.title}, ${JSON.stringify(source.manifest)}::jsonb)
    on conflict (source_id) do update set jurisdiction = excluded.jurisdiction, title = excluded.title, manifest = excluded.manifest
    where (source.jurisdiction, source.title, source.manifest) is distinct from (excluded.jurisdiction, excluded.title, excluded.manifest)`.execute(
    db,
  );
}

export async function allSources(db: Db): Promise<SourceRow[]> {
  const { rows } =
    await sql<SourceRow>`select source_id, jurisdiction, title, manifest from source order by source_id`.execute(db);
  return rows;
}
