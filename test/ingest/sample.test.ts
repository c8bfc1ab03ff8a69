import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { loadMirror } from '../../ingest/fetch/mirror-manifest.ts';
import { xlsxRows } from '../../transforms/read/xlsx.ts';
import { EU_WORKBOOKS } from '../support/sample-tariff.ts';

const folder = fileURLToPath(new URL('../../snapshots/sample/', import.meta.url));

describe('the bundled sample', () => {
  it('has every file of its manifest, with the stated hash and size, marked as a sample', async () => {
    const entries = [...(await loadMirror(folder)).values()];
    expect(entries.length).toBeGreaterThan(5);
    for (const entry of entries) {
      const bytes = await readFile(entry.file);
      expect([entry.url, createHash('sha256').update(bytes).digest('hex'), bytes.length]).toEqual([
        entry.url,
        entry.sha256,
        entry.bytes,
      ]);
      expect(entry.fidelity).toBe('sample');
    }
  });

  it('has no file that no address leads to, and stays small', async () => {
    const known = new Set([...(await loadMirror(folder)).values()].map(({ file }) => file));
    const files = await readdir(folder, { recursive: true, withFileTypes: true });
    const data = files.filter((file) => file.isFile() && !['manifest.json', 'README.md'].includes(file.name));
    expect(
      data.map((file) => `${file.parentPath}/${file.name}`.replaceAll('//', '/')).filter((path) => !known.has(path)),
    ).toEqual([]);
    const sizes = await Promise.all(
      data.map(async (file) => (await readFile(`${file.parentPath}/${file.name}`)).length),
    );
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(2_000_000);
  });

  it('has the workbooks that test/support/write-sample.ts writes', async () => {
    for (const [name, rows] of Object.entries(EU_WORKBOOKS)) {
      const cells: unknown[][] = [];
      for await (const row of xlsxRows(await readFile(`${folder}eu/taric/${name}.xlsx`))) cells.push([...row.cells]);
      const width = rows[0]?.length ?? 0;
      const padded = cells.map((row) => Array.from({ length: width }, (_, index) => row[index] ?? null));
      expect([name, padded]).toEqual([name, rows]);
    }
  });
});
