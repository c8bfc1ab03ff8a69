import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { parseArgs } from 'node:util';
import { caseAnswer } from './case-answer.ts';
import { euMeursing } from '../../ingest/sources/eu-meursing.ts';
import type { MeursingRow } from '../../transforms/duty/meursing.ts';
import { editionFiles } from '../support/edition-files.ts';
import { collect, contextFor, edition } from '../support/source-run.ts';
import { differenceOf, readLine } from './agreement.ts';

/** `npm run golden -- FILE.jsonl [--meursing TABLES.json.gz]`: worked amounts against ours; exit code 1 when one differs. */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { meursing: { type: 'string' }, json: { type: 'boolean', default: false } },
});
const [file] = positionals;
if (file === undefined) {
  console.error('usage: npm run golden -- FILE.jsonl [--meursing TABLES.json.gz] [--json]');
  process.exit(64);
}
const mirror = process.env['TARIFF_MIRROR'] ?? new URL('../../../shared/mirror', import.meta.url).pathname;
const tables = values.meursing ?? `${mirror}/eu/meursing/meursing_duties.json.gz`;
const meursing = existsSync(tables) ? await meursingRows(tables) : null;
if (meursing === null) console.error(`no Meursing tables at ${tables}: cases that need them fail`);

const kinds = new Map<string, { agree: number; all: number }>();
const misses: { id: string; kind: string; expected: string; ours: string | null; reason: string | null }[] = [];
for (const [index, line] of readFileSync(file, 'utf8')
  .replace(/^\ufeff/, '')
  .split('\n')
  .entries()) {
  if (line.trim() === '') continue;
  const read = readLine(line);
  const kind = read.case?.kind ?? 'unreadable';
  const tally = kinds.get(kind) ?? { agree: 0, all: 0 };
  kinds.set(kind, tally);
  tally.all += 1;
  if (read.case === null) {
    misses.push({ id: `line ${index + 1}`, kind, expected: '', ours: null, reason: read.reason });
    continue;
  }
  const answer = caseAnswer(read.case, meursing);
  const difference = differenceOf(read.case, answer);
  if (difference === null) tally.agree += 1;
  else misses.push({ id: read.case.id, kind, ...difference });
}
const all = [...kinds.values()].reduce((sum, tally) => sum + tally.all, 0);
const agree = [...kinds.values()].reduce((sum, tally) => sum + tally.agree, 0);
if (values.json) console.log(JSON.stringify({ agree, all, kinds: Object.fromEntries(kinds), misses }));
else {
  for (const [kind, tally] of [...kinds].sort()) console.log(`${kind.padEnd(16)} ${tally.agree} of ${tally.all}`);
  for (const miss of misses) {
    console.log(`${miss.id} ${miss.kind}: expected ${miss.expected}, ours ${miss.ours ?? 'none'} ${miss.reason ?? ''}`);
  }
  console.log(`${agree} of ${all} agree to the cent`);
}
process.exitCode = misses.length === 0 && all > 0 ? 0 : 1;

async function meursingRows(path: string): Promise<MeursingRow[]> {
  const bytes = readFileSync(path);
  const files = editionFiles({ tables: path.endsWith('.gz') ? gunzipSync(bytes) : bytes });
  const of = edition('tables');
  const records = await collect(euMeursing.normalise(euMeursing.parse(files, of), contextFor(of)));
  // The source checks each row and writes it as MeursingRow.
  return records.flatMap((record) =>
    'kind' in record && record.kind === 'reference' ? [record.data as unknown as MeursingRow] : [],
  );
}
