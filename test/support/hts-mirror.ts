import { readFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from '../../db/connect.ts';
import { openMirror } from '../../ingest/fetch/mirror.ts';
import { runSource } from '../../ingest/run.ts';
import type { Edition } from '../../ingest/source.ts';
import { usHtsus } from '../../ingest/sources/us-htsus.ts';
import { archiveUrl, RELEASE_LIST_URL } from '../../ingest/sources/us-htsus/releases.ts';
import { wcoHs } from '../../ingest/sources/wco-hs.ts';
import { openStore } from '../../snapshots/store.ts';
import { writeMirror } from './mirror-folder.ts';

const CURRENT = 'https://hts.usitc.gov/reststop/exportList?from=0101&to=9999&format=JSON&styles=false';
const HS = 'https://raw.githubusercontent.com/datasets/harmonized-system/main';

const HTS_LABELS = ['2025HTSBasic', '2025HTSRev1', '2025HTSRev2'] as const;

/** A mirror folder with the three editions of test/fixtures/us-htsus and the Harmonized System of test/fixtures/wco-hs. */
async function writeHtsMirror(): Promise<string> {
  const edition = (label: string, url: string | null) => ({
    url: url ?? '',
    file: `us/${label}.json`,
    body: fixture(`us-htsus/${label}.json`),
  });
  return writeMirror({
    '': [
      { url: RELEASE_LIST_URL, file: 'us/releaseList.json', body: fixture('us-htsus/releaseList.json') },
      edition('2025HTSBasic', archiveUrl('2025HTSBasic')),
      edition('2025HTSRev1', archiveUrl('2025HTSRev1')),
      edition('2025HTSRev2', CURRENT),
      { url: `${HS}/datapackage.json`, file: 'wco/datapackage.json', body: fixture('wco-hs/datapackage.json') },
      ...['harmonized-system.csv', 'sections.csv'].map((name) => ({
        url: `${HS}/data/${name}`,
        file: `wco/${name}`,
        body: fixture(`wco-hs/${name}`),
        media_type: 'text/csv',
      })),
    ],
  });
}

/** Ingests the Harmonized System and the named editions, in this order, through the whole pipeline. */
export async function loadHts(
  database: Database,
  { labels = HTS_LABELS, clock, hs = true }: { labels?: readonly string[]; clock: () => string; hs?: boolean },
): Promise<void> {
  const fetch = await openMirror(await writeHtsMirror());
  const store = await openStore(await mkdtemp(join(tmpdir(), 'hts-snapshots-')));
  const deps = { database, store, fetch, clock, codeVersion: 'test', report: () => undefined, sample: true };
  const reports = hs ? [await runSource(deps, wcoHs, { trigger: 'manual' })] : [];
  const select = (editions: readonly Edition[]) =>
    labels.flatMap((label) => editions.find((edition) => edition.label === label) ?? []);
  reports.push(await runSource(deps, usHtsus, { trigger: 'manual', select }));
  for (const report of reports)
    if (report.state !== 'published') throw new Error(`${report.source}: ${report.message ?? report.state}`);
}

function fixture(path: string): Buffer {
  return readFileSync(new URL(`../fixtures/${path}`, import.meta.url));
}
