import type { TariffRecord, RecordKind } from '../transforms/records.ts';
import type { Instant, PlainDate } from '../transforms/dates.ts';
import type { Fetcher } from './fetch/fetcher.ts';

/**
 * What a source declares. One file under ingest/sources/ = one source; ingest/registry.ts lists them by hand.
 * `discover` decides what there is, `parse` knows bytes, `normalise` knows meaning; none of them touches the database or the clock.
 */
export interface Source<Raw = unknown> {
  /** 'us.htsus', 'eu.taric', 'gb.tariff', 'us.programmes' … */
  id: string;
  /** ISO alpha-2, 'EU', or 'XX' for sources of no single jurisdiction (exchange rates, the HS). */
  jurisdiction: string;
  title: string;
  publisher: { name: string; acronym: string; url: string };
  licence: { name: string; attribution: string };
  records: readonly RecordKind[];
  /**
   * How valid time follows from a release:
   * 'from-release': the data carries no dates; a release states the law from its effective date on.
   * 'extract': rows carry dates; a row that is no longer listed ended at the reference (effective) date, if not before.
   * 'delta': rows carry dates and each release only says what changed; editions must arrive in publication order.
   */
  validity: 'from-release' | 'extract' | 'delta';
  /**
   * When the publisher is asked, and how old the newest data may grow before /status calls the source stale (ISO 8601 days).
   * `regular`: it publishes a whole state at least that often, so that two editions further apart have others between them that are not
   * held; without it an edition comes when there is something to say.
   */
  cadence: { cron: string; timezone: string; staleAfter: string; regular?: true };
  http?: { minDelayMs?: number; userAgent?: 'browser' | 'plain'; maxBytes?: number };
  /** Declared scope: what an answer may say is covered when this source is loaded. Enters each release. */
  covers: Coverage;
  discover(context: DiscoverContext): AsyncIterable<Edition>;
  /** What only the fetched bytes can tell about an edition (a change record's effective date, a header's date). */
  describe?(
    files: EditionFiles,
    edition: Edition,
    context: NormaliseContext,
  ): Promise<Partial<EditionFacts>> | Partial<EditionFacts>;
  /** Whether the publisher's own word, in the other parts, is that the edition changed nothing of its main part. Asked only when the bytes are old. */
  statesNoChange?(files: EditionFiles, edition: Edition): Promise<boolean>;
  parse(files: EditionFiles, edition: Edition): AsyncIterable<Raw> | Iterable<Raw>;
  normalise(
    rows: AsyncIterable<Raw> | Iterable<Raw>,
    context: NormaliseContext,
  ): AsyncIterable<TariffRecord | Deletion> | Iterable<TariffRecord | Deletion>;
  expect: Expectations;
}

/** What a release of the source covers; families are the programme families of the duty answer ('general', 'section-301', 'vat' …). */
export interface Coverage {
  families: readonly string[];
  /** Code prefixes covered; absent = the whole nomenclature. */
  codes?: readonly string[];
  /** Known holes, in words, by family: they make the family 'partial' in every answer. */
  partial?: Readonly<Record<string, string>>;
}

/** One publisher's version, with the files that make it up. */
export interface Edition {
  label: string;
  /** Publisher's instant, or midnight UTC of its date; null when it gives none: then our first sight counts. Unique per source. */
  publishedAt: Instant | null;
  /** Start of the law it states; null: taken from `describe`, else the publication date. */
  effectiveDate: PlainDate | null;
  parts: readonly EditionPart[];
}

export interface EditionPart {
  /** 'schedule', 'change-record', 'chapter-99' …: names the file within the edition. */
  part: string;
  url: string;
  expect: 'json' | 'csv' | 'xml' | 'pdf' | 'xlsx' | 'zip' | 'text' | 'html' | 'binary';
  /** The address answers with whatever is current and does not name the edition: old bytes there are not this edition's. */
  current?: boolean;
  /** A missing optional part is an issue, a missing required part stops the edition. */
  optional?: boolean;
  headers?: Readonly<Record<string, string>>;
  method?: 'GET' | 'POST';
  body?: string;
}

export interface EditionFacts {
  effectiveDate: PlainDate;
  /** Why that date, with a citation, when it is not the publication date. */
  effectiveBasis: string;
  /** The law is stated as of this date; past it (plus the cadence) answers become partial. Default: the publication date. */
  dataAsOf: PlainDate;
  /** Families that a file of an earlier date states: a month's folder may still hold the nomenclature of the month before the last. */
  familiesAsOf: Readonly<Record<string, PlainDate>>;
  /** Replaces publishedAt when only the bytes tell it. */
  publishedAt: Instant;
}

/** The bytes of an edition's parts, from the snapshot store; `null` for an absent optional part. */
export interface EditionFiles {
  names(): string[];
  has(part: string): boolean;
  read(part: string): Promise<Buffer>;
}

export interface DiscoverContext {
  fetch: Fetcher;
  /** Newest first; what is already published of this source. */
  known: readonly { label: string; publishedAt: Instant }[];
  /**
   * Natural keys of the records that the ledger believes of this source, those that ended included: for a list of which only what is new
   * is read. Absent where there is no ledger.
   */
  listed?(kind: RecordKind): Promise<ReadonlySet<string>>;
  today: PlainDate;
  /** For what discovery sees and does not turn into an edition: a month whose files are not all there yet. */
  issue?(issue: Issue): void;
}

export interface NormaliseContext {
  edition: Edition;
  issue(issue: Issue): void;
  /**
   * Says that this release is silent about every key that begins with `prefix` and that it does not list itself:
   * such records keep what the release before said, instead of ending (2026HTSRev9 was exported without heading 0101).
   */
  silentAbout(kind: RecordKind, prefix: string): void;
}

export interface Issue {
  severity: 'info' | 'warning' | 'error';
  /** Stable kebab-case code: 'unknown-unit', 'html-styled', 'row-missing'. */
  code: string;
  message: string;
  place?: Readonly<Record<string, string | number | null>>;
}

/** 'delta' sources: the publisher says that a record never was, or is gone. */
export interface Deletion {
  kind: 'deletion';
  of: RecordKind;
  natural_key: string;
}

/** Bounds that tell a healthy edition from a broken one. A violated bound asks for an explanation, not for a wider bound. */
export interface Expectations {
  /** Below: quarantined. By kind, or 'measure.<type>' / 'reference.<topic>'. */
  min: Readonly<Record<string, number>>;
  /** Above: quarantined. */
  max?: Readonly<Record<string, number>>;
  /** Share of records (0 to 1) in which a field is filled: 'measure.duty': 0.98. */
  fill?: Readonly<Record<string, number>>;
  /** Share of the previous release's records that may vanish or change in one release. */
  removedShare?: number;
  modifiedShare?: number;
  /** The same for single kinds of record ('measure.mfn'), which disappear in the total: the general rates are a sixth of a tariff's records. */
  modifiedShareOf?: Readonly<Record<string, number>>;
  /** Share by which a required part may differ in size from the release before; default 0.25. */
  sizeShare?: number;
  /** Closed vocabularies: 'measure.measure_type': ['mfn', …]. A value outside: quarantined. */
  known?: Readonly<Record<string, readonly string[]>>;
  /** Records that must be there with exactly these values. */
  golden?: readonly { natural_key: string; kind: RecordKind; has: Readonly<Record<string, unknown>> }[];
  /** More error issues than this quarantine the edition. Default 0. */
  errors?: number;
}

/** Identity, for inference of Raw and for a place to stand in the stack trace. */
export function defineSource<Raw>(source: Source<Raw>): Source<Raw> {
  return source;
}
