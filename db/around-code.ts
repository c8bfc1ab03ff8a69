import { atText, knownText } from './as-of.ts';
import type { Database } from './connect.ts';

/** What a source holds around a code that may not be a line of it. */
export interface AroundCode {
  version: number | null;
  /** The code is a line on some date, or has lines below it on the date asked for. */
  listed: boolean;
  /** The subheading of eight digits above the code is a line, or lines stand below it. */
  subheading_exists: boolean;
  /** A measure in force on the date is attached to the code or below it. */
  named: boolean;
  /** The longest line above; null when there is none. */
  nearest: string | null;
}

/**
 * One statement, for the few codes that are not found. `code` and `prefixes` are significant digits; `subheading` is the first eight as
 * printed: '02064900' is a subheading when lines stand below those digits or when '020649' has no lines below it.
 */
export async function readAroundCode(
  database: Database,
  question: {
    source: string;
    code: string;
    prefixes: readonly string[];
    subheading: { printed: string; significant: string };
    on: string;
    known: string | null;
  },
): Promise<AroundCode> {
  const { source, code, prefixes, subheading, on, known } = question;
  const instant = known === null ? null : '$7';
  const below = (t: string, digits: string) => `${t}.code >= ${digits} and ${t}.code < (${digits} || ':') collate "C"`;
  const { rows } = await database.pool.query<AroundCode>(
    `select (select max(release_id) from release) as version,
      exists (select 1 from goods_nomenclature g where g.source_id = $1 and g.code = $2 and ${knownText('g', instant)})
        or exists (select 1 from goods_nomenclature g where g.source_id = $1 and ${below('g', '$2::text')} and ${atText('g', '$6', instant)}) as listed,
      exists (select 1 from goods_nomenclature g where g.source_id = $1 and ${atText('g', '$6', instant)}
        and (${below('g', '$4::text')} or (g.code = $5 and g.declarable))) as subheading_exists,
      exists (select 1 from measure m where m.source_id = $1 and ${below('m', '$2::text')} and ${atText('m', '$6', instant)}) as named,
      (select g.code from goods_nomenclature g where g.source_id = $1 and g.code = any($3::text[]) and ${atText('g', '$6', instant)}
        order by length(g.code) desc limit 1) as nearest`,
    [source, code, prefixes, subheading.printed, subheading.significant, on, ...(known === null ? [] : [known])],
  );
  const [row] = rows;
  if (!row) throw new Error('a statement without a from clause returned no row');
  return row;
}
