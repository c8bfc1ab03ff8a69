/** A tariff number of chapters 1 to 99 in a text, 6, 8 or 10 digits: '8471.30', '8471.30.01', '8471.30.0100', '8471.30.01.00'. */
const NUMBER = /(?<![\d.$])(\d{4}\.\d{2}(?:\.\d{2}(?:\.?\d{2})?)?)(?![\d%])(?!\.\d)/g;
/** In lists also headings, and headings that text extraction ran together ('7606760576047601'). */
const LIST_TOKEN = /^(?:\d{4}\.\d{2}(?:\.\d{2}(?:\.?\d{2})?)?|\d{8}|\d{10}|(?:\d{4})+)$/;
const GLUED = /\d{4}\.\d{2}\.\d{4}(?=\d{4}\.)|\d{4}\.\d{2}\.\d{2}(?=\d{4}\.)|\d{4}\.\d{2}(?=\d{4}\.)/g;

/** True for a number an HTS list can name: chapters 1 to 97 without the reserved 77. */
export function isGoodsNumber(digits: string): boolean {
  const chapter = digits.slice(0, 2);
  return [4, 6, 8, 10].includes(digits.length) && chapter >= '01' && chapter <= '97' && chapter !== '77';
}

/** Digits of every number of 6, 8 or 10 digits in running text, in order, with where it stands. */
export function numbersInText(text: string): { digits: string; at: number }[] {
  return [...text.matchAll(NUMBER)].map((match) => ({ digits: (match[1] ?? '').replaceAll('.', ''), at: match.index }));
}

/**
 * Digits of the numbers of a list line, that is a line of nothing but tariff numbers; null for any other line,
 * also for one with commas, which is a piece of a sentence that happens to hold only numbers.
 * Numbers that extraction ran together are cut where a new number must begin: 4-digit headings every four digits,
 * dotted numbers before the four digits that a dot follows.
 */
export function listLineNumbers(line: string): string[] | null {
  // Note 35 sets its lists with semicolons; a single number with one is the end of an item.
  const spaced = /^(?:[\d.]+;\s+){2,}[\d.]+;?$/.test(line) ? line.replaceAll(';', ' ') : line;
  const tokens = spaced
    .replace(GLUED, '$& ')
    .split(/\s+/)
    .filter((token) => token !== '');
  if (tokens.length === 0 || !tokens.every((token) => LIST_TOKEN.test(token))) return null;
  return tokens.flatMap((token) => {
    const digits = token.replaceAll('.', '');
    if (token.includes('.') && /\d\.\d/.test(token)) return [digits];
    // Without dots a token of 8 or 10 digits is a number written plainly unless it is made of headings of one chapter in a row.
    if (digits.length === 8 || digits.length === 10)
      return digits.length === 8 && plainHeadings(digits) ? halves(digits) : [digits];
    return digits.match(/\d{4}/g) ?? [];
  });
}

/** '72067207': two headings of one chapter; '72061000' is a subheading. */
function plainHeadings(digits: string): boolean {
  return digits.slice(0, 2) === digits.slice(4, 6);
}

function halves(digits: string): string[] {
  return [digits.slice(0, 4), digits.slice(4)];
}
