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
