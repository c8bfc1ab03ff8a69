import type { Fetched, Fetcher } from '../../ingest/fetch/fetcher.ts';
import { defineSource, type Source } from '../../ingest/source.ts';
import type { NomenclatureRecord } from '../../transforms/records.ts';

/** Editions of the tiny source: label, date, and the text of its one line. Change the array to publish something new. */
export interface TinyEdition {
  label: string;
  date: string;
  text: string;
}

/** A source of one line in a plain text file: everything about scheduling and replay that does not need a tariff. */
export function tinySource(
  editions: readonly TinyEdition[],
  cadence: Source['cadence'],
  more: { id?: string; onParse?: (label: string) => Promise<void>; read?: (text: string) => string } = {},
): Source {
  const id = more.id ?? 'xx.tiny';
  return defineSource<string>({
    id,
    jurisdiction: 'XX',
    title: 'A tiny source',
    publisher: { name: 'Test', acronym: 'T', url: 'https://publisher.example' },
    licence: { name: 'none', attribution: 'none' },
    records: ['goods_nomenclature'],
    validity: 'from-release',
    cadence,
    covers: { families: ['tiny'] },
    async *discover() {
      for (const { label, date } of editions) {
        yield {
          label,
          publishedAt: `${date}T00:00:00.000Z`,
          effectiveDate: date,
          parts: [{ part: 'text', url: `https://publisher.example/${id}/${label}`, expect: 'text' as const }],
        };
      }
      await Promise.resolve();
    },
    async *parse(files, edition) {
      await more.onParse?.(edition.label);
      yield (await files.read('text')).toString('utf8');
    },
    async *normalise(rows) {
      for await (const row of rows) yield line((more.read ?? ((text) => text))(row));
    },
    expect: { min: { goods_nomenclature: 1 } },
  });
}

/** Answers the addresses of tiny sources from the editions as they are now. */
export function tinyFetcher(editions: readonly TinyEdition[]): Fetcher & { asked: string[] } {
  const asked: string[] = [];
  const get = (url: string): Promise<Fetched> => {
    asked.push(url);
    const found = editions.find((edition) => url.endsWith(`/${edition.label}`));
    if (!found) return Promise.reject(new Error(`nothing at ${url}`));
    const head = { outcome: 'ok' as const, status: 200, url, mediaType: 'text/plain', etag: null, lastModified: null };
    return Promise.resolve({ ...head, body: Buffer.from(found.text) });
  };
  return {
    asked,
    get,
    download: () => Promise.reject(new Error('not used')),
    close: () => Promise.resolve(),
  };
}

function line(description: string): NomenclatureRecord {
  return {
    kind: 'goods_nomenclature',
    natural_key: '01',
    item_id: '01',
    productline_suffix: null,
    code: '01',
    parent_key: null,
    ancestors: [],
    depth: 0,
    sort_key: '01',
    declarable: true,
    description,
    units: [],
    footnotes: [],
    attributes: {},
  };
}
