import { Blocked, type FetchError, type FetchErrorContext, Gone, PermanentFetch, TransientFetch } from './errors.ts';
import { challengeIn } from './sniff.ts';

const TRANSIENT = new Set([408, 425, 500, 502, 503, 504, 520, 521, 522, 523, 524]);

/** The typed error of a status outside 2xx and 304. `page`: the start of its body, where a challenge shows itself. */
export function errorOfStatus(context: FetchErrorContext & { status: number }, page: string): FetchError {
  const challenge = challengeIn(page);
  const { status } = context;
  const explained = challenge === null ? context : { ...context, detail: challenge };
  if (status === 404 || status === 410) return new Gone(context);
  if (status === 401 || status === 403 || status === 429 || status === 451) return new Blocked(explained);
  // Challenge pages come with 503: another attempt only makes the block last longer.
  if (challenge !== null) return new Blocked(explained);
  if (TRANSIENT.has(status)) return new TransientFetch(context);
  return new PermanentFetch(context);
}
