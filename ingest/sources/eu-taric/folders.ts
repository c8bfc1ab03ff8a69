import { z } from 'zod';
import { midnight, type Instant } from '../../../transforms/dates.ts';
import type { Fetcher } from '../../fetch/fetcher.ts';
import type { Edition, EditionPart } from '../../source.ts';
import { LAYOUTS, PARTS, type Layout, type Part } from './workbooks.ts';

/** CIRCABC's guest interface: folders of folders of workbooks, year / '06 - June' / 'Duties Import 01-99.xlsx'. */
const ROOT = '64db9d0f-e7c9-4084-afe9-f47e70e53c10';
const HOST = 'https://circabc.europa.eu';

const listing = z.object({
  data: z.array(
    z.object({
      id: z.string().regex(/^[0-9a-f-]{36}$/),
      name: z.string(),
      type: z.string(),
      properties: z.object({ modified: z.string() }),
    }),
  ),
});
type Node = z.infer<typeof listing>['data'][number];

export interface Month {
  /** '2026-06'. */
  label: string;
  folder: string;
}

/** The address of a folder's listing. */
export function listingUrl(folder: string): string {
  return `${HOST}/service/circabc/spaces/${folder}/children?guest=true&limit=0&page=0&order=modified_DESC`;
}

/** All month folders, oldest first. A library without a single one has moved: an error, not an empty answer. */
export async function listMonths(fetch: Fetcher): Promise<Month[]> {
  const months: Month[] = [];
  for (const year of await children(fetch, ROOT)) {
    if (!isFolder(year) || !/^\d{4}$/.test(year.name)) continue;
    for (const month of await children(fetch, year.id)) {
      const [, number] = /^(\d{2}) - /.exec(month.name) ?? [];
      if (isFolder(month) && number !== undefined) months.push({ label: `${year.name}-${number}`, folder: month.id });
    }
  }
  if (months.length === 0) throw new Error(`CIRCABC folder ${ROOT} lists no month: the library has moved`);
  return months.sort((a, b) => (a.label < b.label ? -1 : 1));
}

/** The month as an edition, or the essential workbooks that are still missing: a folder fills over several days. */
export async function monthEdition(
  fetch: Fetcher,
  month: Month,
): Promise<{ edition: Edition } | { missing: Part[]; listed: number }> {
  const files = (await children(fetch, month.folder)).filter((node) => !isFolder(node));
  const chosen = PARTS.flatMap((part) => {
    const layout: Layout = LAYOUTS[part];
    const file = files.find((node) => layout.file.test(node.name.replace(/ \(\d+\)(?=\.xlsx$)/i, '')));
    return file ? [{ part, file, essential: layout.essential }] : [];
  });
  const missing = PARTS.filter((part) => LAYOUTS[part].essential && !chosen.some((each) => each.part === part));
  if (missing.length > 0) return { missing, listed: files.length };
  const parts = chosen.map(({ part, file, essential }): EditionPart => ({
    part,
    url: `${HOST}/rest/download/${file.id}`,
    expect: 'xlsx',
    ...(essential ? {} : { optional: true }),
  }));
  const start = `${month.label}-01`;
  const published = chosen.map(({ file }) => instantOf(file.properties.modified)).sort();
  // The workbooks state the tariff on the first of their month; the folder's last upload is when that became known.
  return {
    edition: { label: month.label, publishedAt: published.at(-1) ?? midnight(start), effectiveDate: start, parts },
  };
}

async function children(fetch: Fetcher, folder: string): Promise<Node[]> {
  const answer = await fetch.get(listingUrl(folder), { expect: 'json' });
  if (answer.outcome === 'not-modified') throw new Error(`CIRCABC folder ${folder}: unasked-for 'not modified'`);
  return listing.parse(JSON.parse(answer.body.toString('utf8'))).data;
}

function isFolder(node: Node): boolean {
  return node.type.endsWith('}folder');
}

/** '2026-06-01T06:00Z' -> '2026-06-01T06:00:00.000Z'. */
function instantOf(modified: string): Instant {
  const match = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(?::(\d{2}))?(?:\.\d+)?Z$/.exec(modified);
  if (!match) throw new Error(`CIRCABC: unknown time '${modified}'`);
  return `${match[1] ?? ''}T${match[2] ?? ''}:${match[3] ?? '00'}.000Z`;
}
