import { type Kysely, sql } from 'kysely';

/**
 * Two thirds of an answer are the releases it rests on and their coverage, the same in thousands of answers: kept once, by its hash. An
 * answer is `head` followed by that tail; `tail_sha256` null: the head is the whole of it (answers that were kept as jsonb, whose keys stand in
 * another order).
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table answer_tail (
      tail_sha256 text collate "C" primary key,
      tail        text not null
    )`.execute(db);
  await sql`alter table answer
      add column head text,
      add column tail_sha256 text collate "C" references answer_tail`.execute(db);
  // What was sent reads …"meta":{"answer_id":"ans_…",<tail>
  await sql`
    with cut as (
      select answer_id, response::text as whole,
        strpos(response::text, '"meta":{"answer_id":"' || answer_id || '",') + length('"meta":{"answer_id":"' || answer_id || '",') - 1 as at,
        strpos(response::text, '"meta":{"answer_id":"' || answer_id || '",') > 0 as found
      from answer
    ), parts as (
      select answer_id,
        case when found then left(whole, at) else whole end as head,
        case when found then substr(whole, at + 1) end as tail
      from cut
    ), kept as (
      insert into answer_tail (tail_sha256, tail)
      select distinct encode(sha256(convert_to(tail, 'UTF8')), 'hex'), tail from parts where tail is not null
    )
    update answer set head = parts.head, tail_sha256 = encode(sha256(convert_to(parts.tail, 'UTF8')), 'hex')
    from parts where parts.answer_id = answer.answer_id`.execute(db);
  await sql`alter table answer alter column head set not null, drop column response`.execute(db);
  await sql`
    do $$ begin
      alter table answer alter column head set compression lz4;
      alter table answer_tail alter column tail set compression lz4;
    exception when feature_not_supported then null;
    end $$`.execute(db);
}
