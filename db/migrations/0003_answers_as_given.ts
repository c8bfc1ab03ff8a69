import { type Kysely, sql } from 'kysely';

/**
 * Given answers are kept as their text: jsonb reorders keys, so the hash of what was sent could not be checked against what is kept, and
 * parsing and recompressing 8 KB per answer cost more than giving it. lz4 where the server was built with it; else the default.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table answer alter column response type json using response::json`.execute(db);
  await sql`
    do $$ begin
      alter table answer alter column response set compression lz4;
    exception when feature_not_supported then null;
    end $$`.execute(db);
}
