import { Blocked, Truncated, UnexpectedContent } from './errors.ts';
import { checkContent, type Expected, type Sample } from './sniff.ts';

/** Throws the typed error for a body that is not what was asked for; nothing is handed out unchecked. */
export function assertContent(expected: Expected | undefined, sample: Sample, url: string, status: number): void {
  const found = expected === undefined ? null : checkContent(expected, sample);
  if (found === null) return;
  const context = { url, status, detail: found.detail };
  switch (found.fault) {
    case 'blocked':
      throw new Blocked(context);
    case 'unexpected':
      throw new UnexpectedContent(context);
    case 'truncated':
      throw new Truncated(context);
  }
}
