import { describe, expect, test } from 'vitest';
import { ParseFailure } from '../../ingest/parse-failure.ts';
import usFees from '../../ingest/sources/us-fees.ts';
import euVat from '../../ingest/sources/eu-vat.ts';
import { strictParse } from '../../ingest/strict-parse.ts';
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
});
