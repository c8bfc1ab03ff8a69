import { type RawBuilder, sql } from 'kysely';
import { at, atText, type Moment } from './as-of.ts';
import type { Database, Db } from './connect.ts';
import { declarableText } from './declarable.ts';
import { LINE_COLUMNS, type LineRow, type MeasureRow } from './line-rows.ts';

/** A child as a lookup lists it. */
export type ChildRow = Pick<
  LineRow,
  'natural_key' | 'code' | 'parent_key' | 'depth' | 'sort_key' | 'declarable' | 'description'
> & { has_children: boolean };

/** A measure as a lookup shows it. */
export type RateRow = Pick<
  MeasureRow,
  | 'code'
  | 'measure_type'
  | 'programmes'
  | 'duty_expression'
  | 'duty'
  | 'additional_code'
  | 'valid_from'
  | 'valid_to'
  | 'stated_by'
>;

/** Everything a lookup is made of, read in one statement, and so from one state of the ledger. */
export interface LineReading {
  /** The newest release in load order when this was read. */
  version: number | null;
  /** Lines whose code is a prefix of (or equals) the code asked for, and every ancestor of the line itself, in reading order. */
  lines: LineRow[];
  /** Direct children; below a child that is text only also its own, down to coded lines. In reading order. */
  children: ChildRow[];
  /** Measures on the code and its prefixes. */
  measures: RateRow[];
}

export interface LineQuestion extends Moment {
  source: string;
  /** Measure types wanted. */
  types: readonly string[];
}

// $1 source, $2 codes, $3 date, $4 measure types, $5 known instant. Lines are found by every prefix of the code: that costs nothing on this
// index, and measures at different levels apply together. The recursion descends only through lines without a code.
// The array around the array hides how many codes there are: seeing that they are few, the planner would make a plan of its own for every
// call (0.7 ms) instead of keeping one.
function statement(known: string | null): string {
  const now = (alias: string) => atText(alias, '$3', known);
  const onDate = (alias: string) => declarableText(alias, '$1', known, { on: '$3' });
  const child = (alias: string) =>
    ['natural_key', 'code', 'parent_key', 'depth', 'sort_key', 'description']
      .map((name) => `${alias}.${name}`)
      .concat(`${onDate(alias)} as declarable`)
      .join(', ');
  return `
select (select max(release_id) from release) as version, reading.* from unnest(array(select unnest($2::text[]))) with ordinality asked(code, nth)
cross join lateral (
  with recursive hit as materialized (
    select g.* from goods_nomenclature g
    where g.source_id = $1 and g.code = any(array(select left(asked.code, n) from generate_series(2, length(asked.code)) n)) and ${now('g')}
  ), target as materialized (
    select natural_key, ancestors from hit where code = asked.code order by declarable desc, depth desc limit 1
  ), line as (
    select ${LINE_COLUMNS('h', `case when h.code = asked.code then ${onDate('h')} else h.declarable end`)} from hit h
    union all
    select ${LINE_COLUMNS('g')} from goods_nomenclature g
    where g.source_id = $1 and g.natural_key = any(array(select unnest(ancestors) from target)) and g.code is null and ${now('g')}
  ), below as (
    select ${child('g')} from goods_nomenclature g
    where g.source_id = $1 and g.parent_key = (select natural_key from target) and ${now('g')}
    union all
    select ${child('g')} from below b join goods_nomenclature g on g.source_id = $1 and g.parent_key = b.natural_key
    where b.code is null and ${now('g')}
  )
  select
    coalesce((select json_agg(l order by l.depth, l.sort_key) from line l), '[]') as lines,
    coalesce((select json_agg(b order by b.sort_key, b.depth) from (
      select below.*, exists (select 1 from goods_nomenclature c
        where c.source_id = $1 and c.parent_key = below.natural_key and ${now('c')}) as has_children from below) b), '[]') as children,
    coalesce((select json_agg(m order by m.code, m.natural_key) from (
      select m.natural_key, m.code, m.measure_type, m.programmes, m.duty_expression, m.duty, m.additional_code, m.valid_from, m.valid_to, m.stated_by
      from measure m
      where m.source_id = $1 and m.code = any(array(select left(asked.code, n) from generate_series(2, length(asked.code)) n))
        and m.measure_type = any($4::text[]) and ${now('m')}) m), '[]') as measures
) reading order by asked.nth`;
}

const CURRENT = statement(null);
const KNOWN = statement('$5');

