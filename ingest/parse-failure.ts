import { SnapshotUnreadable } from '../snapshots/errors.ts';

const OURS = [TypeError, RangeError, ReferenceError, SnapshotUnreadable];

/** The bytes are not what the source's parser knows: names the part, the row and what was expected. Quarantines the edition. */
export class ParseFailure extends Error {
  override name = 'ParseFailure';
  readonly code = 'parse-failure';
  readonly part: string;
  readonly row: number | null;
  readonly excerpt: string | null;

  constructor(part: string, message: string, place: { row?: number; excerpt?: unknown; cause?: unknown } = {}) {
    const at = place.row === undefined ? '' : ` row ${place.row}`;
    super(`${part}${at}: ${message}`, place.cause === undefined ? undefined : { cause: place.cause });
    this.part = part;
    this.row = place.row ?? null;
    this.excerpt = place.excerpt === undefined ? null : JSON.stringify(place.excerpt).slice(0, 300);
  }
}

/**
 * What broke while a publisher's bytes were read, as the failure it is: theirs (JSON cut short, a PDF that is none, a renamed column), which
 * quarantines the edition. Faults of the language (TypeError, RangeError …), of our snapshot store and of the operating system (a disk that
 * cannot be read) are ours and come back as they are.
 */
export function publishersFault(part: string, error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof ParseFailure || OURS.some((kind) => error instanceof kind))
    return error;
  if ('syscall' in error) return error;
  return new ParseFailure(part, error.message, { cause: error });
}
