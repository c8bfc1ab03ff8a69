import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { afterEach, describe, expect, it } from 'vitest';
import { type CrawledPage, crawlPages } from '../../../ingest/fetch/crawl.ts';
import { createHttpFetcher } from '../../../ingest/fetch/http.ts';
import { openMirror } from '../../../ingest/fetch/mirror.ts';
import { fakeFetchClock } from '../../support/fetch-clock.ts';
import { answer, type FilesServer, inTurn, startFilesServer } from '../../support/files-server.ts';
import { writeMirror } from '../../support/mirror-folder.ts';

const page = (title: string, ...links: string[]): string =>
  `<!doctype html><title>${title}</title>${links.map((link) => `<a href="${link}">x</a>`).join('')}`;

const follow = ({ body }: CrawledPage): string[] =>
  [...body.toString().matchAll(/href="([^"]+)"/g)].map((match) => match[1] ?? '');

const title = ({ body }: CrawledPage): string => /<title>(.*)<\/title>/.exec(body.toString())?.[1] ?? '';

let server: FilesServer | undefined;
afterEach(() => server?.close());

const SITE = {
  '/list': answer(200, page('list', '/d/1', 'd/2', '/list?page=2', '/list')),
  '/d/1': answer(200, page('one')),
  '/d/2': inTurn(answer(503), answer(200, page('two', '/d/1', '/d/1#x'))),
};

describe('crawl', () => {
  it('visits every page once; a second run in the same process crawls again; nothing is left on disk', async () => {
    server = await startFilesServer({
      ...SITE,
      '/list': (request, response) =>
        response.end(
          request.url === '/list' ? page('list', '/d/1', 'd/2', '/list?page=2') : page('list 2', '/list', '/d/1'),
        ),
    });
    const fetcher = createHttpFetcher({ ...fakeFetchClock(), minDelayMs: 0 });
    const scratch = mkdtempSync(`${tmpdir()}/crawl-`);
    const before = process.cwd();
    process.chdir(scratch);
    try {
      for (const run of [1, 2]) {
        const titles: string[] = [];
        const start = [`${server.origin}/list`];
        const count = await crawlPages({ start, fetcher, follow, visit: (found) => void titles.push(title(found)) });
        expect(titles.sort(), `run ${run}`).toEqual(['list', 'list 2', 'one', 'one', 'two']);
        expect(count).toBe(5); // '/d/1#x' is an address of its own
      }
      expect(readdirSync(scratch)).toEqual([]);
    } finally {
      process.chdir(before);
      rmSync(scratch, { recursive: true });
    }
    await fetcher.close();
  });

  it('a page that fails fails the crawl, with its typed error', async () => {
    server = await startFilesServer({
      '/list': answer(200, page('list', '/missing', '/later')),
      '/later': answer(200, page('later')),
    });
    const fetcher = createHttpFetcher({ ...fakeFetchClock(), minDelayMs: 0 });
    const start = [`${server.origin}/list`];
    await expect(crawlPages({ start, fetcher, follow, visit: () => undefined })).rejects.toMatchObject({
      code: 'fetch_gone',
      url: `${server.origin}/missing`,
    });
    await expect(
      crawlPages({
        start,
        fetcher,
        follow: () => [],
        visit: () => {
          throw new Error('not a ruling list');
        },
      }),
    ).rejects.toThrow('not a ruling list');
    await fetcher.close();
  });

  it('a crawl larger than allowed fails rather than stopping short', async () => {
    server = await startFilesServer(SITE);
    const fetcher = createHttpFetcher({ ...fakeFetchClock(), minDelayMs: 0 });
    const start = [`${server.origin}/list`];
    await expect(crawlPages({ start, fetcher, follow, visit: () => undefined, maxPages: 2 })).rejects.toThrow(
      /exceeds 2 pages/,
    );
    await fetcher.close();
  });

  it('in mirror mode everything comes from the mirror and the rest is refused by name', async () => {
    const origin = 'https://rulings.example.org';
    const html = { media_type: 'text/html' };
    const root = await writeMirror({
      '': [
        { url: `${origin}/list`, file: 'list.html', body: page('list', '/r/1'), ...html },
        { url: `${origin}/r/1`, file: '1.html', body: page('one'), ...html },
        { url: `${origin}/open`, file: 'open.html', body: page('open', '/r/2'), ...html },
      ],
    });
    const fetcher = await openMirror(root);
    const titles: string[] = [];
    const visit = (found: CrawledPage): void => void titles.push(title(found));
    await crawlPages({ start: [`${origin}/list`], fetcher, follow, visit, concurrency: 2 });
    expect(titles.sort()).toEqual(['list', 'one']);
    await expect(crawlPages({ start: [`${origin}/open`], fetcher, follow, visit })).rejects.toMatchObject({
      code: 'fetch_not_mirrored',
      url: `${origin}/r/2`,
    });
    const mailto = crawlPages({ start: [`${origin}/list`], fetcher, follow: () => ['mailto:a@example.org'], visit });
    await expect(mailto).rejects.toMatchObject({ code: 'fetch_permanent', url: 'mailto:a@example.org' });
    await rm(root, { recursive: true });
  });
});
