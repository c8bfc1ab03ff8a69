import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, realpath, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { canReach, findBinaries, serverUser } from './postgres-binaries.ts';
import { createCluster, ensureRunning, shutDown, type Cluster } from './postmaster.ts';
import { withProcessLock } from './process-lock.ts';

const USER = 'tariff';
const DATABASE = 'tariff';
/** Marks the one connection by which a process holds the server; see `attach`. */
const HOLDER = 'tariff-ledger holder';

export interface EmbeddedOptions {
  /** Holds everything: cluster/ (PostgreSQL's own), password, server.log, lock files. Created when missing. */
  dataDir: string;
  log: (message: string) => void;
  /** false: no fsync, for throw-away databases in tests. A crash of the machine loses them. */
  durable?: boolean;
}

export interface Embedded {
  /** postgres://… on 127.0.0.1 with the password in it: not for logs. */
  connectionString: string;
  /** Let go; the last process to do so stops the server. Close your pools first. Safe to call twice. */
  stop(): Promise<void>;
}

/**
 * A real PostgreSQL under `dataDir`, started if it is not running and shared with every other process that opens the
 * same directory. A server that dies is started again by the processes using it, on the same port.
 *
 * Each process holds one idle connection as its claim. The server itself thus knows who is still there: the claim of a
 * killed process ends with its socket, where a file with its process id could go stale or name a stranger.
 *
 * Throws when the directory cannot be used (wrong owner, no binaries for this platform) or when the
 * server does not start, with the end of its log.
 */
export async function openEmbedded({ dataDir, log, durable = true }: EmbeddedOptions): Promise<Embedded> {
  const cluster = await prepare(dataDir, durable);
  let stopping: Promise<void> | null = null;
  let closed = false;

  const hold = async (): Promise<{ client: pg.Client; port: number; password: string }> => {
    const password = await readPassword(cluster);
    const { client, port } = await startAndAttach(cluster, password, log);
    client.on('error', () => undefined); // 'end' follows and is what we act on
    client.on('end', () => void recover());
    return { client, port, password };
  };
  const recover = async (): Promise<void> => {
    for (let attempt = 1; !closed && attempt <= 5; attempt++) {
      try {
        const back = await withProcessLock(cluster.dir, async () => {
          // A directory that was deleted is gone on purpose: never fill it again behind the user's back.
          if (closed || !existsSync(join(cluster.data, 'PG_VERSION'))) return null;
          return hold();
        });
        if (back === null) return;
        held = back;
        log(
          back.port === first.port
            ? 'database connection lost; attached again'
            : `database came back on port ${String(back.port)} instead of ${String(first.port)}: restart this process`,
        );
        return;
      } catch (error) {
        log(`database lost, attempt ${String(attempt)} to bring it back failed: ${String(error)}`);
        await sleep(attempt * 500);
      }
    }
  };

  let held = await withProcessLock(cluster.dir, async () => {
    if (!existsSync(join(cluster.data, 'PG_VERSION'))) {
      log(`creating a database in ${cluster.dir}`);
      await createCluster(cluster, USER, await createPassword(cluster));
    }
    const claim = await hold();
    await createDatabase(claim.client);
    return claim;
  });
  const first = held;

  const letGo = async (): Promise<void> => {
    closed = true;
    await withProcessLock(cluster.dir, async () => {
      const others = await countOthers(held.client).catch(() => null);
      await held.client.end().catch(() => undefined);
      // null: our claim is broken, so ask through a new one; no server, nothing to stop.
      if ((others ?? (await askAgain(held.port, held.password))) === 0) await shutDown(cluster, log);
    });
  };
  return {
    connectionString: `postgres://${USER}:${first.password}@127.0.0.1:${String(first.port)}/${DATABASE}`,
    stop: () => (stopping ??= letGo()),
  };
}

async function prepare(dataDir: string, durable: boolean): Promise<Cluster> {
  await mkdir(dataDir, { recursive: true });
  const dir = await realpath(dataDir);
  const data = join(dir, 'cluster');
  const user = await serverUser(data);
  // Enter, not list: the server's user has to pass through to its own directory below.
  if (user !== null) await chmod(dir, (await stat(dir)).mode | 0o001);
  const reachable = canReach(dir, user);
  if (!reachable && process.platform !== 'linux') {
    throw new Error(
      `PostgreSQL cannot run as root, and the user it runs as may not enter ${dir}: use another directory`,
    );
  }
  return { dir, data, binaries: await findBinaries(user), user, durable, reachable };
}

/**
 * A password rather than trust: the port is on loopback, where every local user and every container sharing the network
 * could otherwise connect as superuser. The file is readable by the user who opened the directory alone.
 */
async function createPassword({ dir }: Cluster): Promise<string> {
  const password = randomBytes(24).toString('base64url');
  const draft = join(dir, `password.${randomUUID()}`);
  await writeFile(draft, password, { mode: 0o600 });
  await rename(draft, join(dir, 'password'));
  return password;
}

async function readPassword({ dir }: Cluster): Promise<string> {
  try {
    return (await readFile(join(dir, 'password'), 'utf8')).trim();
  } catch (cause) {
    throw new Error(`Cannot read the database password in ${dir}: open it as the user who created it`, { cause });
  }
}

/** A server that is being killed looks alive for a moment and then resets the connection: look again. */
async function startAndAttach(
  cluster: Cluster,
  password: string,
  log: (message: string) => void,
): Promise<{ client: pg.Client; port: number }> {
  for (let attempt = 1; ; attempt++) {
    const port = await ensureRunning(cluster, log);
    try {
      return { client: await attach(port, password), port };
    } catch (error) {
      // Class 28: the password file does not belong to this cluster; no retry mends that.
      const refused = error instanceof pg.DatabaseError && error.code?.startsWith('28') === true;
      if (refused || attempt === 20) throw error;
      await sleep(50 * attempt);
    }
  }
}

async function attach(port: number, password: string): Promise<pg.Client> {
  const client = new pg.Client({
    host: '127.0.0.1',
    port,
    user: USER,
    password,
    database: 'postgres',
    ssl: false,
    application_name: HOLDER,
    keepAlive: true,
  });
  await client.connect();
  return client;
}

async function createDatabase(client: pg.Client): Promise<void> {
  const known = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
  if (known.rowCount === 0) await client.query(`create database ${DATABASE}`);
}

async function countOthers(client: pg.Client): Promise<number> {
  const result = await client.query<{ others: number }>(
    'select count(*)::int as others from pg_stat_activity where application_name = $1 and pid <> pg_backend_pid()',
    [HOLDER],
  );
  return result.rows[0]?.others ?? 0;
}

async function askAgain(port: number, password: string): Promise<number | null> {
  try {
    const client = await attach(port, password);
    client.on('error', () => undefined);
    const others = await countOthers(client);
    await client.end();
    return others;
  } catch {
    return null;
  }
}