/**
 * Reads lines with their ancestors, children and measures, in the order of `codes` (significant digits). A prepared statement under a name:
 * planning it costs more than running it. Many codes at once, because starting the statement costs as much as answering for one
 * code (bench/lookup.ts). `lines` has no row with the code itself when that is not printed.
 */
export async function readLines(
  database: Database,
  codes: readonly string[],
  question: LineQuestion,
): Promise<LineReading[]> {
  const { source, on, types, known } = question;
  const values: unknown[] = [source, codes, on, types];
  if (known !== null) values.push(known);
  const { rows } = await database.pool.query<LineReading>({
    name: known === null ? 'read-lines-current' : 'read-lines-known',
    text: known === null ? CURRENT : KNOWN,
    values,
  });
  return rows;
}

/** Columns of lines 'g' at a moment; `asked` has to be among the tables. */
function columns({ known }: Moment): RawBuilder<unknown> {
  const declarable = declarableText('g', 'q.source', known === null ? null : 'q.known', { on: 'q.day' });
  return sql.raw(LINE_COLUMNS('g', declarable));
}

function asked(source: string, { on, known }: Moment): RawBuilder<unknown> {
  return sql`(select ${source}::text as source, ${on}::date as day, ${known}::timestamptz as known) q`;
}

/** Lines by key, in reading order. */
export async function linesByKey(db: Db, source: string, keys: readonly string[], moment: Moment): Promise<LineRow[]> {
  if (keys.length === 0) return [];
  const { rows } = await sql<LineRow>`
    select ${columns(moment)} from goods_nomenclature g, ${asked(source, moment)}
    where g.source_id = ${source} and g.natural_key = any(${keys}::text[]) and ${at('g', moment)}
    order by g.sort_key, g.depth`.execute(db);
  return rows;
}

/** Lines by code (all of the given codes that are printed), in reading order. */
export async function linesByCode(
  db: Db,
  source: string,
  codes: readonly string[],
  moment: Moment,
): Promise<LineRow[]> {
  if (codes.length === 0) return [];
  const { rows } = await sql<LineRow>`
    select ${columns(moment)} from goods_nomenclature g, ${asked(source, moment)}
    where g.source_id = ${source} and g.code = any(${codes}::text[]) and ${at('g', moment)}
    order by g.sort_key, g.depth`.execute(db);
  return rows;
}

/** Direct children by their parents' keys, in reading order. */
export async function childrenOf(
  db: Db,
  source: string,
  parents: readonly string[],
  moment: Moment,
): Promise<LineRow[]> {
  if (parents.length === 0) return [];
  const { rows } = await sql<LineRow>`
    select ${columns(moment)} from goods_nomenclature g, ${asked(source, moment)}
    where g.source_id = ${source} and g.parent_key = any(${parents}::text[]) and ${at('g', moment)}
    order by g.sort_key, g.depth`.execute(db);
  return rows;
}

/**
 * The topmost coded lines below a prefix that is not printed itself: those whose parent stands outside the prefix.
 * Keys of uncoded lines begin with their coded ancestor's digits, so one comparison serves both kinds of parent.
 */
export async function topsBelow(
  db: Db,
  source: string,
  prefix: string,
  moment: Moment,
): Promise<(LineRow & { has_children: boolean })[]> {
  const { rows } = await sql<LineRow & { has_children: boolean }>`
    select ${columns(moment)}, exists (select 1 from goods_nomenclature c
      where c.source_id = ${source} and c.parent_key = g.natural_key and ${at('c', moment)}) as has_children
    from goods_nomenclature g, ${asked(source, moment)}
    where g.source_id = ${source} and g.code > ${prefix} and g.code < ${after(prefix)} and ${at('g', moment)}
      and (g.parent_key is null or not starts_with(g.parent_key, ${prefix}))
    order by g.sort_key, g.depth`.execute(db);
  return rows;
}

/** The longest of `prefixes` (given longest first) with a printed line at or below it; null when there is none. */
export async function nearestExisting(
  db: Db,
  source: string,
  prefixes: readonly string[],
  moment: Moment,
): Promise<string | null> {
  const { rows } = await sql<{ prefix: string }>`
    select p.prefix from unnest(${prefixes}::text[]) with ordinality p(prefix, nth)
    where exists (select 1 from goods_nomenclature g
      where g.source_id = ${source} and g.code >= p.prefix and g.code < (p.prefix || ':') collate "C" and ${at('g', moment)})
    order by p.nth limit 1`.execute(db);
  return rows[0]?.prefix ?? null;
}

/** Upper bound of all codes that begin with `prefix`: ':' follows '9' in the "C" collation. */
function after(prefix: string): string {
  return `${prefix}:`;
}
