import { UnexpectedContent } from './errors.ts';
import type { Response } from './exchange.ts';
import type { AnswerHead, FetchOptions, NotModified } from './fetcher.ts';

/** The headers that make a request conditional; none without validators. */
export function conditional(options: FetchOptions): Record<string, string> {
  const { etag, lastModified } = options.validators ?? {};
  return {
    ...(etag == null ? {} : { 'if-none-match': etag }),
    ...(lastModified == null ? {} : { 'if-modified-since': lastModified }),
  };
}

/** 304 as an outcome; to a request that was not conditional it is a fault, as there is nothing it could refer to. */
export function notModified(response: Response, sent: Record<string, string>): NotModified {
  response.body.on('error', () => undefined);
  response.body.destroy();
  if ('if-none-match' in sent || 'if-modified-since' in sent) return { outcome: 'not-modified', status: 304 };
  throw new UnexpectedContent({ url: response.url, status: 304, detail: 'the request was not conditional' });
}

export function headOf(response: Response): AnswerHead {
  return {
    outcome: 'ok',
    status: response.status,
    url: response.url,
    mediaType: response.header('content-type'),
    etag: response.header('etag'),
    lastModified: response.header('last-modified'),
  };
}
