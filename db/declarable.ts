import { atText, knownText } from './as-of.ts';

/**
 * Whether a line can be declared on a date of law, as an expression of a statement.
 *
 * What is stored is the tree of the day of which the release speaks. An extract lists lines with their own dates, and so says of a line of
 * 2012 that others stand below it, though they were opened in 2026: until then it could be declared. A line below which all has been
 * closed since could not. So, for an extract, what stands below on the date decides; a line that never had anything below it keeps what is
 * stored. A source without dates states each tree as the law from its own date on. Before the first release held, lines below that had
 * ended are in none of them: there `true` may be wrong, and coverage of the nomenclature is partial (docs/time.md, with figures).
 *
 * Lines below are found by code and by parent, each with its index: a text between two lines may be younger than both of them.
 * `source`, `on`, `known` are placeholders ('$1') or columns; instead of `on` a statement may give its own condition on a row's dates and
 * knowledge.
 */
export function declarableText(
  line: string,
  source: string,
  known: string | null,
  valid: { on: string } | ((alias: string) => string),
): string {
  const below = (condition: string) => `(
    exists (select 1 from goods_nomenclature b
      where b.source_id = ${source} and b.code > ${line}.code and b.code < ${line}.code || ':' and ${condition})
    or exists (select 1 from goods_nomenclature b
      where b.source_id = ${source} and b.parent_key = ${line}.natural_key and ${condition}))`;
  const onDate = below(typeof valid === 'function' ? valid('b') : atText('b', valid.on, known));
  const extract = `(select s.manifest->>'validity' = 'extract' from source s where s.source_id = ${source})`;
  return `case when ${line}.code is null or not ${extract} then ${line}.declarable
    else not ${onDate} and (${line}.declarable or ${below(knownText('b', known))}) end`;
}
