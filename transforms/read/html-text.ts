import { load } from 'cheerio';

/** Unicode's line separator: no page prints it, and a line feed in the source of a page is only a blank. */
const BREAK = '\u2028';

/** The text of a piece of HTML on one line. Tags separate words: '<h1>Ruling 7</h1><p>Toys' is not 'Ruling 7Toys'. */
export function htmlText(html: string): string {
  return clean(textOf(html.replaceAll('<', ' <')));
}

/** The same with a line per paragraph, line break, list item or tag of GOV.UK; empty lines dropped. */
export function htmlLines(html: string): string[] {
  const $ = load(html, null, false);
  $('br').replaceWith(BREAK);
  $('p, li, div, .govuk-tag').each((_, block) => {
    $(block).append(BREAK);
  });
  return textOf($.html())
    .split(BREAK)
    .map(clean)
    .filter((line) => line !== '');
}

function textOf(html: string): string {
  const $ = load(html, null, false);
  $('script, style, template').remove();
  return $.root().text();
}

const clean = (text: string): string => text.replace(/\s+/g, ' ').trim();
