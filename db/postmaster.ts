import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { chown, mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isErrno, isSameFile, processStart } from './process-lock.ts';
import type { Binaries, ServerUser } from './postgres-binaries.ts';

/** One PostgreSQL data directory and how to run it. All functions here expect the caller to hold its process lock. */
export interface Cluster {
  /** Ours: password, log, locks. */
  dir: string;
  /** PostgreSQL's own, dir/cluster. */
  data: string;
  binaries: Binaries;
  user: ServerUser;
  durable: boolean;
  /** false: only root may enter a directory above (its home, a private temporary directory). */
  reachable: boolean;
}

/**
 * How to name a data directory to the server. Where its user may not pass from the top, it starts inside, where root puts
 * it before changing user, and stays: the kernel follows /proc/self/cwd without looking at the directories above.
 */
const nameFor = (cluster: Cluster, directory: string): string => (cluster.reachable ? directory : '/proc/self/cwd');

// Crash recovery of a large cluster replays its log first, which can take minutes.
const START_MS = 300_000;
const STOP_MS = 60_000;
const LOG_LIMIT = 5_000_000;
// A fixed environment: neither the caller's PG* variables nor its language reach the server.
const ENVIRONMENT = { LC_ALL: 'C', TZ: 'UTC', PATH: '/usr/local/bin:/usr/bin:/bin' };

/** initdb into a draft directory that is renamed when complete, so a crash halfway never looks like a cluster. */
export async function createCluster(cluster: Cluster, superuser: string, password: string): Promise<void> {
  const draft = join(cluster.dir, 'cluster.new');
  const passwordFile = join(cluster.dir, 'initdb-password');
  await rm(draft, { recursive: true, force: true });
  await rm(passwordFile, { force: true });
  await mkdir(draft, { mode: 0o700 });
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (cluster.user) {
    await chown(draft, cluster.user.uid, cluster.user.gid);
    await chown(passwordFile, cluster.user.uid, cluster.user.gid);
  }
  // Handed over open, for the same reason as nameFor.
  const secret = await open(passwordFile, 'r');
  // Code point order and UTF-8 everywhere: prefixes of goods codes depend on it. The C library has C.UTF-8 on Linux
  // only; elsewhere PostgreSQL's built-in one.
  const locale =
    process.platform === 'linux'
      ? ['--locale=C.UTF-8']
      : ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const flags = ['--encoding=UTF8', ...locale, '--auth=scram-sha-256', ...(cluster.durable ? [] : ['--no-sync'])];
  try {
    const child = spawn(
      cluster.binaries.initdb,
      [`--pgdata=${nameFor(cluster, draft)}`, `--username=${superuser}`, '--pwfile=/dev/fd/3', ...flags],
      { ...cluster.user, cwd: draft, env: ENVIRONMENT, stdio: ['ignore', 'pipe', 'pipe', secret.fd] },
    );
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (output += String(chunk)));
    const [code] = (await once(child, 'close')) as [number | null];
    if (code !== 0) throw new Error(`initdb failed in ${cluster.dir}:\n${output}`);
    await rename(draft, cluster.data);
  } finally {
    await secret.close();
    await rm(passwordFile, { force: true });
  }
}

/** Join the running server or start one; resolves to its port once it takes connections. */
export async function ensureRunning(cluster: Cluster, log: (message: string) => void): Promise<number> {
  const deadline = performance.now() + START_MS;
  const previous = (await readPostmaster(cluster))?.port ?? null;
  let candidate = previous !== null && (await isFree(previous)) ? previous : await freePort();
  while (performance.now() < deadline) {
    const running = await findRunning(cluster, deadline);
    if (running !== null) return running;
    const failure = await start(cluster, candidate, deadline);
    if (failure === null) {
      log(`PostgreSQL started on 127.0.0.1:${String(candidate)}`);
      return candidate;
    }
    if (/Address already in use|could not bind/.test(failure)) candidate = await freePort();
    // Backends outlive a killed postmaster for a moment; PostgreSQL rightly refuses until the last has gone.
    else if (/shared memory block|Is another postmaster/.test(failure)) await sleep(200);
    else throw new Error(`PostgreSQL does not start in ${cluster.data}:\n${failure}`);
  }
  throw new Error(`PostgreSQL in ${cluster.data} was not ready after ${String(START_MS / 1000)} s`);
}

