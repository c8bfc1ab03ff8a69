/** Raw text of a Federal Register document: the preformatted part, page marks taken out, characters put back. */
export function federalRegisterText(html: string): string {
  const body = /<pre[^>]*>([\s\S]*?)<\/pre>/i.exec(html)?.[1] ?? html;
  return body
    .replace(/<[^>]+>/g, '')
    .replace(/\[\[Page [^\]]*\]\]/g, '')
    .replace(/\[([A-Za-z])(uml|acute|grave|circ|tilde|cedil|ring)\]/g, (_, letter: string, mark: string) =>
      `${letter}${MARKS[mark] ?? ''}`.normalize('NFC'),
    )
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')
    .replace(/\r/g, '');
}

/** The printing office's entity names, as combining characters. */
const MARKS: Readonly<Record<string, string>> = {
  uml: '\u0308',
  acute: '\u0301',
  grave: '\u0300',
  circ: '\u0302',
  tilde: '\u0303',
  cedil: '\u0327',
  ring: '\u030a',
};

const MONTHS = 'January February March April May June July August September October November December'.split(' ');

/** The issue's date in the first lines of every document: '[Federal Register Volume 91, Number 170 (Wednesday, September 2, 2026)]'. */
export function issueDate(text: string): string | null {
  const match = /\[Federal Register[^\]]*\((?:[A-Z][a-z]+day, )?([A-Z][a-z]+) (\d{1,2}), (\d{4})\)\]/.exec(text);
  if (!match) return null;
  const month = MONTHS.indexOf(match[1] ?? '') + 1;
  return month === 0
    ? null
    : `${match[3] ?? ''}-${String(month).padStart(2, '0')}-${(match[2] ?? '').padStart(2, '0')}`;
}
