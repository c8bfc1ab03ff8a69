import { isGoodsNumber, listLineNumbers, numbersInText } from './tariff-numbers.ts';
import { outline, type NoteLine, type OutlineIssue, type OutlineSection } from './note-outline.ts';

/** A tariff number that a subdivision names. */
export interface NoteNumber {
  /** 4, 6, 8 or 10 digits of chapters 1 to 97: match by prefix. */
  digits: string;
  /** 'listed': in a table or named as covered; 'excepted': 'except for such seats provided for in statistical reporting number …'. */
  use: 'listed' | 'excepted';
  /** Printed in a table of numbers, not in a sentence. */
  table: boolean;
}

/** One subdivision of a U.S. note. */
export interface NoteSubdivision {
  /** '20(f)', '16(c)(vii)', '2(v)(iii)(a)'. A second note of the same number is '21#2'. */
  key: string;
  parent: string | null;
  /** Chapter 99 number the subdivision defines, its own or its parent's; null when the text does not say so plainly. */
  heading: string | null;
  /** Chapter 99 numbers that the text names, digits. */
  headings: string[];
  numbers: NoteNumber[];
  /** Law text without the tables. */
  text: string;
  /** Printed page it begins on: '99-III-65'. */
  page: string;
}

export interface NoteIssue {
  code: OutlineIssue['code'] | 'columns-shifted' | 'number-misprinted' | 'notes-missing';
  message: string;
}

const FURNITURE =
  /^(?:Harmonized Tariff Schedule of the United States.*|Annotated for Statistical Reporting Purposes|XXII|)$/;
const PAGE = /^99\s*-\s*III\s*-\s*(\d+)$/;
const RUNNING_HEAD = /^U\.\s?S\. Notes(?: \(con\.\))?\s*/;

/**
 * The U.S. notes of subchapter III of chapter 99 from the text of the chapter's PDF pages
 * (`https://hts.usitc.gov/reststop/file?release=2026HTSRev6&filename=Chapter%2099`), which hold the lists of goods that additional
 * duties cover. Reads from the head of the subchapter to the first page of its table of headings.
 */
export function parseChapter99Notes(pages: readonly string[]): {
  subdivisions: NoteSubdivision[];
  issues: NoteIssue[];
} {
  const found: NoteIssue[] = [];
  const lines = mendNumbers(noteLines(pages), found);
  if (lines.length === 0)
    return {
      subdivisions: [],
      issues: [
        { code: 'notes-missing', message: 'no U.S. notes of subchapter III in the text: images, or another chapter' },
      ],
    };
  const { sections, issues } = outline(lines);
  found.push(...issues);
  raiseColumns(sections, found);
  const subdivisions: NoteSubdivision[] = [];
  const headingOf = new Map<string, string | null>();
  for (const section of sections) {
    const read = readSection(section);
    const heading = read.own ?? (section.parent === null ? null : (headingOf.get(section.parent) ?? null));
    headingOf.set(section.key, heading);
    subdivisions.push({
      key: section.key,
      parent: section.parent,
      heading,
      headings: read.headings,
      numbers: read.numbers,
      text: read.text,
      page: section.lines[0]?.page ?? '',
    });
  }
  moveCopper(subdivisions, found);
  return { subdivisions, issues: found };
}

/** Lines of the notes of subchapter III, page furniture removed, numbers that stand beside the running head kept. */
function noteLines(pages: readonly string[]): NoteLine[] {
  const lines: NoteLine[] = [];
  let inside = false;
  for (const pageText of pages) {
    const printed = pageText.split(/\r?\n/).map((line) => line.replace(/[\s\u00a0]+/g, ' ').trim());
    if (printed.includes('SUBCHAPTER III')) inside = true;
    else if (printed.some((line) => /^SUBCHAPTER [IVX]+$/.test(line)) && inside) break;
    if (!inside) continue;
    if (printed.some((line) => /^Heading\/ ?(?:Stat|$)/.test(line))) break;
    const number = printed
      .map((line) => PAGE.exec(line)?.[1] ?? /99\s*-\s*III\s*-\s*(\d+)/.exec(line)?.[1])
      .find((page) => page !== undefined);
    const page = `99-III-${number ?? '?'}`;
    const start = printed.indexOf('U.S. Notes');
    for (const line of start >= 0 ? printed.slice(start) : printed) {
      if (FURNITURE.test(line) || PAGE.test(line)) continue;
      const text = line.replace(RUNNING_HEAD, '');
      if (text !== '') lines.push({ text, page, besideHead: text !== line });
    }
  }
  return lines;
}

/** '2803;00.00' and '7217,10.90' stand in the lists of note 30; read as headings they would cover far too much. */
function mendNumbers(lines: readonly NoteLine[], issues: NoteIssue[]): NoteLine[] {
  return lines.map((line) => {
    const mended = line.text.replace(/(?<![\d.])(\d{4})[;,](\d{2}\.\d{2})/g, '$1.$2');
    if (mended === line.text || listLineNumbers(mended) === null) return line;
    issues.push({ code: 'number-misprinted', message: `page ${line.page}: '${line.text}' is read as '${mended}'` });
    return { ...line, text: mended };
  });
}

