import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ParseFailure } from '../../ingest/parse-failure.ts';
import usFees from '../../ingest/sources/us-fees.ts';
import euVat from '../../ingest/sources/eu-vat.ts';
import { strictParse } from '../../ingest/strict-parse.ts';
import { SnapshotUnreadable } from '../../snapshots/errors.ts';
import { openStore } from '../../snapshots/store.ts';
import { editionFiles } from '../support/edition-files.ts';
import { collect, edition } from '../support/source-run.ts';

describe('strictParse', () => {
  test('a renamed column and a malformed answer quarantine the edition', async () => {
    const renamed = editionFiles({ fees: Buffer.from('fee,rate\nmpf_formal,0.3464\n') });
    await expect(collect(usFees.parse(renamed, edition('x')))).rejects.toBeInstanceOf(ParseFailure);
    const cut = editionFiles({ tedb: Buffer.from('{"vatRateResults": [{"memberState"') });
    await expect(collect(euVat.parse(cut, edition('x')))).rejects.toBeInstanceOf(ParseFailure);
  });

  test('a fault of ours stays one', async () => {
    const broken = strictParse<string>('x', () => {
      throw new TypeError('ours');
    });
    await expect(collect(broken(editionFiles({}), edition('x')))).rejects.toBeInstanceOf(TypeError);
  });

  test('a kept file that our store cannot give back is not held against the publisher, nor is a disk that fails', async () => {
    const store = await openStore(await mkdtemp(join(tmpdir(), 'strict-parse-')));
    const missing = strictParse<string>('x', async function* () {
      yield (await store.read('0'.repeat(64))).toString();
    });
    await expect(collect(missing(editionFiles({}), edition('x')))).rejects.toBeInstanceOf(SnapshotUnreadable);
    const unreadable = strictParse<string>('x', async function* () {
      yield (await readFile(tmpdir())).toString();
    });
    await expect(collect(unreadable(editionFiles({}), edition('x')))).rejects.toMatchObject({ code: 'EISDIR' });
  });
});
