import { existsSync } from 'node:fs';
import { sql } from 'kysely';
import type { Database } from '../../db/connect.ts';
import { openMirror } from '../../ingest/fetch/mirror.ts';
import { runSource } from '../../ingest/run.ts';
import { usHtsus } from '../../ingest/sources/us-htsus.ts';
import { ingestDeps } from './ingest-deps.ts';

const MIRROR = '../shared/mirror';
export const editionsAreHere = existsSync(`${MIRROR}/us/hts`);

/** Five editions in a row; the fourth was exported without heading 0101. All 44 with TARIFF_VERIFY=1 (null). */
export const SOME_EDITIONS: readonly string[] | null =
  process.env['TARIFF_VERIFY'] === '1'
    ? null
    : ['2026HTSRev6', '2026HTSRev7', '2026HTSRev8', '2026HTSRev9', '2026HTSRev10'];

export const loadClock = () => '2026-11-20T12:00:00.000Z';

/** Loads the real editions into an empty database, in the order that `arrange` gives to the oldest-first list. Their labels in that order. */
export async function loadEditions(
  database: Database,
  arrange: <T>(editions: readonly T[]) => readonly T[] = (editions) => editions,
) {
  const deps = await ingestDeps(database, await openMirror(MIRROR), loadClock);
  const report = await runSource(deps, usHtsus, {
    trigger: 'manual',
    // Bounds are meant for neighbours; out of order an edition is compared with one that may lie a year away.
    accept: 'editions out of order',
    select: (listed) => arrange(listed.filter((one) => SOME_EDITIONS === null || SOME_EDITIONS.includes(one.label))),
  });
  if (report.outcomes.some((outcome) => outcome.state !== 'published') || report.state !== 'published')
    throw new Error(report.message ?? JSON.stringify(report.outcomes));
  await database.pool.query('analyze');
  return { deps, labels: report.outcomes.map((outcome) => outcome.label) };
}

/**
 * Every row, change and release of us.htsus as a line of text, ids replaced by the publisher's labels: ids depend on the order of loading,
 * nothing else may. Contents as their digest.
 */
export async function ledgerLines(database: Database): Promise<Record<'rows' | 'changes' | 'releases', string[]>> {
  const lines = async (query: ReturnType<typeof sql<{ line: string }>>) =>
    (await query.execute(database.db)).rows.map((row) => row.line);
  const table = (name: string, id: string) =>
    lines(sql<{
      line: string;
    }>`select concat_ws(' ', ${name}::text, t.natural_key, t.valid_from, t.valid_to, 'known', t.known_from, t.known_to,
        's', s.label, 'i', i.label, 'e', e.label,
        md5((to_jsonb(t) - ${id}::text - 'stated_by' - 'introduced_by' - 'ended_by')::text)) as line
      from ${sql.raw(name)} t join release s on s.release_id = t.stated_by join release i on i.release_id = t.introduced_by
      left join release e on e.release_id = t.ended_by order by t.natural_key, t.known_from, t.valid_from`);
  return {
    rows: [...(await table('goods_nomenclature', 'goods_nomenclature_id')), ...(await table('measure', 'measure_id'))],
    changes: await lines(sql<{
      line: string;
    }>`select concat_ws(' ', r.label, r.cause, c.entity, c.op, c.kinds, c.natural_key, c.code, c.fields,
        md5(c.before::text), md5(c.after::text)) as line
      from change c join release r using (release_id) order by r.published_at, c.entity, c.natural_key`),
    releases: await lines(sql<{
      line: string;
    }>`select concat_ws(' ', r.label, r.published_at, r.effective_date, r.effective_basis, r.data_as_of,
        r.cause, b.label, r.state_hash, r.records, r.added, r.modified, r.removed, r.scope) as line
      from release r left join release b on b.release_id = r.corrects order by r.published_at`),
  };
}

/** Lines that only one of the two has: readable where 100,000 lines side by side are not. */
export function onlyInOne(one: readonly string[], other: readonly string[]): string[] {
  const [left, right] = [new Set(one), new Set(other)];
  return [
    ...one.filter((line) => !right.has(line)).map((line) => `- ${line}`),
    ...other.filter((line) => !left.has(line)).map((line) => `+ ${line}`),
  ];
}