const OWN_HEADING = [
  /^(?:Except [^.]{0,400}?, )?(?:Sub)?headings? (99\d\d\.\d\d\.\d\d)(?:,? (?:applies|apply|covers|cover|imposes|sets? forth|provides?))/i,
  /^As provided (?:for )?in (?:sub)?headings? (99\d\d\.\d\d\.\d\d)/i,
  /^For (?:the )?purposes of (?:sub)?heading (99\d\d\.\d\d\.\d\d)/i,
  /\brates? of duty set forth in headings? (99\d\d\.\d\d\.\d\d)/i,
];

function readSection(section: OutlineSection): {
  own: string | null;
  headings: string[];
  numbers: NoteNumber[];
  text: string;
} {
  const numbers = new Map<string, NoteNumber>();
  const sentences: string[] = [];
  const put = (digits: string, use: NoteNumber['use'], table: boolean) => {
    // Chapter 98 is named in sentences as what is not touched; in a table it is listed (civil aircraft: 9818.00.05).
    if (!isGoodsNumber(digits) && !(table && digits.startsWith('98') && digits.length === 8)) return;
    const known = numbers.get(digits);
    if (!known) numbers.set(digits, { digits, use, table });
    else if (table) known.table = true;
  };
  for (const line of section.lines) {
    const listed = listLineNumbers(line.text);
    if (listed) for (const digits of listed) put(digits, 'listed', true);
    else {
      // A list may begin on the line of its title: 'Derivative steel articles: 7307.22.50 7307.23.00'.
      const tail = /:((?:\s+\d{4}(?:\.\d{2}(?:\.\d{2,4})?)?){2,})$/.exec(line.text);
      for (const digits of listLineNumbers(tail?.[1]?.trim() ?? '') ?? []) put(digits, 'listed', true);
      sentences.push(tail ? line.text.slice(0, tail.index + 1) : line.text);
    }
  }
  // A number cut at the end of a line keeps its dot: '9903.' / '88.01'.
  const text = sentences.join(' ').replace(/(\d{4}\.(?:\d{2}\.)?) (?=\d{2})/g, '$1');
  const headings = new Set<string>();
  for (const { digits, at } of numbersInText(text)) {
    if (digits.startsWith('99')) headings.add(digits);
    else put(digits, excepted(text, digits, at) ? 'excepted' : 'listed', false);
  }
  const own = OWN_HEADING.map((pattern) => pattern.exec(text)?.[1]).find((heading) => heading !== undefined);
  return { own: own?.replaceAll('.', '') ?? null, headings: [...headings], numbers: [...numbers.values()], text };
}

/**
 * A statistical number taken out of its subheading: '… provided for in subheading 6307.90.98, except for respirators …, described in
 * statistical reporting numbers 6307.90.9842'.
 */
function excepted(text: string, digits: string, at: number): boolean {
  if (digits.length !== 10) return false;
  const subheading = `${digits.slice(0, 4)}.${digits.slice(4, 6)}.${digits.slice(6, 8)}`;
  const named = text.slice(0, at).search(new RegExp(`${subheading.replaceAll('.', '\\.')}(?!\\d)`));
  return named >= 0 && /\bexcept\b/.test(text.slice(named, at));
}

/**
 * A list that begins on a new page may be set so high that its first rows stand beside the running head, above its own title
 * (2026 Revision 6, page 99-III-65: six numbers of 16(c)(iv) above the title). They belong to the list whose title follows.
 */
function raiseColumns(sections: OutlineSection[], issues: NoteIssue[]): void {
  sections.forEach((section, at) => {
    const next = sections[at + 1];
    const from = section.lines.findIndex((line) => line.besideHead && listLineNumbers(line.text) !== null);
    const first = next?.lines[0];
    if (from < 0 || !next || !first || section.lines[from]?.page !== first.page) return;
    const tail = section.lines.slice(from);
    if (tail.length > 3 || !tail.every((line) => listLineNumbers(line.text))) return;
    section.lines = section.lines.slice(0, from);
    next.lines.push(...tail.map((line) => ({ ...line, besideHead: false })));
    const moved = tail.map((line) => line.text).join(' ');
    issues.push({
      code: 'columns-shifted',
      message: `page ${first.page}: ${moved} stand above the title of ${next.key} and are read as part of it`,
    });
  });
}

/** The same page sets columns of the copper list above its title too: chapter 74 in a steel list next to a copper list is copper. */
function moveCopper(subdivisions: NoteSubdivision[], issues: NoteIssue[]): void {
  subdivisions.forEach((copper, at) => {
    const steel = subdivisions[at - 1];
    if (!steel || !/^Articles of copper\b/i.test(copper.text) || !/\bsteel articles\b/i.test(steel.text)) return;
    const moved = steel.numbers.filter((number) => number.digits.startsWith('74'));
    if (moved.length === 0) return;
    steel.numbers = steel.numbers.filter((number) => !number.digits.startsWith('74'));
    copper.numbers.push(...moved.filter((number) => !copper.numbers.some((known) => known.digits === number.digits)));
    const names = moved.map((number) => number.digits).join(' ');
    issues.push({
      code: 'columns-shifted',
      message: `page ${copper.page}: ${names} stand above the title of ${copper.key} and are read as part of it`,
    });
  });
}
