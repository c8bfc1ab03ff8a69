import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { withDeclarations } from '../../ingest/fetch/declared.ts';
import { openMirror } from '../../ingest/fetch/mirror.ts';
import { notPublished, runSource } from '../../ingest/run.ts';
import type { Source } from '../../ingest/source.ts';
import euThresholds, { euImportThresholdBytes } from '../../ingest/sources/eu-import-thresholds.ts';
import euVat from '../../ingest/sources/eu-vat.ts';
import fxEcb from '../../ingest/sources/fx-ecb.ts';
import fxHmrc from '../../ingest/sources/fx-hmrc.ts';
import usAdcvd from '../../ingest/sources/us-adcvd.ts';
import usFees from '../../ingest/sources/us-fees.ts';
import usThresholds, { usImportThresholdBytes } from '../../ingest/sources/us-import-thresholds.ts';
import usItaAdcvd from '../../ingest/sources/us-ita-adcvd.ts';
import usPgaAce from '../../ingest/sources/us-pga-ace.ts';
import usPgaAphis from '../../ingest/sources/us-pga-aphis.ts';
import usPgaDea from '../../ingest/sources/us-pga-dea.ts';
import usPgaDefinitions from '../../ingest/sources/us-pga-definitions.ts';
import usPgaLacey from '../../ingest/sources/us-pga-lacey.ts';
import usPgaNmfs from '../../ingest/sources/us-pga-nmfs.ts';
import usQuotaStatus from '../../ingest/sources/us-quota-status.ts';
import usSectors, { usUflpaSectorBytes } from '../../ingest/sources/us-uflpa-sectors.ts';
import { openStore } from '../../snapshots/store.ts';
import { testDatabase } from '../support/database.ts';

const mirror = new URL('../../../shared/mirror/', import.meta.url);

/** Records of the newest release; a second run must change nothing. */
const EXPECTED: [Source, number][] = [
  [usPgaDefinitions, 49],
  [usPgaAphis, 2736],
  [usPgaLacey, 302],
  [usPgaNmfs, 310],
  [usPgaDea, 181],
  [usPgaAce, 409],
  [usFees, 9],
  [usThresholds, 27],
  [euThresholds, 6],
  [usSectors, 35],
  [usQuotaStatus, 5],
  [usAdcvd, 71],
  [usItaAdcvd, 190],
  [euVat, 6012],
  [fxEcb, 43_547],
  [fxHmrc, 144],
];

const here = existsSync(mirror);
if (!here) console.warn('skipped: the mirror is not at ../shared');

describe.skipIf(!here)('reference sources through the pipeline', async () => {
  // A skipped suite is collected all the same.
  if (!here) return;
  const database = await testDatabase();
  const dir = await mkdtemp(join(tmpdir(), 'reference-sources-'));
  afterAll(() => rm(dir, { recursive: true, force: true }));
  const fetch = withDeclarations(await openMirror(mirror.pathname), {
    'eu.import-thresholds': euImportThresholdBytes,
    'us.import-thresholds': usImportThresholdBytes,
    'us.uflpa-sectors': usUflpaSectorBytes,
  });
  const deps = {
    database,
    store: await openStore(dir),
    fetch,
    clock: () => '2026-11-20T12:00:00.000Z',
    codeVersion: 'test',
    report: () => undefined,
  };

  test.each(EXPECTED.map(([source, count]) => [source.id, source, count] as const))('%s', async (_, source, count) => {
    const first = await runSource(deps, source, { trigger: 'manual' });
    expect([first.state, first.message]).toEqual(['published', null]);
    const published = first.outcomes.flatMap((outcome) => (outcome.state === 'published' ? [outcome.published] : []));
    expect(published.at(-1)).toMatchObject({ added: count, removed: 0 });
    const second = await runSource(deps, source, { trigger: 'manual' });
    expect([second.state, second.message]).toEqual(['unchanged', null]);
  });

  test.each([usThresholds, euThresholds, usSectors, fxHmrc].map((source) => [source.id, source] as const))(
    '%s: a backfill publishes what came before the newest edition',
    async (_, source) => {
      const report = await runSource(deps, source, { trigger: 'manual', select: notPublished });
      expect([report.state, report.message]).toEqual(['published', null]);
    },
  );

  test('months loaded in any order stay side by side: 42 dollar rates, none overlapping', async () => {
    const rows = await database.db
      .selectFrom('reference_data')
      .select(['valid_from', 'valid_to'])
      .where('source_id', '=', 'fx.hmrc')
      .where('subject', '=', 'USD')
      .where('known_to', 'is', null)
      .orderBy('valid_from')
      .execute();
    expect(rows).toHaveLength(42);
    rows.slice(1).forEach((row, index) => {
      expect(String(rows[index]?.valid_to)).toBe(String(row.valid_from));
    });
  });

  test('candidates for a code and an origin are one lookup', async () => {
    const rows = await database.db
      .selectFrom('reference_data')
      .select('data')
      .where('topic', '=', 'order-scope')
      .where('code', 'in', ['38', '3826', '382600', '38260010', '3826001000'])
      .where('subject', '=', 'AR')
      .where('known_to', 'is', null)
      .execute();
    const cases = rows.map(({ data }) => (data as { case_number: string }).case_number); // orderScopeData
    expect([...new Set(cases)].sort()).toEqual(['A-357-820', 'C-357-821']);
  });
});
