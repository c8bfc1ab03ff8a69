import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createHttpFetcher } from '../../ingest/fetch/http.ts';
import type { Fetcher } from '../../ingest/fetch/fetcher.ts';
import { startFilesServer } from './files-server.ts';

export interface SiteRuling {
  reference: string;
  code: string;
  start: string;
  expiry: string;
  description: string;
}

export interface AtarSite {
  /** Newest first, as listed. Change it to publish or to withdraw. */
  rulings: SiteRuling[];
  /** Listed, but their pages answer 404. */
  gone: Set<string>;
  /** Page number -> body in place of the page of the list. */
  pages: Map<number, string>;
  /** Called before a page of the list is answered: the list may move while it is read. */
  onPage: (number: number) => void;
  /** Whether the list says how many rulings there are. */
  saysTotal: boolean;
  robots: string | null;
  /** Paths asked for, in order. */
  asked: string[];
  origin: string;
  close(): Promise<void>;
}

const PATH = '/search-for-advance-tariff-rulings';

/** A ruling of ours: `number` tells it apart. */
export function siteRuling(number: number, more: Partial<SiteRuling> = {}): SiteRuling {
  return {
    reference: String(600_000_000 + number),
    code: '9503007500',
    start: '07 Feb 2024',
    expiry: '06 Feb 2027',
    description: `Toy number ${number}`,
    ...more,
  };
}

/** The site of the rulings as far as gb.atar asks it, on a local port: 25 rulings per page; no validators, and bytes that differ every time. */
export async function startAtarSite(): Promise<AtarSite> {
  const answerTo = (request: IncomingMessage, response: ServerResponse): void => {
    const url = new URL(request.url ?? '', 'http://127.0.0.1');
    site.asked.push(url.pathname + url.search);
    const body = bodyOf(site, url);
    const nonce = createHash('sha256').update(String(site.asked.length)).digest('hex');
    response.writeHead(body === null ? 404 : 200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(body === null ? 'not found' : body.replace('<main', `<script nonce="${nonce}"></script><main`));
  };
  const known = new Proxy<Record<string, typeof answerTo>>({}, { get: () => answerTo });
  const server = await startFilesServer(known);
  const site: AtarSite = {
    rulings: [],
    gone: new Set(),
    pages: new Map(),
    onPage: () => undefined,
    saysTotal: true,
    robots: null,
    asked: [],
    origin: server.origin,
    close: server.close,
  };
  return site;
}

function bodyOf(site: AtarSite, url: URL): string | null {
  if (url.pathname === '/robots.txt') return site.robots;
  if (url.pathname === `${PATH}/search`) {
    const number = Number(url.searchParams.get('page'));
    site.onPage(number);
    return site.pages.get(number) ?? listPage(site.rulings, number, site.saysTotal);
  }
  const reference = url.pathname.slice(`${PATH}/ruling/`.length);
  const ruling = site.rulings.find((each) => each.reference === reference);
  return ruling && !site.gone.has(reference) ? rulingPage(ruling) : null;
}

export function listPage(rulings: readonly SiteRuling[], number: number, saysTotal = true): string {
  const shown = rulings.slice((number - 1) * 25, number * 25);
  const last = Math.ceil(rulings.length / 25);
  const results = shown.map(
    ({ reference, description }) =>
      `<div class="search-result"><h2><a href="${PATH}/ruling/${reference}">${reference}</a></h2><p>${description}</p></div>`,
  );
  const pages = Array.from(
    { length: last },
    (_, index) => `<a href="${PATH}/search?page=${index + 1}">${index + 1}</a>`,
  );
  const total = saysTotal ? `<p>Showing ${shown.length} of ${rulings.length.toLocaleString('en')} results</p>` : '';
  const body = shown.length === 0 ? '<p>There are no results.</p>' : `${total}${results.join('')}`;
  return `<!DOCTYPE html><html><body><main>${body}<nav>${last > 1 ? pages.join('') : ''}</nav></main></body></html>`;
}

function rulingPage(ruling: SiteRuling): string {
  const rows = Object.entries({
    'Commodity code': ruling.code,
    'Start date': ruling.start,
    'Expiry date': ruling.expiry,
    Description: ruling.description,
    Keywords: 'TOYS, OF PLASTIC',
    Justification: 'GIR 1 and 6',
  }).map(([label, value]) => `<dt>${label}</dt><dd>${value}</dd>`);
  return `<!DOCTYPE html><html><body><main><h1>Ruling ${ruling.reference}</h1><dl class="govuk-summary-list">${rows.join('')}</dl></main></body></html>`;
}

/** The live fetcher with HMRC's host at the local origin. Failures are not waited out. */
export function atarFetcher(origin: string): Fetcher {
  const http = createHttpFetcher({
    now: Date.now,
    minDelayMs: 0,
    sleep: () => Promise.resolve(),
    retry: { attempts: 2 },
  });
  const local = (url: string) => url.replace('https://www.tax.service.gov.uk', origin);
  return { ...http, get: (url, options) => http.get(local(url), options) };
}
