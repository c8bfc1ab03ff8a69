/** Styled exports of the HTS carry <i>, <u>, <il>, <sup>, <sub>, <br/> and entities; the text under them is the same as in plain ones. */

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  cent: '¢',
  deg: '°',
  micro: 'µ',
  frac12: '½',
  ndash: '–',
  mdash: '—',
  reg: '®',
  trade: '™',
  times: '×',
};

const UNPLAIN = /[<&²³\u00a0\t\n\r\f\v]| {2}|^ | $/;

/** True when the text holds markup: a tag or an entity. */
export function isStyled(text: string): boolean {
  return /<\/?[a-z][^>]*>|&(?:[a-z]+|#\d+|#x[0-9a-f]+);/i.test(text);
}

/** Plain text: tags and entities gone, superscript two and three as digits, every run of white space one space. */
export function plainText(text: string): string {
  // Nearly every cell is plain already; looking costs a fifth of rewriting.
  if (!UNPLAIN.test(text)) return text;
  const bare = /[<&]/.test(text)
    ? text
        .replace(/<br\s*\/?>/gi, ' ')
        .replace(/<\/?[a-z][^>]*>/gi, '')
        .replace(/&(#\d+|#x[0-9a-f]+|[a-z]+\d*);/gi, (whole, name: string) => entity(name) ?? whole)
    : text;
  return bare
    .replace(/²/g, '2')
    .replace(/³/g, '3')
    .replace(/[\s ]+/g, ' ')
    .trim();
}

function entity(name: string): string | null {
  if (name.startsWith('#')) {
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
    return code > 0 && code < 0x110000 ? String.fromCodePoint(code) : null;
  }
  return ENTITIES[name.toLowerCase()] ?? null;
}
