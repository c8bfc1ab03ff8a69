import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { type FieldError, Problem, type ProblemCode } from '../answers/problem.ts';

/** Every error of the API: its stable code, its status, its title. The documentation is made from this table. */
export const ERRORS = {
  'invalid-request': { status: 400, title: 'A parameter is missing, unknown or not in its accepted form' },
  'code-not-found': { status: 404, title: 'No line at or below this code on that date' },
  'not-loaded': { status: 404, title: 'The source that would answer is not loaded' },
  'not-covered-at-date': { status: 404, title: 'The date lies before the first one the source speaks of' },
  'not-known-yet': { status: 404, title: 'Nothing had been published by that instant' },
  'not-found': { status: 404, title: 'There is no such thing here' },
  'route-not-found': { status: 404, title: 'There is no such route' },
  'method-not-allowed': { status: 405, title: 'The route answers to another method' },
  'payload-too-large': { status: 413, title: 'The body is too large' },
  'unsupported-media-type': { status: 415, title: 'The body is not JSON' },
  'rate-limited': { status: 429, title: 'Too many requests from this address' },
  internal: { status: 500, title: 'Something went wrong on our side' },
  'not-ready': { status: 503, title: 'The service cannot answer yet' },
} as const satisfies Record<string, { status: number; title: string }> & Record<ProblemCode, unknown>;

export type ErrorCode = keyof typeof ERRORS;

const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

/** A problem document, RFC 9457. `type` is where the code is explained. */
export interface ProblemDocument {
  type: string;
  title: string;
  status: number;
  code: ErrorCode;
  detail: string;
  errors: readonly FieldError[];
  [extra: string]: unknown;
}

export function problemDocument(
  code: ErrorCode,
  detail: string,
  errors: readonly FieldError[] = [],
  extra: Readonly<Record<string, unknown>> = {},
): ProblemDocument {
  const { status, title } = ERRORS[code];
  return { type: `/docs#${code}`, title, status, code, detail, errors, ...extra };
}

export function sendProblem(reply: FastifyReply, document: ProblemDocument): FastifyReply {
  // As text: a route's schema describes its answers, not its problems.
  return reply
    .code(document.status)
    .header('content-type', PROBLEM_TYPE)
    .header('cache-control', 'no-store')
    .serializer((text) => String(text))
    .send(JSON.stringify(document));
}

/** The one error handler. What is ours is logged with its request and hidden from the client. */
export function handleError(error: FastifyError | Problem, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error instanceof Problem)
    return sendProblem(reply, problemDocument(error.code, error.message, error.errors, error.extra));
  if (hasZodFastifySchemaValidationErrors(error)) {
    const errors = error.validation.flatMap((found) => fieldErrors(found, error.validationContext, request));
    const detail = errors.map(({ field, message }) => `${field}: ${message}`).join('; ');
    return sendProblem(reply, problemDocument('invalid-request', detail, errors));
  }
  const code = codeOf(error);
  if (code === 'internal') {
    request.log.error({ err: error, url: request.url }, 'request failed');
    return sendProblem(
      reply,
      problemDocument('internal', 'The request could not be answered; it was logged.', [], { request_id: request.id }),
    );
  }
  const accepted = OF_ADDRESS.has(error.code) ? undefined : ACCEPTED[code];
  const detail =
    accepted === undefined ? error.message : `${error.message}: ${accepted.field} has to be ${accepted.message}.`;
  return sendProblem(reply, problemDocument(code, detail, accepted === undefined ? [] : [accepted]));
}

const A_BODY: FieldError = { field: 'body', message: 'a JSON object' };
/** What the framework refuses before a schema is asked: an address that cannot be read, else a body. */
const OF_ADDRESS: ReadonlySet<string> = new Set(['FST_ERR_BAD_URL', 'FST_ERR_MAX_PARAM_LENGTH']);
const ACCEPTED: Partial<Record<ErrorCode, FieldError>> = {
  'invalid-request': A_BODY,
  'payload-too-large': { field: 'body', message: 'at most 1 MiB' },
  'unsupported-media-type': { field: 'content-type', message: 'application/json' },
};

const CODE_OF_STATUS: Readonly<Record<number, ErrorCode>> = {
  404: 'not-found',
  413: 'payload-too-large',
  415: 'unsupported-media-type',
  429: 'rate-limited',
};

/** The framework's own errors, by their status. */
function codeOf({ statusCode = 500 }: FastifyError): ErrorCode {
  if (statusCode < 400 || statusCode >= 500) return 'internal';
  return CODE_OF_STATUS[statusCode] ?? 'invalid-request';
}

interface Found {
  instancePath: string;
  message?: string;
  params?: Readonly<Record<string, unknown>>;
}

/** Unknown parameters are named one by one, each with the parameters that are accepted. */
function fieldErrors(found: Found, context: string | undefined, request: FastifyRequest): FieldError[] {
  const unknown = found.params?.['keys'];
  const path = found.instancePath.replace(/^\//, '').replaceAll('/', '.');
  if (Array.isArray(unknown)) {
    const accepted = acceptedNames(request, context);
    return unknown.map((key) => ({
      field: [path, String(key)].filter((part) => part !== '').join('.'),
      message: `unknown; ${whatIsAccepted(accepted, request, context)}`,
    }));
  }
  const form = path === '' && context === 'body' ? A_BODY.message : (found.message ?? 'not accepted');
  const repeated = context === 'querystring' && Array.isArray((request.query as Record<string, unknown>)[path]);
  return [{ field: path === '' ? (context ?? 'request') : path, message: repeated ? `given once: ${form}` : form }];
}

function whatIsAccepted(accepted: readonly string[], request: FastifyRequest, context: string | undefined): string {
  if (accepted.length > 0) return `accepted are ${accepted.join(', ')}`;
  const inBody = context === 'querystring' && request.method === 'POST';
  return inBody ? 'the question stands in the body' : 'no parameters are accepted';
}

function acceptedNames(request: FastifyRequest, context: string | undefined): string[] {
  const schema = context === 'body' ? request.routeOptions.schema?.body : request.routeOptions.schema?.querystring;
  if (typeof schema !== 'object' || schema === null || !('shape' in schema)) return [];
  return Object.keys(schema.shape as object);
}
