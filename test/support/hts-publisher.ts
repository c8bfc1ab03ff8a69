import { createHash } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { createHttpFetcher } from '../../ingest/fetch/http.ts';
import type { Fetcher } from '../../ingest/fetch/fetcher.ts';
import { archiveUrl } from '../../ingest/sources/us-htsus/releases.ts';
import { answer, startFilesServer } from './files-server.ts';

export interface PublishedEdition {
  /** '2026HTSRev1' */
  label: string;
  /** MM/DD/YYYY */
  date: string;
  body: Buffer;
  mediaType?: string;
  changeRecord?: Buffer;
}

export interface HtsPublisher {
  /** Oldest first; the last one is the current edition. Change it to publish. */
  editions: PublishedEdition[];
  /** Bytes in place of the list of editions. */
  list: string | null;
  origin: string;
  close(): Promise<void>;
}

const LABELS = ['2026HTSBasic', ...Array.from({ length: 40 }, (_, index) => `2026HTSRev${index + 1}`)];

/** USITC's site as far as us.htsus asks it, on a local port: list of editions, current export, archive, change records; with ETags. */
export async function startHtsPublisher(): Promise<HtsPublisher> {
  const serve = (body: () => { body: Buffer; mediaType?: string | undefined } | undefined): RequestListener => {
    return (request, response) => {
      const found = body();
      if (!found) return answer(404, 'not found')(request, response);
      const etag = `"${createHash('sha256').update(found.body).digest('hex').slice(0, 20)}"`;
      if (request.headers['if-none-match'] === etag) return answer(304, '', { etag })(request, response);
      return answer(200, found.body, { etag, 'content-type': found.mediaType ?? 'application/json' })(
        request,
        response,
      );
    };
  };
  const listed = () => ({ body: Buffer.from(publisher.list ?? releaseList(publisher.editions)) });
  const server = await startFilesServer({
    '/reststop/releaseList': serve(listed),
    '/reststop/exportList': serve(() => publisher.editions.at(-1)),
    '/reststop/file': (request, response) => {
      const label = new URL(request.url ?? '', 'http://127.0.0.1').searchParams.get('release');
      const record = publisher.editions.find((edition) => edition.label === label)?.changeRecord;
      serve(() => record && { body: record, mediaType: 'application/pdf' })(request, response);
    },
    ...Object.fromEntries(
      LABELS.map((label) => [
        new URL(archiveUrl(label) ?? '').pathname,
        serve(() => publisher.editions.find((edition) => edition.label === label)),
      ]),
    ),
  });
  const publisher: HtsPublisher = { editions: [], list: null, origin: server.origin, close: server.close };
  return publisher;
}

function releaseList(editions: readonly PublishedEdition[]): string {
  return JSON.stringify(
    editions
      .map(({ label, date }, index) => ({
        name: label,
        title: label,
        description: label,
        releaseStartDate: date,
        status: index === editions.length - 1 ? 'current' : 'archive',
      }))
      .reverse(),
  );
}

/** The live fetcher, with USITC's two hosts at the local origin. Failures are not waited out. */
export function fetcherAt(origin: string): Fetcher {
  const http = createHttpFetcher({
    now: Date.now,
    minDelayMs: 0,
    sleep: () => Promise.resolve(),
    retry: { attempts: 2 },
  });
  const local = (url: string) => url.replace(/^https:\/\/(hts|www)\.usitc\.gov/, origin);
  return { ...http, get: (url, options) => http.get(local(url), options) };
}
