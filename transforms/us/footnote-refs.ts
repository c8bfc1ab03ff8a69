/** Marks a range that was not written out: '99035200..99035226'. */
export const RANGE_MARK = '..';

const NUMBER = String.raw`\d{4}\.\d{2}(?:\.\d{2}(?:\.?\d{2})?)?`;
const RANGE = new RegExp(
  String.raw`(?<![\d.])(${NUMBER})(?!\d)(?:\s*(?:[-\u00ad\u2010-\u2015]|through|thru|to)\s*(${NUMBER})(?!\d))?`,
  'gi',
);

/**
 * Digits of every tariff number a footnote, description or note names, each once, in printed order.
 * 'See 9903.41.05 and 9903.88.03. ' -> ['99034105', '99038803'].
 * A range is one entry with both ends, 'first..last' (RANGE_MARK): which numbers between them exist only the schedule knows,
 * and '9904.02.01-9904.02.37' is not 37 numbers. `expand` writes such a range out from the numbers that do exist.
 * 'U.S. note 20(g)' names no number. A typo such as '.OM' or '99.19.04.14' gives nothing rather than a guess.
 */
export function footnoteRefs(
  text: string,
  options: { expand?: (first: string, last: string) => readonly string[] } = {},
): string[] {
  const refs = new Set<string>();
  for (const match of text.replaceAll('\u00a0', ' ').matchAll(RANGE)) {
    const first = (match[1] ?? '').replaceAll('.', '');
    const last = match[2]?.replaceAll('.', '');
    if (last === undefined) refs.add(first);
    else if (options.expand) for (const ref of options.expand(first, last)) refs.add(ref);
    else refs.add(`${first}${RANGE_MARK}${last}`);
  }
  return [...refs];
}
