import { createHash } from 'node:crypto';
import type { Fetcher } from '../../ingest/fetch/fetcher.ts';
import type { IngestDeps } from '../../ingest/deps.ts';
import { defineSource, type Edition, type Source } from '../../ingest/source.ts';
import type { Database } from '../../db/connect.ts';
import { openStore } from '../../snapshots/store.ts';

/** An edition of a publisher that exists only here: a JSON list of keys and texts, with dates. */
export interface ToyEdition {
  label: string;
  published: string;
  effective: string;
  rows: Record<string, string>;
  /** Prefixes the edition says nothing about. */
  silent?: string[];
}

const urlOf = (label: string) => `https://toy.example/${label}.json`;

/** A whole source over toy editions: the real pipeline, a publisher we control. */
export function toySource(
  editions: readonly ToyEdition[],
  id = 'xx.toy',
  expectations: Source['expect'] = { min: {}, sizeShare: Infinity },
  validity: Source['validity'] = 'from-release',
): Source {
  const source = defineSource<[string, string]>({
    id,
    jurisdiction: 'XX',
    title: 'Toy',
    publisher: { name: 'Toy', acronym: 'TOY', url: 'https://toy.example' },
    licence: { name: 'none', attribution: 'none' },
    records: ['reference'],
    validity,
    cadence: { cron: '0 6 * * *', timezone: 'UTC', staleAfter: 'P30D' },
    covers: { families: ['toy'] },
    async *discover() {
      await Promise.resolve();
      for (const edition of editions) yield editionOf(edition);
    },
    async *parse(files) {
      const rows = JSON.parse((await files.read('list')).toString('utf8')) as Record<string, string>;
      yield* Object.entries(rows);
    },
    async *normalise(rows, context) {
      for (const prefix of editions.find((edition) => edition.label === context.edition.label)?.silent ?? [])
        context.silentAbout('reference', prefix);
      for await (const [key, text] of rows) {
        // Dated sources print the dates in the text: 'a|2025-01-03|2025-02-01'.
        const [name = '', from, to] = text.split('|');
        const dates =
          validity === 'from-release' ? {} : { valid_from: from, valid_to: to === '' || to === undefined ? null : to };
        yield {
          kind: 'reference',
          natural_key: key,
          topic: 'toy',
          code: null,
          subject: null,
          data: { text: name },
          ...dates,
        };
      }
    },
    expect: expectations,
  });
  return source as Source;
}

function editionOf(edition: ToyEdition): Edition {
  return {
    label: edition.label,
    publishedAt: `${edition.published}T00:00:00.000Z`,
    effectiveDate: edition.effective,
    parts: [{ part: 'list', url: urlOf(edition.label), expect: 'json' }],
  };
}

/** Answers for the toy publisher, conditional requests included. */
function toyFetcher(editions: readonly ToyEdition[]): Fetcher {
  return {
    get(url, options = {}) {
      const edition = editions.find((candidate) => urlOf(candidate.label) === url);
      if (!edition) return Promise.reject(new Error(`no such toy: ${url}`));
      const body = Buffer.from(JSON.stringify(edition.rows));
      const etag = `"${createHash('sha256').update(body).digest('hex')}"`;
      if (options.validators?.etag === etag) return Promise.resolve({ outcome: 'not-modified', status: 304 });
      return Promise.resolve({
        outcome: 'ok',
        status: 200,
        url,
        mediaType: 'application/json',
        etag,
        lastModified: null,
        body,
      });
    },
    download: () => Promise.reject(new Error('toys are small')),
    close: () => Promise.resolve(),
  };
}

/** Dependencies of the pipeline on a test database, with a clock that stands still unless told. */
export async function toyDeps(
  database: Database,
  dir: string,
  editions: readonly ToyEdition[],
  clock = () => '2026-11-20T12:00:00.000Z',
): Promise<IngestDeps> {
  return {
    database,
    store: await openStore(dir),
    fetch: toyFetcher(editions),
    clock,
    codeVersion: 'test',
    report: () => undefined,
  };
}
