import { describe, expect, it } from 'vitest';
import { programmesKnownOn } from '../../ingest/sources/us-programmes.ts';
import type { HeadingRow } from '../../transforms/stacking/programme.ts';
import { csvRows, mirrorIsHere, SHARED } from '../support/us-mirror.ts';

if (!mirrorIsHere) console.warn('skipped: the HTS editions of ../shared are not here');

/** Headings whose cell is not the law: the rate is in a note, or the declaration states a share of the printed one. */
const NOT_IN_THE_CELL = new Set([
  '9903.45.22',
  '9903.45.25',
  '9903.89.01',
  '9903.91.12',
  '9903.91.14',
  '9903.88.03',
  '9903.88.04',
  '9903.88.15',
]);

const percents = (text: string): string[] =>
  [...text.matchAll(/(\d+(?:\.\d+)?)\s?%/g)].map((match) => String(Number(match[1])));
const declared = (row: HeadingRow): string | null => {
  const rate =
    row.rate.kind === 'adds' || row.rate.kind === 'in_lieu_of_column_2'
      ? row.rate.rate
      : row.rate.kind === 'floor_total'
        ? row.rate.total
        : null;
  return rate === null ? null : String(Number((Number(rate) * 100).toFixed(6)));
};

describe.skipIf(!mirrorIsHere)('declared rates against what 44 editions print', () => {
  const printed = new Map(
    (mirrorIsHere ? csvRows(`${SHARED}/golden/us/ch99_heading_timeline.csv.gz`) : []).map((row) => [
      row['htsno'] ?? '',
      percents(row['rate_history(rev:general|special|other)'] ?? ''),
    ]),
  );
  const rows = programmesKnownOn('2026-11-20').flatMap((row) => (row.data.kind === 'heading' ? [row.data] : []));

  it('agrees on every heading that an edition of the mirror prints', () => {
    let compared = 0;
    for (const row of rows) {
      const rate = declared(row);
      const cells = printed.get(row.heading ?? '');
      if (rate === null || cells === undefined || NOT_IN_THE_CELL.has(row.heading ?? '')) continue;
      expect(cells, `${row.heading} declared ${rate} %`).toContain(rate);
      compared += 1;
    }
    expect(compared).toBeGreaterThan(200);
  });

  it('declares every 9903.01, 9903.02 and 9903.03 heading that prints a rate', () => {
    // 9903.02.30 was taken back whole by the Japanese floor: declared as of 2025-09-15, absent since.
    const before = programmesKnownOn('2025-09-15').map((row) =>
      row.data.kind === 'heading' ? row.data.heading : null,
    );
    const headings = new Set([...rows.map((row) => row.heading), ...before]);
    const owed = [...printed]
      .filter(([heading, cells]) => /^9903\.0[123]\./.test(heading) && cells.length > 0)
      .map(([heading]) => heading);
    expect(owed.filter((heading) => !headings.has(heading))).toEqual([]);
  });

  it('agrees with the published rates of the sixty economies', () => {
    const rates = csvRows(`${SHARED}/mirror/us/lists/s301fl_country_rates.csv`).filter((row) => row['kind'] !== 'none');
    for (const expected of rates) {
      const row = rows.find((one) => one.heading === expected['heading']);
      expect([expected['heading'], row ? declared(row) : null]).toEqual([
        expected['heading'],
        String(Number(expected['rate'])),
      ]);
      if (expected['iso2'] !== 'EU') expect(row?.area.countries).toEqual([expected['iso2']]);
    }
    expect(rates.length).toBe(60);
  });
});
