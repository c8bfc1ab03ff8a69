import { sql } from 'kysely';
import type { Db } from './connect.ts';

export interface FeedRow {
  change_id: number;
  release_id: number;
  entity: 'goods_nomenclature' | 'measure' | 'reference';
  op: 'add' | 'modify' | 'remove';
  kinds: string[];
  natural_key: string;
  code: string | null;
  fields: string[];
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
}

export interface FeedQuestion {
  /** Releases to read, in the order in which they are to appear. */
  releases: readonly number[];
  /** Continue behind this change; its release stands first in `releases`. */
  afterChange: number;
  prefix: string | null;
  kind: string | null;
  entity: string | null;
  limit: number;
}

/** Changes of the given releases, release by release. Reads no more than `limit` of each. */
export async function changesOf(db: Db, question: FeedQuestion): Promise<FeedRow[]> {
  const { releases, afterChange, prefix, kind, entity, limit } = question;
  const { rows } = await sql<FeedRow>`
    select c.* from unnest(${releases}::bigint[]) with ordinality r(release_id, nth)
    cross join lateral (
      select c.change_id, c.release_id, c.entity, c.op, c.kinds, c.natural_key, c.code, c.fields, c.before, c.after
      from change c where c.release_id = r.release_id
        and (r.nth > 1 or c.change_id > ${afterChange})
        and (${prefix}::text is null or (c.code >= ${prefix} and c.code < ${`${prefix ?? ''}:`}))
        and (${kind}::text is null or c.kinds @> array[${kind}::text])
        and (${entity}::text is null or c.entity = ${entity})
      order by c.change_id limit ${limit}) c
    order by r.nth, c.change_id limit ${limit}`.execute(db);
  return rows;
}
