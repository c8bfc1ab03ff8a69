import { midnight, type PlainDate } from '../transforms/dates.ts';
import { csvRecords } from '../transforms/read/csv.ts';
import type { ReferenceRecord } from '../transforms/records.ts';
import { bytesAt } from './file-edition.ts';
import { ParseFailure } from './parse-failure.ts';
import { defineSource, type NormaliseContext, type Source } from './source.ts';

/**
 * A list that no official site serves as data and that a person brought into a file: an annex, the text of a note.
 * The declaration ships with the code; the codes never do: they are fetched from a mirror or imported by `tariff import`.
 */
export interface ReviewedList {
  /** 's232-copper-products'; the source is 'us.lists.s232-copper-products'. */
  name: string;
  title: string;
  /** Where a mirror keeps the file. */
  url: string;
  /** Who reviewed it and under what terms it may be used. */
  licence: { name: string; attribution: string };
  /** Acts in order of publication; each is an edition that knows the law up to its horizon. */
  acts: readonly [Act, ...Act[]];
  format: 'csv' | 'lines';
  /** Columns that must be there; for 'lines' the one name of the line's content. */
  columns: readonly string[];
  /** Rows of the reviewed file: another count is reported, since somebody changed a reviewed list. */
  rows: number;
  role: ListRole;
  /** Programme families the list serves, and what is missing there from when on. */
  families: readonly string[];
  incomplete?: { from: PlainDate; reason: string };
  /** What is known to be wrong or weak, one sentence each; shown with every release. */
  defects: readonly string[];
  /** What a row means. Every row has an entry; `acts` decide which editions know it. */
  entry: (row: Row) => Entry;
  /**
   * For a file without ends whose later rows replace earlier ones: a row of the same group that `by` does not choose ends at `at`
   * when some row of the group is chosen.
   */
  superseded?: { group: (row: Row) => string; by: (row: Row) => boolean; at: PlainDate };
}

/** A row of a 'law' list may be 'disputed' in its record. 'law': decides duties. 'cross-check': a second rendition, for reconciliation only. 'proposal': was never law. 'reference': no duty. */
export type ListRole = 'law' | 'cross-check' | 'proposal' | 'reference';

/** An act that made or changed the list. */
export interface Act {
  /** Short citation, also the edition's label: 'Proclamation 11021'. */
  citation: string;
  url: string | null;
  /** When the act was published: the instant from which the ledger knows it, not the date of the file. Null: our first sight counts. */
  published: PlainDate | null;
  /** Reference date of the edition: when what it says began to apply. */
  effective: PlainDate;
  /** Rows that begin, and ends that fall, after this date are of later acts. Absent: it knows all. */
  horizon?: PlainDate;
  /** Rows of this act that a later act must not be credited with, where dates alone do not tell. */
  knows?: (row: Row) => boolean;
}

export type Row = Readonly<Record<string, string>>;

export interface Entry {
  /** 'list-entry' unless said otherwise. */
  topic?: string;
  /** List id ('us.s232.annex-1a'), or what the topic looks up by. */
  subject: string;
  /** As printed; dots are removed. Null for a row about no tariff number. */
  code: string | null;
  /** Tells rows apart that name the same code in the same list: metal, heading. */
  apart?: string;
  data?: Readonly<Record<string, string | number | boolean | null>>;
  from?: PlainDate | null;
  /** Exclusive. */
  to?: PlainDate | null;
  /** The act that makes the row states its end too, so every edition that knows the row knows the end. */
  endStated?: boolean;
  /** Why the row cannot be law although the list is: kept with role 'disputed' and reported, never applied. */
  disputed?: string | null;
}

