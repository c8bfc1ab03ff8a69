import { sql } from 'kysely';
import { at, type Moment } from './as-of.ts';
import type { Db } from './connect.ts';

export interface ReferenceRow {
  source_id: string;
  natural_key: string;
  topic: string;
  code: string | null;
  subject: string | null;
  data: Record<string, unknown>;
  valid_from: string;
  valid_to: string | null;
  stated_by: number;
}

const COLUMNS = sql.raw(
  'r.source_id, r.natural_key, r.topic, r.code, r.subject, r.data, r.valid_from, r.valid_to, r.stated_by',
);

/** Records of a topic about any of the given codes (pass a code's prefixes for the longest-prefix rule), longest code first. */
export async function referencesOn(
  db: Db,
  topic: string,
  codes: readonly string[],
  moment: Moment,
): Promise<ReferenceRow[]> {
  const { rows } = await sql<ReferenceRow>`
    select ${COLUMNS} from reference_data r
    where r.topic = ${topic} and r.code is not null and r.code = any(${codes}::text[]) and ${at('r', moment)}
    order by length(r.code) desc, r.source_id, r.natural_key`.execute(db);
  return rows;
}

/** Records of a topic by subject (area, currency, list …). */
export async function referencesBySubject(
  db: Db,
  topic: string,
  subjects: readonly string[],
  moment: Moment,
): Promise<ReferenceRow[]> {
  const { rows } = await sql<ReferenceRow>`
    select ${COLUMNS} from reference_data r
    where r.topic = ${topic} and r.subject is not null and r.subject = any(${subjects}::text[]) and ${at('r', moment)}
    order by r.subject, r.source_id, r.natural_key`.execute(db);
  return rows;
}

/** All records of a topic; for the small ones (sections, programmes, areas). */
export async function referencesOfTopic(db: Db, topic: string, moment: Moment): Promise<ReferenceRow[]> {
  const { rows } = await sql<ReferenceRow>`
    select ${COLUMNS} from reference_data r where r.topic = ${topic} and ${at('r', moment)}
    order by r.source_id, r.natural_key`.execute(db);
  return rows;
}
