import type { IssueRow } from '../db/issues.ts';
import type { RecordKind } from '../transforms/records.ts';
import type { Issue } from './source.ts';

/** Per code, so many issues are kept one by one; the rest become a count. 3,350 styled rows are one fact, not 3,350. */
const KEPT_PER_CODE = 25;

/** Issues of one edition as they are raised, and the keys the edition is silent about. */
export class IssueLog {
  readonly #kept: Issue[] = [];
  readonly #counts = new Map<string, number>();
  readonly silent: { kind: RecordKind; prefix: string }[] = [];

  readonly add = (issue: Issue): void => {
    const count = (this.#counts.get(issue.code) ?? 0) + 1;
    this.#counts.set(issue.code, count);
    if (count <= KEPT_PER_CODE || issue.severity === 'error') this.#kept.push(issue);
  };

  readonly silentAbout = (kind: RecordKind, prefix: string): void => {
    this.silent.push({ kind, prefix });
  };

  get raw(): readonly Issue[] {
    return this.#kept;
  }

  /** Holes of this edition by family ('family-incomplete' issues), with those the source declares: they enter the release's scope. */
  incomplete(declared: Readonly<Record<string, string>> = {}): {
    partial?: Record<string, string>;
    absent?: string[];
  } {
    const partial: Record<string, string> = { ...declared };
    const absent: string[] = [];
    for (const issue of this.#kept) {
      const family = issue.code === 'family-incomplete' ? issue.place?.['family'] : undefined;
      if (typeof family !== 'string') continue;
      partial[family] = issue.message;
      if (issue.place?.['measures'] === 0) absent.push(family);
    }
    return {
      ...(Object.keys(partial).length === 0 ? {} : { partial }),
      ...(absent.length === 0 ? {} : { absent }),
    };
  }

  rows(): IssueRow[] {
    const rows = this.#kept.map((issue): IssueRow => ({
      severity: issue.severity,
      code: issue.code,
      message: issue.message,
      place: { ...issue.place },
    }));
    for (const [code, count] of this.#counts) {
      const shown = this.#kept.filter((issue) => issue.code === code).length;
      const severity = this.#kept.find((issue) => issue.code === code)?.severity ?? 'info';
      if (count > shown) rows.push({ severity, code, message: `${count - shown} more of this kind`, place: { count } });
    }
    return rows;
  }
}
