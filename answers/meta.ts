import type { Instant, PlainDate } from '../transforms/dates.ts';
import { sha256Hex } from '../transforms/hash.ts';
import type { CoverageStatement } from '../transforms/stacking/component.ts';
import type { AnswerDraft } from './draft.ts';
import type { LedgerView } from './ledger-view.ts';

/** A release that an answer rests on, with the bytes it was made from. */
export interface CitedSource {
  id: string;
  release: number;
  label: string;
  published_at: Instant;
  effective_date: PlainDate;
  data_as_of: PlainDate;
  retrieved_at: Instant;
  url: string | null;
  sha256: string | null;
}

/** Stands beside the data of every read. */
export interface Meta {
  /** The law on this date; null where an answer is about publications, not about law. */
  as_of: PlainDate | null;
  /** As published by this instant. For current knowledge: the instant up to which the ledger knows, so that it can be asked for again. */
  known_at: Instant;
  /** The newest release in load order that the answer was given from. */
  dataset_version: number;
  answer_id: string;
  sources: CitedSource[];
  coverage: CoverageStatement[];
}

/** The rendered end of `meta`. */
export interface MetaTail {
  tail: string;
  tail_sha256: string;
}

/** Rendered ends of `meta`, by coverage (one array per view, source and moment) and by what else they are made of. */
const tails = new WeakMap<readonly CoverageStatement[], Map<string, MetaTail>>();

/**
 * Everything of `meta` but its `answer_id`, as JSON text up to the closing braces of the answer. Two thirds of an answer are this text, and
 * thousands of answers have the same: it is made once, shared and stored once.
 */
export function metaTail(
  draft: AnswerDraft<unknown>,
  moment: { as_of: PlainDate | null; known_at: Instant | null },
): MetaTail {
  const known = tails.get(draft.coverage) ?? new Map<string, MetaTail>();
  tails.set(draft.coverage, known);
  const cites = [...new Set(draft.cites)].sort((a, b) => a - b);
  const key = `${moment.as_of ?? ''}|${moment.known_at ?? ''}|${draft.view.version}|${cites.join(',')}`;
  let found = known.get(key);
  if (found === undefined) {
    const meta: Omit<Meta, 'answer_id'> = {
      as_of: moment.as_of,
      known_at: moment.known_at ?? draft.view.knownAt,
      dataset_version: draft.view.version,
      sources: citedSources(draft.view, cites),
      coverage: draft.coverage,
    };
    const tail = `${JSON.stringify(meta).slice(1)}}`;
    found = { tail, tail_sha256: sha256Hex(tail) };
    known.set(key, found);
  }
  return found;
}

/** Cited releases, each once, by source and publication. */
export function citedSources(view: LedgerView, cites: Iterable<number>): CitedSource[] {
  const wanted = new Set(cites);
  const found = [...wanted].flatMap((id) => view.byId.get(id) ?? []);
  found.sort((a, b) => compare(a.source_id, b.source_id) || compare(a.published_at, b.published_at));
  return found.map((release) => ({
    id: release.source_id,
    release: release.release_id,
    label: release.label,
    published_at: release.published_at,
    effective_date: release.effective_date,
    data_as_of: release.data_as_of,
    retrieved_at: release.retrieved_at,
    url: release.url,
    sha256: release.sha256,
  }));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
