import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { usHtsus } from '../../ingest/sources/us-htsus.ts';
import { diffRecords } from '../../transforms/edition-diff.ts';
import { csvRecords } from '../../transforms/read/csv.ts';
import type { TariffRecord } from '../../transforms/records.ts';
import { editionFiles } from '../support/edition-files.ts';
import { sharedFile } from '../support/edition-load.ts';
import { collect, contextFor, edition } from '../support/source-run.ts';

const here = existsSync(new URL('../../../shared/golden/us/diff_counts.csv', import.meta.url));
const COLUMN: Readonly<Record<string, string>> = { mfn: 'general', preference: 'special', 'column-2': 'other' };

/**
 * Where our count of changed footnotes is another one, row by row in docs/diff-counts.md: a footnote's type (endnote or footnote) is not
 * kept, its marker is.
 */
const FOOTNOTES: Readonly<Record<string, { counted: string; ours: number }>> = {
  '2025_rev_24 2025_rev_25': { counted: '15', ours: 2 },
  '2026_rev_7 2026_rev_8': { counted: '0', ours: 1 },
};

async function recordsOf(name: string): Promise<TariffRecord[]> {
  const files = editionFiles({ schedule: sharedFile(`mirror/us/hts/hts_${name}.json.gz`) });
  const of = edition(name);
  const records = await collect(usHtsus.normalise(usHtsus.parse(files, of), contextFor(of)));
  return records.flatMap((record) => (record.kind === 'deletion' ? [] : [record]));
}

describe.skipIf(!here)('differences between the 44 editions of the mirror (needs ../shared)', () => {
  it('agree with counts made outside, pair by pair, and with every changed rate', { timeout: 400_000 }, async () => {
    const pairs = csvRecords(sharedFile('golden/us/diff_counts.csv'), [
      'from',
      'to',
      'added',
      'removed',
      'rate_changed_norm',
    ]);
    expect(pairs).toHaveLength(43);
    const counted: unknown[] = [];
    const ours: unknown[] = [];
    const rates: string[] = [];
    let last: { name: string; records: TariffRecord[] } | null = null;
    for (const pair of pairs) {
      const [from, to] = [pair['from'] ?? '', pair['to'] ?? ''];
      const before: TariffRecord[] = last?.name === from ? last.records : await recordsOf(from);
      const after = await recordsOf(to);
      last = { name: to, records: after };
      const { summary, rate_changes: changes } = diffRecords(before, after);
      const footnotes = FOOTNOTES[`${from} ${to}`];
      counted.push([
        from,
        to,
        ...[
          'hts_from',
          'hts_to',
          'added',
          'removed',
          'rate_changed_norm',
          'desc_changed_norm',
          'units_changed_norm',
          'footnotes_changed_norm',
        ].map((name) => Number(pair[name])),
      ]);
      if (footnotes) {
        expect(pair['footnotes_changed_norm']).toBe(footnotes.counted);
        expect(summary.footnotes_changed).toBe(footnotes.ours);
      }
      ours.push([
        from,
        to,
        summary.lines_before,
        summary.lines_after,
        summary.lines_added,
        summary.lines_removed,
        summary.rates_changed,
        summary.descriptions_changed,
        summary.units_changed,
        footnotes ? Number(footnotes.counted) : summary.footnotes_changed,
      ]);
      rates.push(
        ...changes.map((change) =>
          [from, to, change.code, COLUMN[change.column], change.before ?? '', change.after ?? ''].join('|'),
        ),
      );
    }
    expect(ours).toEqual(counted);
    const known = csvRecords(sharedFile('golden/us/diff_rate_changes_normalised.csv'), [
      'from',
      'to',
      'htsno',
      'column',
      'old',
      'new',
    ]);
    const changed = known.map((row) =>
      [
        row['from'],
        row['to'],
        (row['htsno'] ?? '').replaceAll('.', ''),
        row['column'],
        row['old'] ?? '',
        row['new'] ?? '',
      ].join('|'),
    );
    expect(changed).toHaveLength(252);
    expect(rates.sort()).toEqual(changed.sort());
  });
});
