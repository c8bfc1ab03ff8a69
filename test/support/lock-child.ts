// Takes the process lock many times and counts in a file that would lose counts if two processes were inside at once.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withProcessLock } from '../../db/process-lock.ts';

const [, , dir = '', rounds = '0', dieAfter = 'never'] = process.argv;
const file = join(dir, 'count');
for (let round = 1; round <= Number(rounds); round++) {
  await withProcessLock(dir, async () => {
    const count = Number(await readFile(file, 'utf8'));
    await new Promise((resolve) => setTimeout(resolve, 1));
    await writeFile(file, String(count + 1));
    if (String(round) === dieAfter) process.kill(process.pid, 'SIGKILL');
  });
}
