import { sql } from 'kysely';
import type { ChangeRow } from './change-rows.ts';
import type { Db } from './connect.ts';

export interface FeedRow extends ChangeRow {
  change_id: number;
  release_id: number;
  entity: 'goods_nomenclature' | 'measure' | 'reference';
}

/** Goods of one origin: what tells that a measure cannot concern them. Areas are 'jurisdiction/area', as numbers of groups differ in who belongs to them. */
export interface OriginFilter {
  /** The codes under which tariffs name the country: Serbia has two. */
  origin: readonly string[];
  /** Areas the origin never belonged to. */
  outside: readonly string[];
  /** The origin itself and areas it belongs to without an end. */
  inside: readonly string[];
  /** Symbols of programmes that the origin was never in. */
  barred: readonly string[];
}

export interface FeedQuestion {
  /** Releases to read, in the order in which they are to appear. */
  releases: readonly number[];
  /** Continue behind this change; its release stands first in `releases`. */
  afterChange: number;
  prefix: string | null;
  kind: string | null;
  entity: string | null;
  origin: OriginFilter | null;
  limit: number;
}

/** Changes of the given releases, release by release. Reads no more than `limit` of each. */
export async function changesOf(db: Db, question: FeedQuestion): Promise<FeedRow[]> {
  const { releases, afterChange, prefix, kind, entity, origin, limit } = question;
  const { rows } = await sql<FeedRow>`
    select c.* from unnest(${releases}::bigint[]) with ordinality r(release_id, nth)
    cross join lateral (
      select c.change_id, c.release_id, c.entity, c.op, c.kinds, c.natural_key, c.code, c.fields, c.before, c.after
      from change c where c.release_id = r.release_id
        and (r.nth > 1 or c.change_id > ${afterChange})
        and (${prefix}::text is null or (c.code >= ${prefix} and c.code < ${`${prefix ?? ''}:`}))
        and (${kind}::text is null or c.kinds @> array[${kind}::text])
        and (${entity}::text is null or c.entity = ${entity})
        and ${origin === null ? sql`true` : mayConcern(origin)}
      order by c.change_id limit ${limit}) c
    order by r.nth, c.change_id limit ${limit}`.execute(db);
  return rows;
}

/**
 * Everything but measures that stand for other origins only. A change holds the fields that differ, so the area is read from the rows of its
 * key; a key whose rows differ in programmes concerns whom any of them concerns.
 */
function mayConcern({ origin, outside, inside, barred }: OriginFilter) {
  return sql<boolean>`(c.entity <> 'measure' or exists (
    select 1 from release r2 join source s using (source_id) join measure m using (source_id)
    where r2.release_id = c.release_id and m.natural_key = c.natural_key
      and (m.geographical_area !~ '^[A-Z]{2}$' or m.geographical_area = 'EU' or m.geographical_area = any(${origin}::text[]))
      and not s.jurisdiction || '/' || m.geographical_area = any(${outside}::text[])
      and not exists (select 1 from unnest(m.excluded_areas) e where s.jurisdiction || '/' || e = any(${inside}::text[]))
      and (cardinality(m.programmes) = 0 or not m.programmes <@ ${barred}::text[])))`;
}