/** A source from a declared list. */
export function reviewedList(list: ReviewedList): Source<Row> {
  return defineSource<Row>({
    id: `us.lists.${list.name}`,
    jurisdiction: 'US',
    title: list.title,
    publisher: { name: 'Reviewed list', acronym: 'review', url: list.acts[0].url ?? list.url },
    licence: list.licence,
    records: ['reference'],
    validity: 'extract',
    cadence: { cron: '40 6 * * 1', timezone: 'America/New_York', staleAfter: 'P400D' },
    covers: {
      families: list.role === 'law' ? list.families : [],
      ...(list.role === 'law' && list.incomplete
        ? {
            partial: Object.fromEntries(
              list.families.map((family) => [family, `${list.title}: ${list.incomplete?.reason ?? ''}`]),
            ),
          }
        : {}),
    },
    async *discover({ fetch }) {
      if (!(await bytesAt(fetch, list.url))) return;
      for (const act of list.acts)
        yield {
          label: act.citation,
          publishedAt: act.published === null ? null : midnight(act.published),
          effectiveDate: act.effective,
          parts: [{ part: 'list', url: list.url, expect: list.format === 'csv' ? 'csv' : 'text' }],
        };
    },
    async *parse(files) {
      yield* rowsOf(list, await files.read('list'));
    },
    async *normalise(rows, context) {
      const act =
        list.acts.find((candidate) => candidate.citation === context.edition.label) ??
        list.acts[list.acts.length - 1] ??
        list.acts[0];
      for (const defect of list.defects) context.issue({ severity: 'info', code: 'known-defect', message: defect });
      const all: Row[] = [];
      for await (const row of rows) all.push(row);
      const { superseded } = list;
      const moved = new Set(superseded ? all.filter(superseded.by).map(superseded.group) : []);
      const keys = new Set<string>();
      const disputes = new Map<string, string[]>();
      for (const [index, row] of all.entries()) {
        const left = superseded && !superseded.by(row) && moved.has(superseded.group(row)) ? { to: superseded.at } : {};
        const entry = { ...list.entry(row), ...left };
        const record = recordOf(list, act, entry);
        if (record === null || (act.knows && !act.knows(row))) continue;
        if (keys.has(record.natural_key)) {
          context.issue({
            severity: 'warning',
            code: 'list-row-repeated',
            message: `row ${index + 1} repeats ${record.natural_key}`,
          });
          continue;
        }
        keys.add(record.natural_key);
        if (entry.disputed) disputes.set(entry.disputed, [...(disputes.get(entry.disputed) ?? []), record.natural_key]);
        yield record;
      }
      for (const [reason, rowsOfIt] of disputes)
        context.issue({
          severity: 'warning',
          code: 'list-row-disputed',
          message: `${rowsOfIt.length} rows are not applied, ${reason}: ${rowsOfIt.join(' ')}`,
        });
      countRows(list, all.length, context);
    },
    expect: { min: { reference: 1 } },
  });
}

function rowsOf(list: ReviewedList, bytes: Buffer): Row[] {
  if (list.format === 'csv')
    return csvRecords(bytes, list.columns).map((row) =>
      Object.fromEntries(Object.entries(row).map(([name, cell]) => [name, (cell ?? '').trim()])),
    );
  const name = list.columns[0] ?? 'line';
  return bytes
    .toString('utf8')
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => ({ [name]: line }));
}

function recordOf(list: ReviewedList, act: Act, entry: Entry): ReferenceRecord | null {
  const from = entry.from ?? null;
  const horizon = act.horizon ?? null;
  if (horizon !== null && from !== null && from > horizon) return null;
  const to =
    entry.to !== undefined && entry.to !== null && (horizon === null || entry.endStated === true || entry.to <= horizon)
      ? entry.to
      : null;
  const code = entry.code === null ? null : entry.code.replaceAll('.', '').trim();
  if (code !== null && !/^(?:\d{2}|\d{4}|\d{6}|\d{8}|\d{10})$/.test(code))
    throw new ParseFailure('list', `'${entry.code ?? ''}' is no tariff number`, {});
  const topic = entry.topic ?? 'list-entry';
  const disputed = entry.disputed ? { role: 'disputed', reason: entry.disputed } : {};
  return {
    kind: 'reference',
    // The start is part of the key: a product that leaves a list and comes back has two rows.
    natural_key: [entry.subject, code, entry.apart, from]
      .filter((part) => part !== null && part !== undefined)
      .join('/'),
    topic,
    code,
    subject: entry.subject,
    data: {
      ...(topic === 'list-entry' ? { list: entry.subject } : {}),
      role: list.role,
      citation: list.acts[0].citation,
      ...entry.data,
      ...disputed,
    },
    valid_from: from ?? act.effective,
    ...(to === null ? {} : { valid_to: to }),
  };
}

function countRows(list: ReviewedList, count: number, context: NormaliseContext): void {
  if (count === list.rows) return;
  const message = `${list.title}: ${count} rows where the reviewed file had ${list.rows}`;
  context.issue({ severity: 'warning', code: 'list-count', message });
}
