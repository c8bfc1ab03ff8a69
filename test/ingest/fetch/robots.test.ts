import { afterEach, describe, expect, it } from 'vitest';
import { PermanentFetch, TransientFetch } from '../../../ingest/fetch/errors.ts';
import { createHttpFetcher } from '../../../ingest/fetch/http.ts';
import { openMirror } from '../../../ingest/fetch/mirror.ts';
import { assertCrawlable, isAllowed, robotsRules } from '../../../ingest/fetch/robots.ts';
import { fakeFetchClock } from '../../support/fetch-clock.ts';
import { answer, type FilesServer, startFilesServer } from '../../support/files-server.ts';
import { writeMirror } from '../../support/mirror-folder.ts';

let server: FilesServer | undefined;
afterEach(() => server?.close());

const FILE = `
User-agent: *
Disallow: /private # not for machines
Disallow: /search
Allow: /search-for
Disallow: /*.pdf$

User-agent: other-bot
user-agent: Tariff-Ledger
Disallow: /ruling/
Allow: /ruling/open
Sitemap: https://example.test/sitemap.xml

User-agent: tariff-ledger
Disallow: /drafts
`;

describe('robots.txt', () => {
  const allowed = (agent: string, path: string) => isAllowed(robotsRules(FILE, agent), `https://example.test${path}`);

  it.each([
    ['/', true],
    ['/private', false],
    ['/private/x', false],
    ['/search?page=1', false],
    ['/search-for/x', true], // the longer pattern decides
    ['/a/b.pdf', false],
    ['/a/b.pdf?x=1', true],
  ])('for any agent %s: %s', (path, expected) => {
    expect(allowed('some-agent', path)).toBe(expected);
  });

  it.each([
    ['/private', true], // its own groups replace those for all
    ['/ruling/1', false],
    ['/ruling/open/1', true],
    ['/drafts', false],
  ])('for a named agent, of all its groups, %s: %s', (path, expected) => {
    expect(allowed('tariff-ledger', path)).toBe(expected);
  });

  it('closes nothing when it is empty, has an empty rule, or is a page', () => {
    for (const text of ['', 'User-agent: *\nDisallow:\n', '<html><body>Not here</body></html>'])
      expect(isAllowed(robotsRules(text, 'x'), 'https://example.test/private')).toBe(true);
  });

  it('of two patterns as long, the one that allows', () => {
    expect(isAllowed(robotsRules('User-agent: *\nDisallow: /a\nAllow: /a', 'x'), 'https://example.test/a')).toBe(true);
  });

  it('stops a crawl before its first page, with the address that is closed', async () => {
    server = await startFilesServer({ '/robots.txt': answer(200, FILE) });
    const fetcher = createHttpFetcher({ ...fakeFetchClock(), minDelayMs: 0 });
    const closed = `${server.origin}/ruling/1`;
    await expect(assertCrawlable(fetcher, 'tariff-ledger', [`${server.origin}/search`, closed])).rejects.toMatchObject({
      constructor: PermanentFetch,
      url: closed,
    });
    expect(server.requests.map(({ url }) => url)).toEqual(['/robots.txt']);
    await fetcher.close();
  });

  it('may be absent, on a host and in a mirror; a host that fails is no permission', async () => {
    server = await startFilesServer({});
    const fetcher = createHttpFetcher({ ...fakeFetchClock(), minDelayMs: 0 });
    await expect(assertCrawlable(fetcher, 'x', [`${server.origin}/a`])).resolves.toBeUndefined();
    await server.close();
    const mirror = await openMirror(await writeMirror({ '': [] }));
    await expect(assertCrawlable(mirror, 'x', ['https://example.test/a'])).resolves.toBeUndefined();
    server = await startFilesServer({ '/robots.txt': answer(503) });
    await expect(assertCrawlable(fetcher, 'x', [`${server.origin}/a`])).rejects.toBeInstanceOf(TransientFetch);
    await fetcher.close();
  });
});
