import type { TariffRecord } from '../transforms/records.ts';
import type { Expectations } from './source.ts';

/** Counts kept while an edition streams by; what the expectations are checked against at the end. */
export class Tally {
  readonly counts = new Map<string, number>();
  /** Of the counted ones, those that the compared release lists with other content. */
  readonly modified = new Map<string, number>();
  readonly filled = new Map<string, number>();
  readonly unknown = new Map<string, Map<string, number>>();
  readonly problems: { code: 'invalid-record' | 'key-collision'; key: string; message: string }[] = [];
  readonly golden = new Map<string, TariffRecord>();
  duplicates = 0;
  collisions = 0;
  invalidRecords = 0;
  readonly #expect: Expectations;
  readonly #watched: ReadonlySet<string>;
  readonly #fill: { bucket: string; field: string }[];
  readonly #known: { kind: string; field: string; values: ReadonlySet<string> }[];

  constructor(expect: Expectations) {
    this.#expect = expect;
    this.#watched = new Set((expect.golden ?? []).map((row) => `${row.kind}/${row.natural_key}`));
    this.#fill = Object.keys(expect.fill ?? {}).map(splitLast);
    this.#known = Object.entries(expect.known ?? {}).map(([path, values]) => {
      const { bucket, field } = splitLast(path);
      return { kind: bucket, field, values: new Set(values) };
    });
  }

  count(record: TariffRecord): void {
    const bucket = bucketOf(record);
    bump(this.counts, record.kind);
    if (bucket !== record.kind) bump(this.counts, bucket);
    for (const { bucket: wanted, field } of this.#fill) {
      if ((wanted === bucket || wanted === record.kind) && isFilled(record[field as keyof TariffRecord]))
        bump(this.filled, `${wanted}.${field}`);
    }
    for (const { kind, field, values } of this.#known) {
      const value = record[field as keyof TariffRecord];
      if (record.kind !== kind || typeof value !== 'string' || values.has(value)) continue;
      const seen = this.unknown.get(`${kind}.${field}`) ?? new Map<string, number>();
      bump(seen, value);
      this.unknown.set(`${kind}.${field}`, seen);
    }
    if (this.#watched.has(`${record.kind}/${record.natural_key}`))
      this.golden.set(`${record.kind}/${record.natural_key}`, record);
  }

  modify(record: TariffRecord): void {
    bump(this.modified, bucketOf(record));
  }

  /** A second record of one key: the same content is a publisher's habit, other content would silently drop one of the two. */
  duplicate(record: TariffRecord, sameContent: boolean): void {
    if (sameContent) this.duplicates += 1;
    else {
      this.collisions += 1;
      this.#problem('key-collision', record, 'two records with one key and different content');
    }
  }

  invalid(record: TariffRecord, problem: { path: PropertyKey[]; message: string } | undefined): void {
    this.invalidRecords += 1;
    this.#problem('invalid-record', record, problem ? `${problem.path.join('.')}: ${problem.message}` : 'invalid');
  }

  get expectations(): Expectations {
    return this.#expect;
  }

  #problem(code: 'invalid-record' | 'key-collision', record: TariffRecord, message: string): void {
    if (this.problems.length < 20) this.problems.push({ code, key: record.natural_key, message });
  }
}

/** 'measure.mfn', 'reference.pga-flag'; the kind alone for lines. */
function bucketOf(record: TariffRecord): string {
  if (record.kind === 'measure') return `measure.${record.measure_type}`;
  if (record.kind === 'reference') return `reference.${record.topic}`;
  return record.kind;
}

function splitLast(path: string): { bucket: string; field: string } {
  const at = path.lastIndexOf('.');
  return { bucket: path.slice(0, at), field: path.slice(at + 1) };
}

function isFilled(value: unknown): boolean {
  return value !== null && value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0);
}

function bump(map: Map<string, number>, key: string): void {
  map.set(key, (map.get(key) ?? 0) + 1);
}
