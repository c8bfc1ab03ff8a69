import type { Database } from '../../db/connect.ts';
import type { Fetcher } from '../../ingest/fetch/fetcher.ts';
import { runSource } from '../../ingest/run.ts';
import { defineSource, type Source } from '../../ingest/source.ts';
import type { MeasureRecord, NomenclatureRecord, TariffRecord } from '../../transforms/records.ts';
import { ingestDeps } from './ingest-deps.ts';

/** A source that publishes exactly the records given: the real pipeline and ledger, with a handful of rows of our own. */
export async function publishRecords(
  database: Database,
  clock: () => string,
  {
    id,
    jurisdiction,
    families,
    partial = {},
    date,
    records,
  }: {
    id: string;
    jurisdiction: string;
    families: string[];
    partial?: Record<string, string>;
    date: string;
    records: TariffRecord[];
  },
): Promise<void> {
  const url = `https://publisher.example/${id}`;
  const source = defineSource<TariffRecord>({
    id,
    jurisdiction,
    title: id,
    publisher: { name: 'Test', acronym: 'T', url: 'https://publisher.example' },
    licence: { name: 'none', attribution: 'none' },
    records: ['goods_nomenclature', 'measure', 'reference'],
    validity: 'extract',
    cadence: { cron: '0 6 * * *', timezone: 'UTC', staleAfter: 'P3Y' },
    covers: { families, partial },
    async *discover() {
      await Promise.resolve();
      yield {
        label: date,
        publishedAt: `${date}T00:00:00.000Z`,
        effectiveDate: date,
        parts: [{ part: 'records', url, expect: 'json' }],
      };
    },
    async *parse(files) {
      yield* JSON.parse((await files.read('records')).toString('utf8')) as TariffRecord[];
    },
    async *normalise(rows) {
      yield* rows;
    },
    expect: { min: {}, sizeShare: Infinity },
  });
  const fetch: Fetcher = {
    get: () =>
      Promise.resolve({
        outcome: 'ok',
        status: 200,
        url,
        mediaType: 'application/json',
        etag: null,
        lastModified: null,
        body: Buffer.from(JSON.stringify(records)),
      }),
    download: () => Promise.reject(new Error('the records are small')),
    close: () => Promise.resolve(),
  };
  const report = await runSource(await ingestDeps(database, fetch, clock), source as Source, { trigger: 'manual' });
  if (report.state !== 'published') throw new Error(`${id}: ${report.state} ${report.message ?? ''}`);
}

/** A coded line; `above` are codes of the lines above, nearest first. */
export function goods(code: string, description: string, above: string[] = [], declarable = true): NomenclatureRecord {
  return {
    kind: 'goods_nomenclature',
    natural_key: code,
    item_id: code.padEnd(10, '0'),
    productline_suffix: '80',
    code,
    parent_key: above[0] ?? null,
    ancestors: above,
    depth: above.length,
    sort_key: code,
    declarable,
    description,
    units: [],
    footnotes: [],
    attributes: {},
    valid_from: '2020-01-01',
    valid_to: null,
  };
}

/** A third-country duty erga omnes since 2020, but for what `more` says. */
export function duty(more: Partial<MeasureRecord> & Pick<MeasureRecord, 'natural_key' | 'code'>): MeasureRecord {
  return {
    kind: 'measure',
    measure_type: '103',
    geographical_area: '1011',
    excluded_areas: [],
    additional_code: null,
    quota_order_number: null,
    reduction_indicator: null,
    programmes: [],
    effect: 'base',
    duty_expression: null,
    duty: null,
    conditions: [],
    footnotes: [],
    legal_base: null,
    legal_base_url: null,
    attributes: {},
    valid_from: '2020-01-01',
    valid_to: null,
    ...more,
  };
}
