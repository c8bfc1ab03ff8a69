import type { Expected } from './sniff.ts';

/** What the caller knows of the last answer; null and absent mean the same. */
export type Validators = { etag?: string | null; lastModified?: string | null };

export type FetchOptions = {
  /** Makes the request conditional: an unchanged resource answers `not-modified`. */
  validators?: Validators;
  /** Limit of the decoded body; above it TooLarge. */
  maxBytes?: number;
  /** Checked before the body is handed out: another kind is UnexpectedContent, an early end Truncated. */
  expect?: Expected;
  headers?: Readonly<Record<string, string>>;
  /** POST exists for SOAP and query services; it is retried like GET, as none of these services changes anything. */
  method?: 'GET' | 'POST';
  body?: string | Buffer;
  signal?: AbortSignal;
};

export type NotModified = { outcome: 'not-modified'; status: number };

/** `url`: after redirects. `mediaType`: the content type as sent, with its charset. */
export type AnswerHead = {
  outcome: 'ok';
  status: number;
  url: string;
  mediaType: string | null;
  etag: string | null;
  lastModified: string | null;
};

/** `body`: the official bytes, content encoding removed. */
export type Fetched = NotModified | (AnswerHead & { body: Buffer });

/** `file`: where the official bytes lie, `bytes` long. */
export type Downloaded = NotModified | (AnswerHead & { file: string; bytes: number });

/** The one way out of the process. Two implementations: live HTTP (http.ts) and an offline mirror (mirror.ts). */
export type Fetcher = {
  /** The whole answer in memory. Throws a FetchError. */
  get(url: string, options?: FetchOptions): Promise<Fetched>;
  /**
   * Streams to `file` with flat memory. Works in `file.part`; an interrupted download keeps it and the next call, of this
   * process or another, resumes there if the resource is still the same. `file` appears only when it is whole and checked.
   */
  download(url: string, file: string, options?: FetchOptions): Promise<Downloaded>;
  close(): Promise<void>;
};

export const DEFAULT_MAX_BYTES = 256 * 1024 * 1024;