/** Fast shutdown: open transactions are rolled back, connections closed, everything written. Waits for the end. */
export async function shutDown(cluster: Cluster, log: (message: string) => void): Promise<void> {
  const running = await readPostmaster(cluster);
  if (running === null || !(await isAlive(running.pid, cluster))) return;
  process.kill(running.pid, 'SIGINT');
  const deadline = performance.now() + STOP_MS;
  while (await isAlive(running.pid, cluster)) {
    if (performance.now() > deadline) {
      throw new Error(`PostgreSQL (process ${String(running.pid)}) did not stop within ${String(STOP_MS / 1000)} s`);
    }
    await sleep(20);
  }
  log('PostgreSQL stopped');
}

/** The port of a live server that takes connections; waits while one starts, recovers or stops; null when none lives. */
async function findRunning(cluster: Cluster, deadline: number): Promise<number | null> {
  while (performance.now() < deadline) {
    const found = await readPostmaster(cluster);
    if (found === null) return null;
    if (!(await isAlive(found.pid, cluster))) {
      // PostgreSQL ignores a stale file itself unless something has the number now: a zombie, or a stranger.
      await rm(join(cluster.data, 'postmaster.pid'), { force: true });
      return null;
    }
    if (found.ready) return found.port;
    await sleep(20);
  }
  return null;
}

/** postmaster.pid: process id, data directory, start, port, socket directory, address, shared memory, status. */
async function readPostmaster({ data }: Cluster): Promise<{ pid: number; port: number; ready: boolean } | null> {
  try {
    const lines = (await readFile(join(data, 'postmaster.pid'), 'utf8')).split('\n');
    const pid = Number(lines[0]);
    if (!Number.isInteger(pid) || pid <= 0) return null;
    return { pid, port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' };
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return null;
    throw error;
  }
}

async function isAlive(pid: number, { data }: Cluster): Promise<boolean> {
  if ((await processStart(pid)) === null) return false;
  // A postmaster works in its data directory; a stranger that was given the same number does not.
  return process.platform !== 'linux' || isSameFile(`/proc/${String(pid)}/cwd`, data);
}

/** null when up; else what the server said before it gave up. */
async function start(cluster: Cluster, port: number, deadline: number): Promise<string | null> {
  const logFile = join(cluster.dir, 'server.log');
  const size = await stat(logFile).then(
    (file) => file.size,
    () => 0,
  );
  const offset = size > LOG_LIMIT ? 0 : size;
  const output = openSync(logFile, size > LOG_LIMIT ? 'w' : 'a', 0o600);
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
    // Without fsync commits still survive a killed server (the system has the bytes), not a crash of the machine.
    ...(cluster.durable ? {} : { fsync: 'off', full_page_writes: 'off' }),
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  // Detached, writing to a file: it must survive this process, and Ctrl-C at our terminal must not reach it.
  const child = spawn(cluster.binaries.postgres, ['-D', nameFor(cluster, cluster.data), '-p', String(port), ...flags], {
    ...cluster.user,
    cwd: cluster.data,
    env: ENVIRONMENT,
    detached: true,
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  let failed: string | null = null;
  child.once('error', (error) => (failed = String(error)));
  child.once('exit', (code) => (failed ??= `exit code ${String(code)}`));
  child.unref();
  while (performance.now() < deadline) {
    if (failed !== null) return `${failed}\n${await tail(logFile, offset)}`;
    const found = await readPostmaster(cluster);
    if (found?.ready === true && found.pid === child.pid) return null;
    await sleep(10);
  }
  return `not ready in time\n${await tail(logFile, offset)}`;
}

async function tail(file: string, offset: number): Promise<string> {
  const handle = await open(file, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(8_000), 0, 8_000, offset);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await handle.close();
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('No free port on 127.0.0.1');
  return address.port;
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1');
  const free = await Promise.race([
    once(server, 'listening').then(() => true),
    once(server, 'error').then(
      () => false,
      () => false,
    ),
  ]).catch(() => false);
  if (free) {
    server.close();
    await once(server, 'close');
  }
  return free;
}
