import { type RawBuilder, sql } from 'kysely';

/**
 * The two time predicates, once. Valid time (the law) is half-open in dates; known time (publication) is half-open in instants.
 * Current knowledge is `known_to is null`: what nobody has replaced, even when the clock of a publisher runs ahead of ours.
 */
export interface Moment {
  /** The law on this date, 'YYYY-MM-DD'. */
  on: string;
  /** As published by this instant; null: as known now. */
  known: string | null;
}

/** For statements written as text and prepared under a name: `on` and `known` are placeholders ('$2'). */
export function atText(alias: string, on: string, known: string | null): string {
  const valid = `${alias}.valid_from <= ${on}::date and (${alias}.valid_to is null or ${alias}.valid_to > ${on}::date)`;
  return `${valid} and ${knownText(alias, known)}`;
}

export function knownText(alias: string, known: string | null): string {
  if (known === null) return `${alias}.known_to is null`;
  return `${alias}.known_from <= ${known}::timestamptz and (${alias}.known_to is null or ${alias}.known_to > ${known}::timestamptz)`;
}

/** The same two predicates for a statement built with `sql`; `alias` is a name in our own code, never input. */
export function at(alias: string, { on, known }: Moment): RawBuilder<boolean> {
  const t = sql.raw(alias);
  return sql<boolean>`${t}.valid_from <= ${on}::date and (${t}.valid_to is null or ${t}.valid_to > ${on}::date) and ${knownBy(alias, known)}`;
}

export function knownBy(alias: string, known: string | null): RawBuilder<boolean> {
  const t = sql.raw(alias);
  if (known === null) return sql<boolean>`${t}.known_to is null`;
  return sql<boolean>`${t}.known_from <= ${known}::timestamptz and (${t}.known_to is null or ${t}.known_to > ${known}::timestamptz)`;
}
