import { load } from 'cheerio';

/** A table of an HTML page with the nearest heading before it. */
export interface HtmlTable {
  heading: string;
  rows: string[][];
}

/** Every table of a page in document order, cells as text (white space collapsed, line breaks as blanks). */
export function htmlTables(html: string): HtmlTable[] {
  const $ = load(html);
  const tables: HtmlTable[] = [];
  let heading = '';
  $('h1,h2,h3,h4,h5,h6,table').each((_, element) => {
    if (element.tagName !== 'table') {
      heading = clean($(element).text());
      return;
    }
    $(element).find('br').replaceWith(' ');
    const rows = $(element)
      .find('tr')
      .toArray()
      .map((row) =>
        $(row)
          .find('th,td')
          .toArray()
          .map((cell) => clean($(cell).text())),
      );
    tables.push({ heading, rows });
  });
  return tables;
}

const clean = (text: string): string => text.replace(/\s+/g, ' ').trim();
