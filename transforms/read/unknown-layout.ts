/** A page that is not laid out as its reader knows it. Says which page and what was looked for and not found. */
export class UnknownLayout extends Error {
  override name = 'UnknownLayout';
  readonly code = 'unknown-layout';
  readonly page: string;
  readonly missing: string;

  constructor(page: string, missing: string) {
    super(`${page}: layout not recognised, missing ${missing}`);
    this.page = page;
    this.missing = missing;
  }
}
