import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EU_WORKBOOKS } from './sample-tariff.ts';
import { workbookOf, zipOf } from './workbook.ts';

/**
 * Writes the files of the bundled sample that are not text (the European workbooks, the ECB's zip) and brings sha256 and bytes of every
 * manifest entry up to date: `npx tsx test/support/write-sample.ts`. The text files of the sample are edited by hand.
 */

/** Reference rates of the European Central Bank: the penultimate Wednesdays of two months, which count for the months after. */
const ECB_DAYS = [
  'Date,USD,JPY,GBP,NOK,CHF,CNY,',
  '2023-04-19,1.0933,147.24,0.88108,11.5335,0.9828,7.5406,',
  '2023-03-22,1.0785,143.13,0.87925,11.332,0.996,7.4238,',
  '',
].join('\n');

const SAMPLE = fileURLToPath(new URL('../../snapshots/sample/', import.meta.url));

for (const [name, rows] of Object.entries(EU_WORKBOOKS)) {
  writeFileSync(join(SAMPLE, 'eu/taric', `${name}.xlsx`), workbookOf(rows, { shared: true }));
}
writeFileSync(join(SAMPLE, 'fx/eurofxref-hist.zip'), zipOf({ 'eurofxref-hist.csv': ECB_DAYS }));

for (const path of readdirSync(SAMPLE, { recursive: true, encoding: 'utf8' })) {
  if (!path.endsWith('manifest.json')) continue;
  const manifest = join(SAMPLE, path);
  const entries = JSON.parse(readFileSync(manifest, 'utf8')) as { file: string }[];
  const stated = entries.map((entry) => {
    const bytes = readFileSync(join(dirname(manifest), entry.file));
    return { ...entry, sha256: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.length };
  });
  writeFileSync(manifest, `${JSON.stringify(stated, null, 1)}\n`);
}
