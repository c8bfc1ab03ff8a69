import { pipeline, type Readable, Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { FetchError, TooLarge, TransientFetch, Truncated, UnexpectedContent } from './errors.ts';
import { messageOf, type Response } from './exchange.ts';

/** The encodings that `decodedBody` understands, as sent in Accept-Encoding. */
export const ENCODINGS = 'gzip, br, deflate';

/**
 * The decoded chunks of a response. Throws Truncated when the connection or the compressed stream ends early, TooLarge as soon
 * as `maxBytes` are exceeded (a compressed body counts unpacked, so a bomb stops here), TransientFetch on silence.
 */
export async function* decodedBody(
  response: Response,
  maxBytes: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<Buffer> {
  const { url, status, body } = response;
  const announced = contentLength(response);
  const tooLarge = (bytes: number): TooLarge =>
    new TooLarge({ url, status, detail: `${bytes} bytes, the limit is ${maxBytes}` });
  let received = 0;
  let decoded = 0;
  const count = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      received += chunk.length;
      done(null, chunk);
    },
  });
  const decoder = decoderOf(response);
  // Errors of each stage arrive at the last one, which is iterated.
  const stages: [Readable, ...Transform[]] = decoder === null ? [body, count] : [body, count, decoder];
  const last = decoder ?? count;
  pipeline(stages, () => undefined);
  try {
    if (announced !== null && announced > maxBytes) throw tooLarge(announced);
    for await (const chunk of last) {
      const buffer: Buffer = chunk;
      decoded += buffer.length;
      if (decoded > maxBytes) throw tooLarge(decoded);
      yield buffer;
    }
  } catch (cause) {
    if (cause instanceof FetchError || signal?.aborted === true) throw cause;
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    const context = { url, status, detail: `after ${received} bytes: ${messageOf(cause)}`, cause };
    if (code === 'UND_ERR_BODY_TIMEOUT') throw new TransientFetch(context);
    if (code === 'Z_DATA_ERROR') throw new UnexpectedContent(context);
    throw new Truncated(context);
  } finally {
    body.on('error', () => undefined); // destroying an unread body reports an abort that nobody waits for
    body.destroy();
  }
  if (announced !== null && received !== announced) {
    throw new Truncated({ url, status, detail: `${received} of ${announced} announced bytes` });
  }
}

/** Bytes on the wire, as announced; null when not announced. */
function contentLength(response: Response): number | null {
  const text = response.header('content-length');
  return text !== null && /^\d+$/.test(text) ? Number(text) : null;
}

export function encodingOf(response: Response): string {
  return (response.header('content-encoding') ?? 'identity').trim().toLowerCase();
}

function decoderOf(response: Response): Transform | null {
  const encoding = encodingOf(response);
  if (encoding === 'identity' || encoding === '') return null;
  if (encoding === 'gzip' || encoding === 'x-gzip') return createGunzip();
  if (encoding === 'deflate') return createInflate();
  if (encoding === 'br') return createBrotliDecompress();
  throw new UnexpectedContent({ url: response.url, detail: `content encoding ${encoding}` });
}
