import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { Mirror } from '../../ingest/fetch/mirror.ts';
import type { Deletion, Edition, Issue, Source } from '../../ingest/source.ts';
import type { MeasureRecord, NomenclatureRecord, ReferenceRecord, TariffRecord } from '../../transforms/records.ts';
import { tariffRecord } from '../../transforms/records.ts';
import { editionFiles } from './edition-files.ts';
import { collect, contextFor } from './source-run.ts';

/** Bytes of a file beside the repository, unpacked; `path` from its shared folder. */
export function sharedFile(path: string): Buffer {
  const bytes = readFileSync(new URL(`../../../shared/${path}`, import.meta.url));
  return path.endsWith('.gz') ? gunzipSync(bytes) : bytes;
}

export interface Loaded {
  records: TariffRecord[];
  deletions: Deletion[];
  goods: Map<string, NomenclatureRecord>;
  measures: Map<string, MeasureRecord>;
  references: Map<string, ReferenceRecord>;
  issues: Issue[];
}

/** An edition as its source states it, every record checked against its schema. */
export async function loadEdition<Raw>(
  source: Source<Raw>,
  edition: Edition,
  parts: Record<string, Buffer>,
): Promise<Loaded> {
  const issues: Issue[] = [];
  const all = await collect(source.normalise(source.parse(editionFiles(parts), edition), contextFor(edition, issues)));
  const loaded: Loaded = {
    records: [],
    deletions: [],
    goods: new Map(),
    measures: new Map(),
    references: new Map(),
    issues,
  };
  for (const record of all) {
    if (record.kind === 'deletion') loaded.deletions.push(record);
    else {
      tariffRecord.parse(record);
      loaded.records.push(record);
      if (record.kind === 'goods_nomenclature') loaded.goods.set(record.natural_key, record);
      else if (record.kind === 'measure') loaded.measures.set(record.natural_key, record);
      else loaded.references.set(record.natural_key, record);
    }
  }
  return loaded;
}

/** The files of an edition as a mirror has them, by part. */
export async function fetchParts(mirror: Mirror, edition: Edition): Promise<Record<string, Buffer>> {
  const parts: Record<string, Buffer> = {};
  for (const { part, url, expect } of edition.parts) {
    const answer = await mirror.get(url, { expect });
    if (answer.outcome === 'ok') parts[part] = answer.body;
  }
  return parts;
}

/** How two states of the same kind of record differ, by key. */
export function difference<R>(before: ReadonlyMap<string, R>, after: ReadonlyMap<string, R>) {
  const text = (record: R | undefined) => JSON.stringify(record);
  const common = [...after.keys()].filter((key) => before.has(key));
  const changed = common.filter((key) => text(before.get(key)) !== text(after.get(key)));
  return {
    added: [...after.keys()].filter((key) => !before.has(key)),
    removed: [...before.keys()].filter((key) => !after.has(key)),
    changed,
    unchanged: common.length - changed.length,
  };
}
