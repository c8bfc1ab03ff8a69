import { type AtarListing, atarListing } from '../../../transforms/read/atar-listing.ts';
import { UnknownLayout } from '../../../transforms/read/unknown-layout.ts';
import { crawlPages } from '../../fetch/crawl.ts';
import type { Fetcher } from '../../fetch/fetcher.ts';
import { assertCrawlable } from '../../fetch/robots.ts';

const SITE = 'https://www.tax.service.gov.uk/search-for-advance-tariff-rulings';
/** About 265 pages in 2026; a list without an end is a fault of the site. */
const MAX_PAGES = 1_000;
const PAGE_SIZE = 25;
const AGENT = 'tariff-ledger';

export const pageUrl = (number: number): string => `${SITE}/search?page=${number}`;
export const rulingUrl = (reference: string): string => `${SITE}/ruling/${reference}`;

export interface Listed {
  /** In the order listed (newest first), each once. */
  references: string[];
  /** Pages read, from the first. */
  pages: number;
}

/**
 * Reads the list of rulings page by page, to its end, or (`known` given) until a page brings nothing that is not known. The list says how
 * many rulings there are: while known and new ones together are fewer, it is not sorted as we believe and reading goes on. Throws
 * UnknownLayout when it cannot tell whether the list ends, and an Error when the list moved while it was read: a ruling that slid over a
 * page boundary would look withdrawn.
 */
export async function readListing(fetcher: Fetcher, known: ReadonlySet<string> | null): Promise<Listed> {
  await assertCrawlable(fetcher, AGENT, [pageUrl(1), rulingUrl('1')]);
  const references = new Set<string>();
  const read: { pages: number; total: number | null; ended: boolean } = { pages: 0, total: null, ended: false };
  await crawlPages({
    start: [pageUrl(1)],
    fetcher,
    maxPages: MAX_PAGES,
    visit: () => {
      read.pages += 1;
    },
    follow: ({ body }) => {
      const page = atarListing(body.toString('utf8'), read.pages);
      if (read.pages === 1) read.total = page.total;
      for (const reference of page.references) references.add(reference);
      read.ended = isLast(page, read.pages, references.size);
      if (read.ended) return [];
      if (known !== null && page.references.every((reference) => known.has(reference))) {
        const all = new Set([...known, ...references]).size;
        if (read.total === null || read.total <= all) return [];
      }
      return [pageUrl(read.pages + 1)];
    },
  });
  if (references.size === 0) throw new Error('the list of rulings says that there are none');
  if (read.ended && read.total !== null && references.size < read.total)
    throw new Error(
      `the list states ${read.total} rulings, ${references.size} stand on its ${read.pages} pages: it moved while it was read`,
    );
  return { references: [...references], pages: read.pages };
}

/** Whether the list ends with this page. A link to a later page says no; without one, a short page or links to earlier pages say yes. */
function isLast(page: AtarListing, number: number, read: number): boolean {
  const name = `list of rulings, page ${number}`;
  const size = page.references.length;
  if ([...page.pages.keys()].some((other) => other > number)) {
    if (size < PAGE_SIZE)
      throw new UnknownLayout(name, `${PAGE_SIZE} rulings (it links to later pages and has ${size})`);
    return false;
  }
  if (size < PAGE_SIZE || page.pages.size > 0 || page.total === read) return true;
  throw new UnknownLayout(
    name,
    `a link to page ${number + 1}, or how many rulings there are: it is full and may not be the last`,
  );
}
