import { join } from 'node:path';
import { sql } from 'kysely';
import { openDatabase } from '../db/connect.ts';
import { copyInto, type CopyColumn } from '../db/copy.ts';
import { openEmbedded } from '../db/embedded.ts';
import { KIND_TABLES } from '../db/kinds.ts';
import { migrate } from '../db/migrate.ts';
import { type Session, withSession } from '../db/session.ts';
import type { ProgressEvent } from '../ingest/deps.ts';
import { openMirror } from '../ingest/fetch/mirror.ts';
import { runSource } from '../ingest/run.ts';
import type { Edition } from '../ingest/source.ts';
import { usHtsus } from '../ingest/sources/us-htsus.ts';
import { openStore } from '../snapshots/store.ts';
import { editionFiles } from '../test/support/edition-files.ts';
import { contentRow } from '../transforms/record-content.ts';
import { atMost, type Figure, figure } from './figure.ts';
import { type Materials, MIRROR } from './materials.ts';

const ROUNDS = 3;
const KINDS = ['goods_nomenclature', 'measure'] as const;

/**
 * One revision of the US tariff from parsing to publishing, against parsing the same JSON and copying the same rows into tables without an
 * index or a constraint. Asked for: three times that floor. The median of three rounds, each in an empty database of one server.
 */
export async function benchIngest(materials: Materials): Promise<Figure[]> {
  if (MIRROR === null) {
    materials.note('ingest: skipped, no mirror beside the repository');
    return [];
  }
  const fetch = await openMirror(MIRROR);
  const server = await openEmbedded({ dataDir: join(materials.folder, 'ingest'), log: () => undefined });
  try {
    const editions: Edition[] = [];
    const context = { fetch, known: [], today: new Date().toISOString().slice(0, 10) };
    for await (const edition of usHtsus.discover(context)) editions.push(edition);
    const [before, newest] = editions.slice(-2);
    if (!before || !newest) throw new Error('the mirror lists fewer than two editions');
    const bytes = await fetch.get(before.parts[0]?.url ?? '', {});
    if (bytes.outcome !== 'ok') throw new Error('the mirror has no schedule of the edition');
    // First the floor, then the pipeline: the floor's 73,000 rows in memory would make the collector slower for what is compared with it.
    const { seconds: raw, count } = await floorOf(server.connectionString, before, bytes.body);
    const firsts: number[] = [];
    const nexts: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const name = `round_${round}`;
      const maintenance = openDatabase({ connectionString: server.connectionString, maxConnections: 1 });
      await sql`create database ${sql.ref(name)}`.execute(maintenance.db);
      await maintenance.close();
      const database = openDatabase({ connectionString: server.connectionString.replace(/\/[^/]*$/, `/${name}`) });
      try {
        await migrate(database.db);
        const times = new Map<string, number>();
        const deps = {
          database,
          store: await openStore(join(materials.folder, 'ingest', 'snapshots')),
          fetch,
          clock: () => new Date().toISOString(),
          codeVersion: 'bench',
          // From parsing on: fetching and keeping the bytes is the publisher's and the disk's time.
          report: ({ stage }: ProgressEvent) => times.set(stage, performance.now()),
        };
        for (const [edition, list] of [
          [before, firsts],
          [newest, nexts],
        ] as const) {
          globalThis.gc?.();
          const report = await runSource(deps, usHtsus, { trigger: 'manual', select: () => [edition] });
          if (report.state !== 'published') throw new Error(`${edition.label}: ${report.message ?? report.state}`);
          list.push(((times.get('done') ?? NaN) - (times.get('parse') ?? NaN)) / 1000);
        }
      } finally {
        await database.close();
      }
    }
    const [first, next] = [median(firsts), median(nexts)];
    return [
      figure('ingest', `floor: JSON.parse and COPY of ${count} rows`, raw, 's'),
      figure('ingest', 'first load, parse to publish', first, 's'),
      figure('ingest', 'first load / floor', first / raw, 'x', atMost(3)),
      figure('ingest', 'next revision, parse to publish', next, 's'),
      figure('ingest', 'next revision / floor', next / raw, 'x', atMost(3)),
    ];
  } finally {
    await server.stop();
    await fetch.close();
  }
}

type Rows = Record<(typeof KINDS)[number], unknown[][]>;

/** The rows an edition comes to, made beforehand: the floor knows nothing of reading a tariff. */
async function rowsOf(edition: Edition, schedule: Buffer): Promise<Rows> {
  const rows: Rows = { goods_nomenclature: [], measure: [] };
  const context = { edition, issue: () => undefined, silentAbout: () => undefined };
  const parsed = usHtsus.parse(editionFiles({ schedule }), edition);
  for await (const record of usHtsus.normalise(parsed, context)) {
    if (record.kind === 'goods_nomenclature' || record.kind === 'measure')
      rows[record.kind].push(contentRow(record).values);
  }
  return rows;
}

async function floorOf(
  server: string,
  edition: Edition,
  schedule: Buffer,
): Promise<{ seconds: number; count: number }> {
  const rows = await rowsOf(edition, schedule);
  const database = openDatabase({ connectionString: server });
  try {
    await migrate(database.db);
    const floors: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1)
      floors.push(await withSession(database, (session) => floor(session, schedule, rows)));
    return { seconds: median(floors), count: rows.goods_nomenclature.length + rows.measure.length };
  } finally {
    await database.close();
  }
}

async function floor(session: Session, schedule: Buffer, rows: Rows): Promise<number> {
  for (const kind of KINDS) {
    const columns = [...KIND_TABLES[kind].columns, 'valid_from', 'valid_to'].join(', ');
    await sql
      .raw(`create table raw_${kind} as select ${columns} from ${KIND_TABLES[kind].table} with no data`)
      .execute(session.db);
  }
  globalThis.gc?.();
  const started = performance.now();
  JSON.parse(schedule.toString('utf8'));
  for (const kind of KINDS) await copyInto(session.client, `raw_${kind}`, columnsOf(kind), rows[kind]);
  const seconds = (performance.now() - started) / 1000;
  for (const kind of KINDS) await sql.raw(`drop table raw_${kind}`).execute(session.db);
  return seconds;
}

const JSON_COLUMNS = ['attributes', 'duty', 'conditions'];

function columnsOf(kind: (typeof KINDS)[number]): CopyColumn[] {
  return [...KIND_TABLES[kind].columns, 'valid_from', 'valid_to'].map((name) =>
    // Footnotes of lines are JSON, those of measures a list of ids.
    JSON_COLUMNS.includes(name) || (name === 'footnotes' && kind === 'goods_nomenclature')
      ? { name, json: true }
      : name,
  );
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}
