import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** What one run of the command took, of its own process (the database server not counted). */
export interface Usage {
  seconds: number;
  cpuSeconds: number;
  peakMegabytes: number;
  output: string;
}

/** The command as it is shipped: compiled, without a loader that would count against its memory. */
export interface BuiltCommand {
  run(args: readonly string[], env: Readonly<Record<string, string>>, seconds: number): Promise<Usage>;
  remove(): Promise<void>;
}

/** Compiles the program into a folder of its own, so that nobody's dist/ is touched. */
export async function buildCommand(): Promise<BuiltCommand> {
  await mkdir(join(ROOT, 'var'), { recursive: true });
  // Inside the package: modules and package.json are found from there.
  const folder = await mkdtemp(join(ROOT, 'var', 'bench-'));
  const compiler = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
  const options = ['--outDir', join(folder, 'dist'), '--incremental', 'false', '--tsBuildInfoFile', 'null'];
  const problems = await promisify(execFile)(process.execPath, [compiler, '-p', 'tsconfig.build.json', ...options], {
    cwd: ROOT,
  }).catch((error: unknown) => error);
  const program = join(folder, 'dist', 'bin', 'tariff.js');
  if (!existsSync(program)) throw new Error('the program does not compile', { cause: problems });
  return {
    run: (args, env, seconds) => run(program, folder, args, env, seconds),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

async function run(
  program: string,
  folder: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  seconds: number,
): Promise<Usage> {
  const usageFile = join(folder, 'usage.json');
  await rm(usageFile, { force: true });
  // The kernel's own count, taken when the process ends; nothing has to be polled and nothing is missed.
  const onExit = `import { writeFileSync } from 'node:fs'; process.on('exit', () => writeFileSync(${JSON.stringify(usageFile)}, JSON.stringify(process.resourceUsage())));`;
  const started = performance.now();
  const { code, output } = await ended(
    spawn(
      process.execPath,
      [`--import=data:text/javascript,${encodeURIComponent(onExit)}`, program, ...args],
      // TARIFF_* of whoever runs the bench must not leak in.
      { stdio: ['ignore', 'pipe', 'pipe'], env: { PATH: process.env.PATH ?? '', ...env }, timeout: seconds * 1000 },
    ),
  );
  const wall = (performance.now() - started) / 1000;
  if (code !== 0) throw new Error(`tariff ${args.join(' ')} ended with ${String(code)}:\n${output.slice(-2000)}`);
  const usage = JSON.parse(await readFile(usageFile, 'utf8')) as NodeJS.ResourceUsage;
  return {
    seconds: wall,
    cpuSeconds: (usage.userCPUTime + usage.systemCPUTime) / 1e6,
    peakMegabytes: usage.maxRSS / 1024,
    output,
  };
}

function ended(child: ReturnType<typeof spawn>): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output }));
  });
}
