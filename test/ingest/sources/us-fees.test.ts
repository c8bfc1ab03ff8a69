import { describe, expect, test } from 'vitest';
import source from '../../../ingest/sources/us-fees.ts';
import type { Issue } from '../../../ingest/source.ts';
import { tariffRecord } from '../../../transforms/records.ts';
import { editionFiles } from '../../support/edition-files.ts';
import { collect, contextFor, edition } from '../../support/source-run.ts';

const HEADER = 'fee_code,rate_pct,min_usd,max_usd,flat_usd,effective_from,effective_to,source,verified';

async function load(...lines: string[]) {
  const issues: Issue[] = [];
  const rows = source.parse(editionFiles({ fees: Buffer.from([HEADER, ...lines].join('\n')) }), edition('x'));
  const records = await collect(source.normalise(rows, contextFor('x', issues)));
  return {
    records: records.map((r) => tariffRecord.parse(r)),
    issues: issues.map(({ severity, code }) => [severity, code]),
  };
}

describe('us.fees', () => {
  test('a percentage becomes a fraction, an inclusive end an exclusive one', async () => {
    const { records, issues } = await load(
      'mpf_formal,0.3464,33.58,651.50,,2025-10-01,2026-09-30,a notice,notice text',
    );
    expect(records).toMatchObject([
      {
        natural_key: 'mpf_formal:2025-10-01',
        subject: 'mpf_formal',
        data: { rate: '0.003464', minimum: '33.58', maximum: '651.50', flat: null, modes: null },
        valid_from: '2025-10-01',
        valid_to: '2026-10-01',
      },
    ]);
    expect(issues).toEqual([]);
  });

  test('an amount off the statute and its inflation factor is an error', async () => {
    const { issues } = await load('mpf_formal,0.3464,35.58,670.86,,2026-10-01,,a notice,notice text');
    expect(issues).toEqual([['error', 'off-statute']]);
  });

  test('a figure that nobody read in a notice says so; a row without any figure is no fee', async () => {
    const { records, issues } = await load(
      'mpf_manual_surcharge,,,,4.15,2026-10-01,,computed 3.00*1.38322,"computed, unverified"',
      'hmf,,,,,1991-01-01,,19 CFR 24.24,notice text',
    );
    expect(records.map((r) => r.natural_key)).toEqual(['mpf_manual_surcharge:2026-10-01']);
    expect(issues).toEqual([
      ['info', 'unverified-fee'],
      ['error', 'bad-fee'],
    ]);
  });
});
