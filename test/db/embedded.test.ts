import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openEmbedded, type Embedded } from '../../db/embedded.ts';
import { processStart } from '../../db/process-lock.ts';

const script = fileURLToPath(new URL('../support/embedded-child.ts', import.meta.url));
let base: string;
let dataDir: string;
const children: ChildProcess[] = [];
const servers: Embedded[] = [];

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'tariff-embedded-'));
  await chmod(base, 0o755);
  dataDir = join(base, 'postgres');
});

afterEach(async () => {
  for (const child of children.splice(0))
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
  await Promise.all(servers.splice(0).map((server) => server.stop()));
  const left = await postmaster();
  if (left !== null) process.kill(left, 'SIGQUIT');
  await expect.poll(postmaster).toBeNull();
  await rm(base, { recursive: true, force: true });
});

async function open(): Promise<Embedded> {
  const server = await openEmbedded({ dataDir, log: () => undefined, durable: false });
  servers.push(server);
  return server;
}

interface Child {
  process: ChildProcess;
  connectionString: string;
  started: string;
}

/** A process of its own on the same directory, up and attached. */
async function startChild(): Promise<Child> {
  const child = spawn(process.execPath, ['--import', 'tsx', script, dataDir], { stdio: ['pipe', 'pipe', 'pipe'] });
  children.push(child);
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += String(chunk)));
  const line = await Promise.race([
    once(createInterface(child.stdout), 'line'),
    once(child, 'exit').then(([code]) => Promise.reject(new Error(`child ended with ${String(code)}:\n${errors}`))),
  ]);
  return { process: child, ...(JSON.parse(String(line[0])) as { connectionString: string; started: string }) };
}

async function end(child: Child, signal: NodeJS.Signals): Promise<unknown[]> {
  const exit = once(child.process, 'exit');
  child.process.kill(signal);
  return exit;
}

/** The live postmaster of the directory. */
async function postmaster(): Promise<number | null> {
  const text = await readFile(join(dataDir, 'cluster', 'postmaster.pid'), 'utf8').catch(() => null);
  if (text === null) return null;
  const pid = Number(text.split('\n')[0]);
  return (await processStart(pid)) === null ? null : pid;
}

async function query(connectionString: string, text: string): Promise<unknown> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    const result = await client.query<{ value: unknown }>(text);
    return result.rows[0]?.value;
  } finally {
    await client.end();
  }
}

/** How many processes hold the server. */
const holders = ({ connectionString }: Embedded): Promise<unknown> =>
  query(connectionString, `select count(*)::int as value from pg_stat_activity where application_name like '%holder'`);

test('starts in UTF-8 and code point order, on loopback only, and asks for the password', async () => {
  const { connectionString } = await open();
  const setting = (name: string): Promise<unknown> =>
    query(connectionString, `select current_setting('${name}') as value`);
  expect(await setting('server_encoding')).toBe('UTF8');
  expect(await setting('listen_addresses')).toBe('127.0.0.1');
  expect(await setting('unix_socket_directories')).toBe('');
  expect(
    await query(connectionString, `select string_agg(x, '' order by x) as value from unnest(array['a','B','é','Z']) x`),
  ).toBe('BZaé');
  expect(await query(connectionString, `select lower('ÉÀ') as value`)).toBe('éà');
  expect((await stat(join(dataDir, 'password'))).mode & 0o777).toBe(0o600);
  const wrong = new URL(connectionString);
  wrong.password = 'wrong';
  await expect(query(wrong.href, 'select 1 as value')).rejects.toThrow(/password authentication failed/);
});

test('a clean stop leaves no process, and data survives the restart', async () => {
  const first = await open();
  await query(first.connectionString, 'create table kept as select 42 as value');
  const pid = await postmaster();
  expect(pid).not.toBeNull();
  await Promise.all([first.stop(), first.stop()]);
  expect(await processStart(pid ?? 0)).toBeNull();
  expect(await postmaster()).toBeNull();
  const again = await open();
  expect(await query(again.connectionString, 'select value from kept')).toBe(42);
});

test('other processes join; whoever leaves last stops it, in either order', async () => {
  const here = await open();
  const child = await startChild();
  expect(child.connectionString).toBe(here.connectionString);
  const pid = await postmaster();
  await here.stop(); // the starter leaves first
  expect(await postmaster()).toBe(pid);
  expect(await query(child.connectionString, 'select 1 as value')).toBe(1);
  expect(await end(child, 'SIGTERM')).toEqual([0, null]);
  expect(await postmaster()).toBeNull();

  const starter = await startChild();
  const guest = await open();
  const second = await postmaster();
  await guest.stop(); // the guest leaves first
  expect(await postmaster()).toBe(second);
  expect(await end(starter, 'SIGINT')).toEqual([0, null]);
  expect(await postmaster()).toBeNull();
});

