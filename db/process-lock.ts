import { randomUUID } from 'node:crypto';
import { link, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const RELEASED = 'released';
const GENERATION = /^lock\.(\d+)$/;

/**
 * When the process with this id started, or null when there is none. On Linux the kernel's start tick, so that an id
 * handed out again (every container starts at 1) is not mistaken for the old process; elsewhere just 'alive'.
 * A zombie counts as gone: nobody may ever reap it in a container without an init, and it holds nothing.
 */
export async function processStart(pid: number): Promise<string | null> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (!isErrno(error, 'EPERM')) return null;
  }
  if (process.platform !== 'linux') return 'alive';
  try {
    const text = await readFile(`/proc/${String(pid)}/stat`, 'utf8');
    // The second field is the command in parentheses and may itself hold spaces and parentheses.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' || fields[0] === 'X' ? null : (fields[19] ?? 'alive');
  } catch {
    return null;
  }
}

/**
 * Run `fn` while no other process runs one under the same directory. The lock dies with its holder.
 *
 * Files lock.1, lock.2, … : the highest is the lock. Taking it over from a dead or finished holder creates the next
 * number with link(2), which one process wins; nothing a waiter may still be looking at is removed or renamed. That
 * avoids the classic race in which two waiters both find a stale lock and the second deletes the first one's new lock.
 * The directory must be local to one machine (and one process namespace): holders are recognised by process id.
 */
export async function withProcessLock<T>(dir: string, fn: () => Promise<T>): Promise<T> {
  const mine = join(dir, `claim.${randomUUID()}`);
  await writeFile(mine, `${String(process.pid)} ${(await processStart(process.pid)) ?? 'alive'}`);
  try {
    const generation = await acquire(dir, mine);
    try {
      await removeOlder(dir, generation);
      return await fn();
    } finally {
      await writeFile(`${mine}.done`, RELEASED);
      await rename(`${mine}.done`, join(dir, `lock.${String(generation)}`));
    }
  } finally {
    await rm(mine, { force: true });
  }
}

async function acquire(dir: string, mine: string): Promise<number> {
  for (;;) {
    const current = await highest(dir);
    if (current > 0 && (await isHeld(join(dir, `lock.${String(current)}`)))) {
      await sleep(50);
      continue;
    }
    const next = join(dir, `lock.${String(current + 1)}`);
    try {
      await link(mine, next);
    } catch (error) {
      if (isErrno(error, 'EEXIST')) continue;
      throw error;
    }
    // A slow waiter may recreate a number that was long passed and cleaned up; the higher one always still exists.
    if ((await highest(dir)) === current + 1) return current + 1;
    await rm(next, { force: true });
  }
}

async function isHeld(file: string): Promise<boolean> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return true; // passed on meanwhile: look again
    throw error;
  }
  if (text === RELEASED) return false;
  const [pid, start] = text.split(' ');
  return (await processStart(Number(pid))) === start;
}

async function highest(dir: string): Promise<number> {
  const numbers = (await readdir(dir)).map((name) => Number(GENERATION.exec(name)?.[1] ?? 0));
  return Math.max(0, ...numbers);
}

async function removeOlder(dir: string, generation: number): Promise<void> {
  for (const name of await readdir(dir)) {
    const number = Number(GENERATION.exec(name)?.[1] ?? Infinity);
    if (number < generation) await rm(join(dir, name), { force: true });
  }
}

/** True for a file-system or process error with this code. */
export function isErrno(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

/** True when two paths are the same file (false when either is missing or not readable). */
export async function isSameFile(a: string, b: string): Promise<boolean> {
  try {
    const [left, right] = await Promise.all([stat(a), stat(b)]);
    return left.dev === right.dev && left.ino === right.ino;
  } catch {
    return false;
  }
}
