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

/** All records of a topic; for the small ones (sections, programmes, areas). */
export async function referencesOfTopic(db: Db, topic: string, moment: Moment): Promise<ReferenceRow[]> {
  const { rows } = await sql<ReferenceRow>`
    select ${COLUMNS} from reference_data r where r.topic = ${topic} and ${at('r', moment)}
    order by r.source_id, r.natural_key`.execute(db);
  return rows;
}
