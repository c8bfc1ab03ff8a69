import { isGoodsNumber, numbersInText } from './tariff-numbers.ts';

/** A row of an annex to a proclamation or notice. */
export interface AnnexRow {
  /** Part of the document: 'annex-i-a', 'annex-ii', '16(n)', 'c'. */
  part: string;
  digits: string;
  /** Printed description; '' where the annex prints bare numbers. */
  description: string;
  /** The scope column: 'Ex' (defined by the description), 'Aircraft', 'Pharma', 'Addition'; null when empty. */
  scope: string | null;
  /** Title of the table in metals annexes: 'steel', 'aluminum', 'copper'; null elsewhere. */
  metal: string | null;
}

const START = /^(\d{4}(?:\.\d{2}(?:\.\d{2}(?:\.?\d{2})?)?)?)(\s*$|\s+(?=\S))(.*)$/;
const NUMBERS_ONLY = /^(?:\d{4}\.\d{2}(?:\.\d{2}(?:\.?\d{2})?)?\s+)+\d{4}\.\d{2}(?:\.\d{2}(?:\.?\d{2})?)?$/;
/** A line before a number that is a piece of a description: 'machinery of heading' / '8427'. */
const GOES_ON = /\b(?:headings?|subheadings?|or|and|to|of|through|notes?|than|in|numbers?)$/i;
const SCOPE = /\s*\b(Ex|Aircraft|Pharma|Addition)\.?$/;
const PART = /^(?:annex)\s+([ivx]+(?:-[a-z])?)\b(?:$|[:.])/i;
const METAL = /^(steel|aluminum|copper)(?:\s+(?:description|articles|derivatives?)\b.*)?$/i;
const HEAD =
  /^(?:HTSUS|Product|Articles|Derivatives?|Scope|Limitations?|Notes|Description)\b(?:\s+(?:Description|Scope|Limitations?|Notes))*$/i;

/**
 * Tables of an annex from the text of its PDF pages: a number, its description over one or more lines, perhaps a scope at the end.
 * A number inside a wrapped description ('heading' / '8427', '8701 to 8705') begins no row: that mistake puts whole headings on a list.
 */
export function annexRows(pages: readonly string[]): AnnexRow[] {
  const rows: { part: string; digits: string; words: string[]; metal: string | null }[] = [];
  let part = '';
  let metal: string | null = null;
  let before = '';
  let open = false;
  for (const raw of pages.flatMap((page) => page.split(/\r?\n/))) {
    const line = raw.trim().replace(/(\d)[”"’]+;?$/, '$1');
    if (line === '' || /^\d{1,3}$/.test(line)) continue;
    const named = PART.exec(line);
    const titled = METAL.exec(line);
    const start = NUMBERS_ONLY.test(line) ? null : rowStart(line, before);
    if (named) {
      part = `annex-${(named[1] ?? '').toLowerCase()}`;
      metal = null;
      open = false;
    } else if (NUMBERS_ONLY.test(line)) {
      for (const { digits } of numbersInText(line)) rows.push({ part, digits, words: [], metal });
      open = false;
    } else if (titled && !GOES_ON.test(before)) {
      metal = (titled[1] ?? '').toLowerCase();
      open = false;
    } else if (HEAD.test(line)) {
      // Column heads repeat on every page and may fall inside a row.
      before = '';
      continue;
    } else if (start) {
      rows.push({ part, digits: start.digits, words: start.words === '' ? [] : [start.words], metal });
      open = true;
    } else if (open) rows.at(-1)?.words.push(line);
    before = line;
  }
  return rows
    .filter((row) => isListed(row.digits))
    .map(({ part: of, digits, words, metal: title }) => {
      // The scope is set beside the description and may end any of its lines.
      const scope = words.map((line) => SCOPE.exec(line)?.[1]).find((found) => found !== undefined) ?? null;
      const description = words.map((line) => line.replace(SCOPE, '')).join(' ');
      return { part: of, digits, description: description.trim(), scope, metal: title };
    });
}

function rowStart(line: string, before: string): { digits: string; words: string } | null {
  const match = START.exec(line);
  const number = match?.[1];
  if (!match || number === undefined) return null;
  const words = match[3] ?? '';
  // '8701 to 8705', '8429 or 8430, nesoi': a description goes on. Chemicals may begin with a small letter ('p-Nitrotoluene').
  if (/^(?:[,;.)]|(?:to|or|and|through|of|in|other|nesoi)\b)/.test(words)) return null;
  if (number.length === 4 && words !== '' && !/^[A-Z]/.test(words)) return null;
  if (GOES_ON.test(before)) return null;
  return { digits: number.replaceAll('.', ''), words };
}

/** Goods, and the provisions of chapter 98 that civil aircraft annexes name. */
function isListed(digits: string): boolean {
  return isGoodsNumber(digits) || (digits.startsWith('98') && digits.length === 8);
}

/**
 * Lists that a notice inserts into U.S. notes: 'By amending subdivision (m) to note 16, by inserting …' and
 * '(b) As provided in headings 9903.02.84 …'. A quoted number ('after ‘‘9403.99.9020’’') is a place, not a member.
 * The part is '16(m)' or 'b'. Every part is returned, also those without numbers.
 */
export function amendedLists(pages: readonly string[]): { part: string; numbers: string[] }[] {
  const text = pages
    .join('\n')
    .split(/\r?\n/)
    .filter(
      (line) => !/^(?:VerDate Sep|\s*lotter on|\s*khammond on|\d{5}\s+Federal Register|Federal Register \/)/.test(line),
    )
    .join('\n');
  const marks = [
    ...text.matchAll(
      /By\s+amending\s+subdivision\s+\((\w+)\)\s+to\s+note\s+(\d+)|^\(([a-z])\)\s+As\s+provided\s+in\s+headings?\s+99\d\d/gm,
    ),
  ];
  return marks.map((mark, at) => {
    const body = text.slice(mark.index, marks[at + 1]?.index ?? text.length);
    // The list ends where the next instruction begins.
    const end = body
      .slice(1)
      .search(/\n(?:\d+\.\s+[A-Z]|[a-z]+\.\s+(?:By|In|Deleting|Inserting)|Heading\/|\([ivx]+\)\s)/);
    const piece = end < 0 ? body : body.slice(0, end + 1);
    const numbers = numbersInText(piece)
      .filter(({ at: place }) => !/‘‘$/.test(piece.slice(0, place)))
      .map(({ digits }) => digits)
      .filter(isListed);
    return {
      part: mark[1] === undefined ? (mark[3] ?? '') : `${mark[2] ?? ''}(${mark[1]})`,
      numbers: [...new Set(numbers)],
    };
  });
}
