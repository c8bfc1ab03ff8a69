import { open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { conditional, headOf, notModified } from './answer.ts';
import { decodedBody, encodingOf } from './body.ts';
import { assertContent } from './content.ts';
import { TooLarge, TransientFetch, UnexpectedContent } from './errors.ts';
import type { Exchange, Response } from './exchange.ts';
import { DEFAULT_MAX_BYTES, type Downloaded, type FetchOptions } from './fetcher.ts';
import { HEAD_BYTES, type Sample, TAIL_BYTES } from './sniff.ts';

/** What lies beside a `.part` file: which state of which resource the bytes belong to. */
const resumeSchema = z.object({ url: z.string(), validator: z.string() });

/**
 * One attempt to bring `url` into `file`, going on where an earlier one stopped (RFC 9110 14.2 Range with 13.1.5 If-Range: a
 * changed resource is sent whole again). `file.part` survives interruptions only; checked faults discard it, because resuming
 * at the end of a bad file would repeat the fault for ever.
 */
export async function downloadResumably(
  exchange: Exchange,
  url: string,
  file: string,
  options: FetchOptions,
): Promise<Downloaded> {
  const part = `${file}.part`;
  const start = await resumePoint(part, url);
  const headers: Record<string, string> =
    start === null
      ? { 'accept-encoding': 'identity', ...conditional(options) }
      : { 'accept-encoding': 'identity', range: `bytes=${start.bytes}-`, 'if-range': start.validator };
  const response = await exchange(url, headers, options);
  if (response.status === 304) return notModified(response, headers);
  const offset = await offsetOf(response, start, part);
  if (offset === 0) await rememberResume(part, url, response);
  await append(response, part, offset, options);
  const sample = await sampleOfFile(part);
  try {
    assertContent(options.expect, sample, response.url, response.status);
  } catch (error) {
    await discard(part);
    throw error;
  }
  await rename(part, file);
  await discard(part);
  return { ...headOf(response), status: 200, file, bytes: sample.bytes };
}

/** Removes an unfinished download. */
async function discard(part: string): Promise<void> {
  await Promise.all([rm(part, { force: true }), rm(`${part}.json`, { force: true })]);
}

async function resumePoint(part: string, url: string): Promise<{ bytes: number; validator: string } | null> {
  const [size, note] = await Promise.all([
    stat(part).then(
      (found) => found.size,
      () => 0,
    ),
    readFile(`${part}.json`, 'utf8').catch(() => null),
  ]);
  if (size === 0 || note === null) return null;
  try {
    const known = resumeSchema.parse(JSON.parse(note));
    return known.url === url ? { bytes: size, validator: known.validator } : null;
  } catch {
    return null; // a note that was cut off itself: start again
  }
}

/** Without a strong validator, or with a content encoding, a later range could belong to other bytes: then no note, no resuming. */
async function rememberResume(part: string, url: string, response: Response): Promise<void> {
  await discard(part);
  const etag = response.header('etag');
  const validator = etag !== null && !etag.startsWith('W/') ? etag : response.header('last-modified');
  if (validator === null || encodingOf(response) !== 'identity') return;
  await writeFile(`${part}.json`, JSON.stringify({ url, validator }));
}

async function offsetOf(response: Response, start: { bytes: number } | null, part: string): Promise<number> {
  if (response.status !== 206 && response.status !== 416) return 0;
  const from = /^bytes (\d+)-\d+\/(?:\d+|\*)$/.exec(response.header('content-range') ?? '')?.[1];
  if (response.status === 206 && start !== null && from === String(start.bytes)) return start.bytes;
  await response.body.dump().catch(() => undefined);
  const context = {
    url: response.url,
    status: response.status,
    detail: `range ${from ?? 'unknown'} refused or not asked for`,
  };
  if (start === null) throw new UnexpectedContent(context);
  await discard(part); // the next attempt starts from the beginning
  throw new TransientFetch(context);
}

async function append(response: Response, part: string, offset: number, options: FetchOptions): Promise<void> {
  const limit = (options.maxBytes ?? DEFAULT_MAX_BYTES) - offset;
  const handle = await open(part, offset === 0 ? 'w' : 'a');
  try {
    for await (const chunk of decodedBody(response, limit, options.signal)) await handle.appendFile(chunk);
    await handle.sync();
  } catch (error) {
    if (error instanceof TooLarge) await discard(part);
    throw error;
  } finally {
    await handle.close();
  }
}

/** Head and tail of a file, for the content check. */
export async function sampleOfFile(file: string): Promise<Sample> {
  const handle = await open(file, 'r');
  try {
    const { size: bytes } = await handle.stat();
    const head = Buffer.alloc(Math.min(HEAD_BYTES, bytes));
    const tail = Buffer.alloc(Math.min(TAIL_BYTES, bytes));
    await handle.read(head, 0, head.length, 0);
    await handle.read(tail, 0, tail.length, bytes - tail.length);
    return { head, tail, bytes };
  } finally {
    await handle.close();
  }
}
