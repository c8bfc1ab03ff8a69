/** Everything a caller may want to know besides the message. `retryAfterMs`: what the server asked for, if it did. */
export type FetchErrorContext = {
  url: string;
  status?: number;
  detail?: string;
  retryAfterMs?: number;
  attempts?: number;
  cause?: unknown;
};

/** Base of all fetch failures. `retryable`: the same request may succeed later; the live fetcher has then already retried. */
export abstract class FetchError extends Error {
  abstract readonly code: string;
  abstract readonly retryable: boolean;
  readonly url: string;
  readonly context: FetchErrorContext;

  constructor(summary: string, context: FetchErrorContext) {
    const status = context.status === undefined ? '' : ` (status ${context.status})`;
    const detail = context.detail === undefined ? '' : `: ${context.detail}`;
    super(`${summary}${status}: ${context.url}${detail}`, context.cause === undefined ? {} : { cause: context.cause });
    this.name = new.target.name;
    this.url = context.url;
    this.context = context;
  }
}

/** Network failure, time-out, 408, 425, 5xx: worth another attempt. */
export class TransientFetch extends FetchError {
  readonly code = 'fetch_transient';
  readonly retryable = true;
  constructor(context: FetchErrorContext) {
    super('temporary failure', context);
  }
}

/** A request that will not succeed as it is: other 4xx, redirect loops, bad addresses. */
export class PermanentFetch extends FetchError {
  readonly code = 'fetch_permanent';
  readonly retryable = false;
  constructor(context: FetchErrorContext) {
    super('request refused', context);
  }
}

/** 404 or 410. */
export class Gone extends FetchError {
  readonly code = 'fetch_gone';
  readonly retryable = false;
  constructor(context: FetchErrorContext) {
    super('gone', context);
  }
}

/** 401, 403, 451, a challenge or captcha page, or 429 (the only retryable one). */
export class Blocked extends FetchError {
  readonly code = 'fetch_blocked';
  readonly retryable: boolean;
  constructor(context: FetchErrorContext) {
    super('blocked by the server', context);
    this.retryable = context.status === 429;
  }
}

/** Another kind of content than asked for: an HTML page instead of JSON, CSV, PDF … with status 200. */
export class UnexpectedContent extends FetchError {
  readonly code = 'fetch_unexpected_content';
  readonly retryable = false;
  constructor(context: FetchErrorContext) {
    super('unexpected content', context);
  }
}

/** The body ended early: connection cut, fewer bytes than announced, or a file without its end. */
export class Truncated extends FetchError {
  readonly code = 'fetch_truncated';
  readonly retryable = true;
  constructor(context: FetchErrorContext) {
    super('truncated', context);
  }
}

/** More decoded bytes than the caller allows. */
export class TooLarge extends FetchError {
  readonly code = 'fetch_too_large';
  readonly retryable = false;
  constructor(context: FetchErrorContext) {
    super('too large', context);
  }
}

/** The mirror has no such address. The detail names the nearest addresses it has. */
export class NotMirrored extends FetchError {
  readonly code = 'fetch_not_mirrored';
  readonly retryable = false;
  constructor(context: FetchErrorContext) {
    super('not in the mirror', context);
  }
}

/** A mirror that contradicts itself: bad manifest, missing file, or a file with another size or hash than its entry says. */
export class MirrorFault extends FetchError {
  readonly code = 'fetch_mirror_fault';
  readonly retryable = false;
  constructor(context: FetchErrorContext) {
    super('the mirror is damaged', context);
  }
}
