/** How a subdivision is numbered. Lower-case 'i' is two of them, which only its surroundings tell. */
export type MarkerStyle = 'alpha' | 'roman' | 'arabic' | 'upper-alpha' | 'upper-roman';

export interface MarkerReading {
  style: MarkerStyle;
  /** Place in its sequence, from 1; alpha runs a…z, aa…zz, aaa…. */
  value: number;
}

/** Markers at the head of a line and what follows them. */
export interface MarkerRun {
  tokens: string[];
  rest: string;
}

const RUN = /^((?:\((?:[a-z]{1,6}|[A-Z]{1,5}|\d{1,3})\)\s*)+)(.*)$/s;

/**
 * Text after a marker that makes it the tail of a wrapped cross-reference: '(g) of this note or meeting', '(c) and (f) of U.S. note 40',
 * '(l)(v) of this note.', '(i), (j), and (l) to this note', '(v)(a)(1)–(3) that'.
 */
const REFERENCE_TAIL =
  /^(?:[,.\u00ad\u2010-\u2015-]|;\s*(?:and|or)?\s*\(|(?:and|or|through|to)\s+(?:subdivisions?\s+)?\(|of (?:this (?:note|subchapter|chapter|subdivision)|U\.S\. note|(?:the )?(?:general|additional|U\.S\.|statistical) notes?|notes?\b)|to (?:this (?:note|subchapter)|U\.S\.|subchapter|chapter)|above\b|below\b|\[)/i;

/** A line before that can only go on with a reference: 'as provided for in subdivision'. */
const REFERENCE_HEAD = /(?:\b(?:subdivisions?|notes?|paragraphs?|clauses?|sections?)|\bU\.S\. note \d+)$/i;

/** Markers a line begins with, or null when it begins with none or with the tail of a wrapped cross-reference. */
export function markerRun(line: string, before: string): MarkerRun | null {
  const match = RUN.exec(line);
  if (!match) return null;
  const tokens = [...(match[1] ?? '').matchAll(/\(([^)]+)\)/g)].map((token) => token[1] ?? '');
  const rest = match[2] ?? '';
  // '[Compiler's note…]' after a marker is a real beginning.
  const compiler = /^\[(?:compiler|note|sub|reserved)/i.test(rest);
  if (!compiler && REFERENCE_TAIL.test(rest)) return null;
  if (REFERENCE_HEAD.test(before.trim())) return null;
  return { tokens, rest };
}

/** Every way to read a marker: 'i' -> alpha 9 and roman 1; 'ABS' -> none. */
export function readings(token: string): MarkerReading[] {
  const found: MarkerReading[] = [];
  if (/^\d+$/.test(token)) found.push({ style: 'arabic', value: Number(token) });
  if (/^([a-z])\1{0,2}$/.test(token)) found.push({ style: 'alpha', value: alphaValue(token) });
  if (/^[ivx]+$/.test(token)) push(found, 'roman', romanValue(token));
  if (/^[A-Z]$/.test(token)) found.push({ style: 'upper-alpha', value: alphaValue(token.toLowerCase()) });
  if (/^[IVX]+$/.test(token)) push(found, 'upper-roman', romanValue(token.toLowerCase()));
  return found;
}

function push(found: MarkerReading[], style: MarkerStyle, value: number | null): void {
  if (value !== null) found.push({ style, value });
}

function alphaValue(token: string): number {
  return (token.length - 1) * 26 + (token.charCodeAt(0) - 96);
}

function romanValue(token: string): number | null {
  const worth: Readonly<Record<string, number>> = { i: 1, v: 5, x: 10 };
  let total = 0;
  for (let at = 0; at < token.length; at += 1) {
    const here = worth[token[at] ?? ''] ?? 0;
    total += here < (worth[token[at + 1] ?? ''] ?? 0) ? -here : here;
  }
  return roman(total) === token ? total : null;
}

/** 1…39 in lower-case Roman numerals. */
function roman(value: number): string {
  const units = ['', 'i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix'];
  return 'x'.repeat(Math.floor(value / 10)) + (units[value % 10] ?? '');
}
