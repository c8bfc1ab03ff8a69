// Runs us.htsus once against a local publisher. Ends itself by SIGKILL when the pipeline reaches `dieAt` ('never': runs to its end).
import { openDatabase } from '../../db/connect.ts';
import { runSource } from '../../ingest/run.ts';
import { usHtsus } from '../../ingest/sources/us-htsus.ts';
import { openStore } from '../../snapshots/store.ts';
import { fetcherAt } from './hts-publisher.ts';

const [, , connectionString = '', storeDir = '', origin = '', dieAt = 'never', now = ''] = process.argv;
const database = openDatabase({ connectionString, applicationName: 'publish-child' });
const fetch = fetcherAt(origin);
const report = await runSource(
  {
    database,
    store: await openStore(storeDir),
    fetch,
    clock: () => now,
    codeVersion: 'child',
    report: ({ stage }) => {
      if (stage === dieAt) process.kill(process.pid, 'SIGKILL');
    },
  },
  usHtsus,
  { trigger: 'manual' },
);
console.log(JSON.stringify(report.state));
await fetch.close();
await database.close();
