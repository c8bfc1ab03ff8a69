import { sql } from 'kysely';
import { knownBy } from './as-of.ts';
import type { Db } from './connect.ts';

/** Records of one kind that start or end on one day, taken together: the 76 codes that a regime takes in are one event. */
export interface ComingRow {
  day: string;
  /** 'ends': the day is the first on which they no longer hold. */
  event: 'starts' | 'ends';
  jurisdiction: string;
  entity: 'goods_nomenclature' | 'measure' | 'reference';
  /** Measure type, topic, or 'lines'. */
  what: string;
  /** Area of measures; subject of reference records (programme, regime, list, member state). */
  about: string | null;
  title: string | null;
  /** Duty expression or rate, when they all say the same. */
  text: string | null;
  /** The first codes in order. */
  codes: string[];
  codes_count: number;
  /** Two events with the same digest are about the same codes. */
  codes_digest: string;
  citations: string[];
  sources: string[];
  releases: number[];
}

export interface ComingQuestion {
  /** After this day, up to and with the other. */
  after: string;
  to: string;
  known: string | null;
  jurisdiction: string | null;
  source: string | null;
  /** Sources left out unless `source` names one. */
  without: readonly string[];
  /** Topics of reference records left out: what starts and ends by its nature. */
  withoutTopics: readonly string[];
  /** Digits: codes that begin with them, or that they begin with. */
  prefix: string | null;
}

const SHOWN = 20;

/** What starts or ends after a day, by day. Reads each table once: there is no index on ends, and answers are kept in memory. */
export async function comingRows(db: Db, question: ComingQuestion): Promise<ComingRow[]> {
  const { after, to, known, jurisdiction, source, without, withoutTopics, prefix } = question;
  const within = (t: string) => sql`${knownBy(t, known)}
    and ((${sql.raw(t)}.valid_from > ${after}::date and ${sql.raw(t)}.valid_from <= ${to}::date)
      or (${sql.raw(t)}.valid_to > ${after}::date and ${sql.raw(t)}.valid_to <= ${to}::date))`;
  const { rows } = await sql<ComingRow>`
    with dated as (
      select source_id, 'measure' as entity, code, measure_type as what, geographical_area as about, null as title,
        duty_expression as text, legal_base as citation, valid_from, valid_to, stated_by
      from measure m where ${within('m')}
      union all
      select source_id, 'goods_nomenclature', code, 'lines', null, null, null, null, valid_from, valid_to, stated_by
      from goods_nomenclature g where g.code is not null and ${within('g')}
      union all
      select source_id, 'reference', coalesce(code, data->>'heading'), topic, subject, coalesce(data->>'title', data->>'threshold', data->>'fee'),
        case jsonb_typeof(data->'rate') when 'object' then data->'rate'->>'rate' else data->>'rate' end,
        coalesce(data->>'citation', data->'acts'->-1->>'citation'), valid_from, valid_to, stated_by
      from reference_data r where r.topic <> all(${withoutTopics}::text[]) and ${within('r')}
    ), event as (
      select d.*, s.jurisdiction, e.day, e.event from dated d join source s using (source_id)
      cross join lateral (values (d.valid_from, 'starts'), (d.valid_to, 'ends')) e(day, event)
      where e.day > ${after}::date and e.day <= ${to}::date
        and (${jurisdiction}::text is null or s.jurisdiction = ${jurisdiction})
        and (case when ${source}::text is null then source_id <> all(${without}::text[]) else source_id = ${source} end)
        and (${prefix}::text is null or starts_with(d.code, ${prefix}) or starts_with(${prefix}, d.code))
    )
    select day, event, jurisdiction, entity, what, about, min(title) as title,
      case when count(distinct text) = 1 and count(*) = count(text) then min(text) end as text,
      coalesce((array_agg(distinct code order by code) filter (where code is not null))[1:${sql.raw(String(SHOWN))}], '{}') as codes,
      count(distinct code)::int as codes_count,
      md5(coalesce(string_agg(distinct code, ',' order by code), '')) as codes_digest,
      coalesce(array_agg(distinct citation order by citation) filter (where citation is not null), '{}') as citations,
      array_agg(distinct source_id order by source_id) as sources,
      array_agg(distinct stated_by order by stated_by) as releases
    from event
    group by day, event, jurisdiction, entity, what, about
    order by day, jurisdiction, entity, what, about nulls first, event`.execute(db);
  return rows;
}
