import { load } from 'cheerio';
import { htmlText } from './html-text.ts';
import { UnknownLayout } from './unknown-layout.ts';

/** One page of the list of Advance Tariff Rulings. */
export interface AtarListing {
  /** References in the order listed, each once. */
  references: string[];
  /** How many rulings there are in all, when the page says so ('of 6,612 results'). */
  total: number | null;
  /** Addresses of the other pages of the list, as linked: page number -> href. */
  pages: ReadonlyMap<number, string>;
}

/** '/search-for-advance-tariff-rulings/ruling/600001234', but no address below it (pictures). */
const RULING = /\/ruling\/([A-Za-z0-9-]+)\/?(?:[?#].*)?$/;
const PAGE = /[?&]page=(\d+)/;
const NONE = /\b(?:no|0) (?:results|rulings)\b|did not match any/i;
const TOTAL = /\bof ([\d,]+) (?:results|rulings)\b|\b([\d,]+) (?:results|rulings) found\b/i;

/**
 * Reads page `number` of https://www.tax.service.gov.uk/search-for-advance-tariff-rulings/search. A page without rulings is one only when
 * it says that there are none; anything else without them is an UnknownLayout.
 */
export function atarListing(html: string, number: number): AtarListing {
  const name = `list of rulings, page ${number}`;
  const $ = load(html);
  // Header and footer of the service link to rulings too (cookie banner, feedback): only the content counts.
  const main = $('main');
  if (main.length !== 1) throw new UnknownLayout(name, 'the page content (main)');
  const references = new Set<string>();
  const pages = new Map<number, string>();
  main.find('a[href]').each((_, element) => {
    const href = $(element).attr('href') ?? '';
    const reference = RULING.exec(href)?.[1];
    const page = PAGE.exec(href)?.[1];
    if (reference !== undefined) references.add(reference);
    else if (page !== undefined && Number(page) !== number) pages.set(Number(page), href);
  });
  const text = htmlText(main.html() ?? '');
  if (references.size === 0 && !NONE.test(text))
    throw new UnknownLayout(name, "links to rulings ('…/ruling/600001234'), or the words that there are no results");
  const [, ofTotal, found] = TOTAL.exec(text) ?? [];
  const printed = ofTotal ?? found;
  return {
    references: [...references],
    total: printed === undefined ? null : Number(printed.replaceAll(',', '')),
    pages,
  };
}
