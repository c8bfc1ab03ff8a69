import { markerRun, readings, type MarkerStyle } from './note-markers.ts';

/** A line of the notes without page furniture. */
export interface NoteLine {
  text: string;
  /** '99-III-65', as printed. */
  page: string;
  /** The numbers stand beside the running head: the list was set a line too high. */
  besideHead: boolean;
}

/** A stretch of lines under one subdivision. */
export interface OutlineSection {
  /** '20(f)', '16(c)(vii)', '21#2(b)'. */
  key: string;
  parent: string | null;
  lines: NoteLine[];
}

export interface OutlineIssue {
  code: 'note-misnumbered' | 'note-repeated' | 'subdivision-misprinted';
  message: string;
}

interface Level {
  style: MarkerStyle;
  value: number;
  token: string;
}

/** Deleted subdivisions leave gaps: note 2 goes from (c) to (j), note 20 from (gg) to (ll). */
const LETTER_GAP = 8;
/** Letters that are also numerals: only (v) to (x) of note 2. */
const NUMERAL_GAP = 2;
const NUMBER_GAP = 30;
const NOTE_GAP = 8;

/**
 * The subdivisions of consecutive U.S. notes. A marker opens one only if it continues what is open: the next of its sequence at
 * some open level (small gaps allowed, subdivisions get deleted) or the first of a new level; everything else is running text.
 */
export function outline(lines: readonly NoteLine[]): { sections: OutlineSection[]; issues: OutlineIssue[] } {
  const sections: OutlineSection[] = [];
  const issues: OutlineIssue[] = [];
  const seen = new Set<string>();
  let note = 0;
  let noteLabel = '';
  let misprinted = false;
  let stack: Level[] = [];

  const open = () => {
    const key = noteLabel + stack.map((level) => `(${level.token})`).join('');
    const parent =
      stack.length === 0
        ? null
        : noteLabel +
          stack
            .slice(0, -1)
            .map((level) => `(${level.token})`)
            .join('');
    if (seen.has(key)) issues.push({ code: 'note-repeated', message: `subdivision ${key} is printed twice` });
    seen.add(key);
    sections.push({ key, parent, lines: [] });
  };
  const openNote = (number: number) => {
    note = number;
    stack = [];
    noteLabel = seen.has(String(number)) ? `${number}#2` : String(number);
    if (noteLabel !== String(number))
      issues.push({
        code: 'note-repeated',
        message: `two notes are numbered ${number}; the second is called ${noteLabel}`,
      });
    open();
  };
  const add = (line: NoteLine, text: string) => sections.at(-1)?.lines.push({ ...line, text });

  lines.forEach((line, at) => {
    let text = line.text;
    const before = lines[at - 1]?.text ?? '';
    const number = /^(\d{1,2})\.(?:\s+(?=[[(A-Z])|$)/.exec(text);
    const start = number ? Number(number[1]) : 0;
    if (number && (start > note || (start === note && misprinted)) && start - note <= NOTE_GAP) {
      misprinted = false;
      openNote(start);
      text = text.slice(number[0].length);
      if (text === '') return;
    }
    if (note === 0) return;
    const run = markerRun(text, number ? '' : before);
    if (!run) return void add(line, text);
    if (run.tokens[1] === 'a' && run.tokens[0] === String(note + 1)) {
      // Printed '(21)(a)' after note 20(www): a note of its own.
      issues.push({
        code: 'note-misnumbered',
        message: `note ${note + 1} is printed as subdivision (${note + 1})(a) of note ${note}`,
      });
      openNote(note + 1);
      misprinted = true;
      run.tokens.shift();
    }
    let opened = 0;
    for (const token of run.tokens) {
      const next = place(token, stack, { first: opened === 0, ahead: () => ahead(lines, at, token) });
      if (!next) break;
      if (next.misprint)
        issues.push({
          code: 'subdivision-misprinted',
          message: `(${token}) of note ${note} is read as (${next.level.token})`,
        });
      stack = [...stack.slice(0, next.depth), next.level];
      open();
      opened += 1;
    }
    const left = run.tokens
      .slice(opened)
      .map((token) => `(${token}) `)
      .join('');
    add(line, left + run.rest);
  });
  return { sections, issues };
}

interface Place {
  depth: number;
  level: Level;
  misprint?: boolean;
}

function place(
  token: string,
  stack: readonly Level[],
  context: { first: boolean; ahead: () => 'roman' | 'alpha' },
): Place | null {
  const siblings: (Place & { gap: number })[] = [];
  let child: Place | null = null;
  for (const reading of readings(token)) {
    stack.forEach((level, depth) => {
      const gap = reading.value - level.value;
      if (level.style === reading.style && gap > 0) siblings.push({ depth, level: { ...reading, token }, gap });
    });
    const last = stack.at(-1);
    // Under an exclusion '(12) …' text lists parts as (a), (b): that is description, not law text one refers to.
    const bare = stack.length === 0 && reading.style === 'alpha';
    if ((reading.value === 1 || bare) && last?.style !== reading.style && last?.style !== 'arabic')
      child ??= { depth: stack.length, level: { ...reading, token } };
    if (reading.style === 'roman' && reading.value === 1 && last?.style !== 'roman' && last?.style !== 'arabic')
      child = { depth: stack.length, level: { ...reading, token } };
  }
  const exact = siblings.filter((sibling) => sibling.gap === 1).sort((a, b) => b.depth - a.depth)[0];
  // '(i)' after '(h)': the next letter or the first numeral under it; the marker that follows decides.
  if (exact && child && token === 'i') return context.ahead() === 'roman' ? child : exact;
  if (exact) return exact;
  if (child) return child;
  const skipping = siblings.find(
    (sibling) =>
      (sibling.level.style === 'alpha' &&
        sibling.depth === 0 &&
        sibling.gap <= (/^[ivx]+$/.test(token) ? NUMERAL_GAP : LETTER_GAP)) ||
      (sibling.level.style === 'arabic' && sibling.depth === stack.length - 1 && sibling.gap <= NUMBER_GAP),
  );
  if (skipping) return skipping;
  // '(II)' printed for '(ll)': capital I for small L.
  if (context.first && /^I+$/.test(token) && !stack.some((level) => level.style.startsWith('upper'))) {
    const letters = token.replaceAll('I', 'l');
    const fixed = place(letters, stack, context);
    return fixed ? { ...fixed, misprint: true } : null;
  }
  return null;
}

/** Which of '(ii)' and '(j)' comes first after an '(i)'. */
function ahead(lines: readonly NoteLine[], from: number, token: string): 'roman' | 'alpha' {
  if (token !== 'i') return 'alpha';
  for (let at = from + 1; at < Math.min(lines.length, from + 2000); at += 1) {
    const first = markerRun(lines[at]?.text ?? '', lines[at - 1]?.text ?? '')?.tokens[0];
    if (first === 'ii') return 'roman';
    if (first === 'j') return 'alpha';
  }
  return 'alpha';
}