test('processes that start at the same instant share one new server', async () => {
  const all = await Promise.all([startChild(), startChild(), startChild()]);
  expect(new Set(all.map(({ connectionString }) => connectionString)).size).toBe(1);
  expect(new Set(all.map(({ started }) => started)).size).toBe(1);
  await Promise.all(all.map((child) => end(child, 'SIGTERM')));
  expect(await postmaster()).toBeNull();
});

test('kill -9 of the starter: the orphaned server is joined, and stopped by its last user', async () => {
  const starter = await startChild();
  const pid = await postmaster();
  await end(starter, 'SIGKILL');
  expect(await postmaster()).toBe(pid);
  const here = await open();
  expect(await postmaster()).toBe(pid);
  expect(here.connectionString).toBe(starter.connectionString);
  // The server learns of the killed process by its socket, a moment later.
  await expect.poll(() => holders(here)).toBe(1);
  await here.stop();
  expect(await postmaster()).toBeNull();
});

test('kill -9 of the starter and of the server: started again with the committed data', async () => {
  const starter = await startChild();
  await query(starter.connectionString, 'create table kept as select 42 as value');
  await end(starter, 'SIGKILL');
  const pid = await postmaster();
  process.kill(pid ?? 0, 'SIGKILL');
  const here = await open();
  expect(await postmaster()).not.toBe(pid);
  expect(await query(here.connectionString, 'select value from kept')).toBe(42);
});

test('kill -9 of the server alone: those who use it bring it back on the same port', async () => {
  const here = await open();
  const child = await startChild();
  await query(here.connectionString, 'create table kept as select 42 as value');
  const pid = await postmaster();
  process.kill(pid ?? 0, 'SIGKILL');
  await expect.poll(() => query(here.connectionString, 'select value from kept').catch(() => null)).toBe(42);
  expect(await postmaster()).not.toBe(pid);
  // Both hold the new one: the first to leave does not take it away from the other.
  await expect.poll(() => holders(here)).toBe(2);
  await here.stop();
  expect(await query(child.connectionString, 'select value from kept')).toBe(42);
  await end(child, 'SIGTERM');
  expect(await postmaster()).toBeNull();
});

test('a stale postmaster.pid that names a living stranger does not stop us', async () => {
  const first = await open();
  await first.stop();
  const file = join(dataDir, 'cluster', 'postmaster.pid');
  await writeFile(file, `${String(process.pid)}\n${dataDir}/cluster\n1\n5432\n\n127.0.0.1\n\nready   \n`);
  const again = await open();
  expect(await query(again.connectionString, 'select 1 as value')).toBe(1);
});

test('a lock left by a dead process, and one by a process whose number was given away, are taken over', async () => {
  await mkdir(dataDir);
  await writeFile(join(dataDir, 'lock.7'), `${String(process.pid)} 1`);
  const first = await open();
  await first.stop();
  const gone = spawn(process.execPath, ['-e', '']);
  await once(gone, 'exit');
  await writeFile(join(dataDir, 'lock.99'), `${String(gone.pid)} 123`);
  await open();
});

test('an interrupted creation is done over', async () => {
  await mkdir(join(dataDir, 'cluster.new', 'base'), { recursive: true });
  await writeFile(join(dataDir, 'cluster.new', 'PG_VERSION'), '18');
  const { connectionString } = await open();
  expect(await query(connectionString, 'select 1 as value')).toBe(1);
});

test('a server that cannot start says why', async () => {
  const first = await open();
  await first.stop();
  await writeFile(join(dataDir, 'cluster', 'postgresql.auto.conf'), "shared_buffers = 'plenty'\n");
  await expect(open()).rejects.toThrow(/does not start[\s\S]*shared_buffers/);
});

test.runIf(process.getuid?.() === 0)(
  'as root, in a directory that only root may enter: works, restarts, recovers',
  async () => {
    await chmod(base, 0o700);
    const first = await open();
    await query(first.connectionString, 'create table kept as select 42 as value');
    await query(first.connectionString, 'checkpoint');
    // The server reads its configuration again by the name it was given.
    await query(first.connectionString, 'select pg_reload_conf() as value');
    await first.stop();
    const starter = await startChild();
    await end(starter, 'SIGKILL');
    process.kill((await postmaster()) ?? 0, 'SIGKILL');
    const again = await open();
    expect(await query(again.connectionString, 'select value from kept')).toBe(42);
    await again.stop();
    expect(await postmaster()).toBeNull();
  },
);
