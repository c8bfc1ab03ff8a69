import type { FastifyReply, FastifyRequest, HookHandlerDoneFunction } from 'fastify';
import type { AnswerDraft } from '../answers/draft.ts';
import type { Moment } from '../answers/moment.ts';
import { Problem } from '../answers/problem.ts';
import type { PlainDate } from '../transforms/dates.ts';
import type { CachedAnswer } from './answer-cache.ts';
import type { ApiDeps } from './deps.ts';
import { fullInstant } from './schemas/common.ts';

/** The two dates of a request, with what was left out filled in. */
export interface AskedMoment {
  moment: Moment;
  /** Today, when `as_of` was left out: the answer then changes with the day. */
  day: PlainDate | null;
}

export interface AskedDates {
  as_of?: string | undefined;
  known_at?: string | undefined;
}

/** Throws Problem for a `known_at` in the future: what will be published by then nobody knows. */
export function momentOf({ clock }: Pick<ApiDeps, 'clock'>, query: AskedDates): AskedMoment {
  const now = clock();
  const day = query.as_of === undefined ? now.slice(0, 10) : null;
  return { moment: { as_of: query.as_of ?? now.slice(0, 10), known_at: knownInstant(query.known_at, now) }, day };
}

/** For questions about publications: dates that were left out stay open. */
export function publicationDates(
  { clock }: Pick<ApiDeps, 'clock'>,
  query: AskedDates,
): { as_of: string | null; known_at: string | null } {
  return { as_of: query.as_of ?? null, known_at: knownInstant(query.known_at, clock()) };
}

function knownInstant(text: string | undefined, now: string): string | null {
  if (text === undefined) return null;
  const instant = fullInstant(text);
  if (instant <= now) return instant;
  throw new Problem('invalid-request', `known_at ${instant} lies in the future.`, {
    errors: [{ field: 'known_at', message: `an instant up to now (${now})` }],
  });
}

export interface Giving {
  /** Names the operation in the stored answer. */
  endpoint: string;
  /** Defaults filled in, without the dates. */
  parameters: Readonly<Record<string, unknown>>;
  moment: { as_of: string | null; known_at: string | null };
  day: PlainDate | null;
  /** Path and query of the next page. */
  next?: string | null;
  /** POST answers are given and stored, but neither cached nor revalidated. */
  cacheable?: boolean;
}

/**
 * Gives an answer: envelope, permalink, validators, storage. The ETag is the dataset version, with the day where the server filled one in:
 * the law of tomorrow is another answer although no release came. Both dates named and past publication: the answer never changes.
 */
export function give<Data>(
  deps: ApiDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  giving: Giving,
  draft: AnswerDraft<Data>,
): FastifyReply {
  const { head, tail } = deps.given.give(giving, draft);
  if (giving.cacheable === false) return reply.type(JSON_TYPE).send(head + tail);
  const { version } = draft.view;
  const pinned = giving.moment.known_at !== null && giving.moment.as_of !== null && giving.day === null;
  const cached: CachedAnswer = {
    version,
    day: giving.day,
    etag: etagOf(version, giving.day),
    cacheControl: pinned ? 'public, max-age=31536000, immutable' : 'public, max-age=0, must-revalidate',
    link: giving.next ? `<${giving.next}>; rel="next"` : null,
    head,
    tail,
  };
  deps.cache.put(request.url, cached);
  return send(request, reply, cached);
}

/** A preValidation hook: the same address was answered before, from the same version, for the same day. */
export function fromCache(deps: ApiDeps) {
  return (request: FastifyRequest, reply: FastifyReply, done: HookHandlerDoneFunction): void => {
    const version = deps.views.peek();
    const found = version === null ? null : deps.cache.get(request.url, version, deps.clock().slice(0, 10));
    if (found === null) done();
    else void send(request, reply, found);
  };
}

const JSON_TYPE = 'application/json; charset=utf-8';

function send(request: FastifyRequest, reply: FastifyReply, answer: CachedAnswer): FastifyReply {
  void reply.header('etag', answer.etag).header('cache-control', answer.cacheControl);
  if (answer.link !== null) void reply.header('link', answer.link);
  if (matches(request.headers['if-none-match'], answer.etag)) return reply.code(304).send();
  // Text with a JSON type is sent as it is: the answer was made into JSON once, when it was stored.
  return reply.header('content-type', JSON_TYPE).send(answer.head + answer.tail);
}

/** A rendering of an answer that is given and kept elsewhere: feeds, files. The same validators, no envelope, no permalink. */
export function giveText(
  request: FastifyRequest,
  reply: FastifyReply,
  version: number,
  { type, day, next, text }: { type: string; day: PlainDate | null; next: string | null; text: string },
): FastifyReply {
  const etag = etagOf(version, day);
  void reply.header('etag', etag).header('cache-control', 'public, max-age=0, must-revalidate');
  if (next !== null) void reply.header('link', `<${next}>; rel="next"`);
  if (matches(request.headers['if-none-match'], etag)) return reply.code(304).send();
  // Text goes out as it is, whatever the type.
  return reply
    .header('content-type', `${type}; charset=utf-8`)
    .serializer((body) => String(body))
    .send(text);
}

function etagOf(version: number, day: PlainDate | null): string {
  return day === null ? `"r${version}"` : `"r${version}-${day}"`;
}

/** If-None-Match compares weakly (RFC 9110 13.1.2). */
function matches(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  return header.split(',').some((candidate) => {
    const tag = candidate.trim();
    return tag === '*' || tag === etag || tag === `W/${etag}`;
  });
}

/** The same address with another cursor, for Link rel="next". */
export function nextPage(request: FastifyRequest, cursor: string): string {
  const [path = '', query = ''] = request.url.split('?');
  const parameters = new URLSearchParams(query);
  parameters.set('cursor', cursor);
  return `${path}?${parameters.toString()}`;
}
