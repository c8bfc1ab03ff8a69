import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { processStart, withProcessLock } from '../../db/process-lock.ts';

const script = fileURLToPath(new URL('../support/lock-child.ts', import.meta.url));

test('processes that fight over the lock, two of them killed while they hold it, never hold it together', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'tariff-lock-'));
  await writeFile(join(dir, 'count'), '0');
  const run = async (...args: string[]): Promise<unknown[]> =>
    once(spawn(process.execPath, ['--import', 'tsx', script, dir, ...args], { stdio: 'inherit' }), 'exit');
  const ends = await Promise.all([run('60'), run('60'), run('60'), run('60', '10'), run('60', '10')]);
  expect(ends).toEqual([...Array<unknown>(3).fill([0, null]), ...Array<unknown>(2).fill([null, 'SIGKILL'])]);
  expect(await readFile(join(dir, 'count'), 'utf8')).toBe('200');
  await rm(dir, { recursive: true });
});

test('within one process it is exclusive too, and an error releases it', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'tariff-lock-'));
  let inside = 0;
  const attempts = Array.from({ length: 8 }, (_, index) =>
    withProcessLock(dir, async () => {
      expect(++inside).toBe(1);
      await new Promise((resolve) => setTimeout(resolve, 2));
      inside--;
      if (index % 2 === 0) throw new Error('inside');
      return index;
    }),
  );
  const results = await Promise.allSettled(attempts);
  expect(results.map(({ status }) => status)).toEqual(attempts.map((_, i) => (i % 2 === 0 ? 'rejected' : 'fulfilled')));
  await rm(dir, { recursive: true });
});

test('a process that ended is gone', async () => {
  const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)']);
  await once(child, 'spawn');
  expect(await processStart(child.pid ?? 0)).not.toBeNull();
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(await processStart(child.pid ?? 0)).toBeNull();
});
