import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** Root of the package: this file runs from bin/ in the source tree and from dist/bin/ when built. */
const PACKAGE_ROOT = rootAbove(dirname(fileURLToPath(import.meta.url)));
export const VERSION = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(join(PACKAGE_ROOT, 'package.json'), 'utf8'))).version;
export const SAMPLE_DIR = join(PACKAGE_ROOT, 'snapshots', 'sample');

function rootAbove(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder;
  const above = dirname(folder);
  if (above === folder) throw new Error('no package.json above the program');
  return rootAbove(above);
}
