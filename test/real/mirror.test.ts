import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openMirror } from '../../ingest/fetch/mirror.ts';
import type { Expected } from '../../ingest/fetch/sniff.ts';

const dir = resolve(import.meta.dirname, '../../../shared/mirror');
if (!existsSync(dir)) console.warn(`skipped: no mirror of official data at ${dir}`);

const EXPECTED: readonly [string, Expected][] = [
  ['application/json', 'json'],
  ['text/csv', 'csv'],
  ['application/xml', 'xml'],
  ['text/xml', 'xml'],
  ['application/pdf', 'pdf'],
  ['application/zip', 'zip'],
  ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'xlsx'],
  ['text/html', 'html'],
  ['text/plain', 'text'],
];

describe.skipIf(!existsSync(dir))('the mirror of official data', () => {
  it(
    'every entry is the stored file it says, readable, and passes the content check of its type',
    { timeout: 120_000 },
    async () => {
      const mirror = await openMirror(dir);
      const entries = mirror.entries();
      expect(entries.length).toBeGreaterThan(400);
      expect(new Set(entries.map(({ file }) => /\/mirror\/([^/]+)\//.exec(file)?.[1])).size).toBeGreaterThan(5);
      const faults: string[] = [];
      for (const entry of entries) {
        const stored = createHash('sha256').update(readFileSync(entry.file)).digest('hex');
        if (stored !== entry.sha256) faults.push(`${entry.url}: stored file has ${stored}`);
        const expected = EXPECTED.find(([type]) => entry.mediaType.startsWith(type))?.[1];
        if (expected === undefined) faults.push(`${entry.url}: unknown type ${entry.mediaType}`);
        else await mirror.get(entry.url, { expect: expected }).catch((error: unknown) => faults.push(String(error)));
      }
      expect(faults).toEqual([]);
    },
  );

  it('an HTS file name with its space in either spelling, and its text rendition apart', async () => {
    const mirror = await openMirror(dir);
    const address = 'https://hts.usitc.gov/reststop/file?release=2026HTSRev6&filename=Chapter';
    const [percent, plus, text] = await Promise.all([
      mirror.get(`${address}%2099`, { expect: 'pdf' }),
      mirror.get(`${address}+99`, { expect: 'pdf' }),
      mirror.get(`${address}%2099#text`, { expect: 'text' }),
    ]);
    expect(plus).toEqual(percent);
    expect(text).toMatchObject({ mediaType: expect.stringContaining('text/plain') });
  });

  it('one folder alone is a mirror too', async () => {
    const us = await openMirror(resolve(dir, 'us'));
    expect(us.entries('mirror:us/').length).toBeGreaterThan(0);
    expect(us.entries('mirror:eu/')).toEqual([]);
    await expect(us.get('https://www.trade-tariff.service.gov.uk/uk/api/sections')).rejects.toMatchObject({
      code: 'fetch_not_mirrored',
    });
  });
});
