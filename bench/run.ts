import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { benchBackfill } from './backfill.ts';
import { buildCommand, type BuiltCommand } from './command.ts';
import { benchDuties } from './duties.ts';
import { benchEuropean } from './european.ts';
import { atMost, type Figure, figure, isMet, machine, printFigures } from './figure.ts';
import { benchIngest } from './ingest.ts';
import { benchLookup } from './lookup.ts';
import { type Materials, MIRROR, withLedger } from './materials.ts';
import { benchValidate } from './validate.ts';

/**
 * npm run bench [-- part…] [--seconds 8] [--data-dir DIR] [--json FILE]
 *
 * Measures what is promised and prints a table and one line of JSON; every part is bounded in time and nothing stays behind. `--data-dir`: the
 * data directory of an earlier load, for the parts that ask a server, which otherwise load everything in the mirror. Exit code 1 when a
 * promise is not kept, so that a change which breaks one is seen.
 */
const PARTS = ['ingest', 'backfill', 'lookup', 'duties', 'validate', 'european'] as const;
type Part = (typeof PARTS)[number];

const { values, positionals } = parseArgs({
  options: {
    seconds: { type: 'string', default: '8' },
    'data-dir': { type: 'string' },
    json: { type: 'string' },
  },
  allowPositionals: true,
});
const unknown = positionals.find((name) => !PARTS.some((part) => part === name));
if (unknown !== undefined) throw new RangeError(`no part '${unknown}'; there are ${PARTS.join(', ')}`);
const parts = PARTS.filter((part) => positionals.length === 0 || positionals.includes(part));
const seconds = Number(values.seconds);

const figures: Figure[] = [];
const folder = await mkdtemp(join(tmpdir(), 'tariff-bench-'));
const note = (message: string) => console.error(message);
let built: Promise<BuiltCommand> | null = null;
let loaded: Promise<string> | null = null;
const materials: Materials = {
  folder,
  note,
  command: () => (built ??= buildCommand()),
  ledger: () => (loaded ??= values['data-dir'] === undefined ? loadLedger() : Promise.resolve(values['data-dir'])),
};

async function loadLedger(): Promise<string> {
  if (MIRROR === null) throw new Error('no mirror beside the repository');
  const dataDir = join(folder, 'ledger');
  note('loading everything in the mirror');
  const command = await materials.command();
  const usage = await command.run(['run', '--all'], { TARIFF_MIRROR: MIRROR, TARIFF_DATA_DIR: dataDir }, 500);
  figures.push(
    figure('everything', 'every source and edition in the mirror', usage.seconds, 's', atMost(150)),
    figure('everything', 'CPU of the process', usage.cpuSeconds, 's'),
    figure('everything', 'peak memory', usage.peakMegabytes, 'MB'),
  );
  return dataDir;
}

/** Parts that ask a server of a whole ledger. */
async function asked(bench: (connectionString: string, seconds: number) => Promise<Figure[]>): Promise<Figure[]> {
  if (MIRROR === null && values['data-dir'] === undefined) {
    note(`${bench.name}: skipped, no mirror beside the repository and no --data-dir`);
    return [];
  }
  return withLedger(await materials.ledger(), (connectionString) => bench(connectionString, seconds));
}

const run: Record<Part, () => Promise<Figure[]>> = {
  ingest: () => benchIngest(materials),
  backfill: () => benchBackfill(materials),
  lookup: () => asked(benchLookup),
  duties: () => asked(benchDuties),
  validate: () => asked(benchValidate),
  european: () => benchEuropean(materials),
};

const before = machine();
try {
  for (const part of parts) {
    note(`${part} …`);
    figures.push(...(await run[part]()));
  }
} finally {
  await (await (built as Promise<BuiltCommand> | null)?.catch(() => null))?.remove();
  await rm(folder, { recursive: true, force: true });
}
printFigures(figures);
const report = JSON.stringify({ machine: { ...before, load_after: machine().load }, figures });
console.log(report);
if (values.json !== undefined) await writeFile(values.json, `${report}\n`);
process.exitCode = figures.some((each) => isMet(each) === false) ? 1 : 0;
