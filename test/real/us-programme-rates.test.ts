import { describe, expect, it } from 'vitest';
import { programmesKnownOn } from '../../ingest/sources/us-programmes.ts';
import { PHASE_1, PHASE_2 } from '../../ingest/sources/us-programmes/reciprocal-rates.ts';
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

  it('names for every reciprocal country heading the countries that its description names', () => {
    const descriptions = new Map(
      csvRows(`${SHARED}/golden/us/ch99_heading_timeline.csv.gz`).map((row) => [
        row['htsno'] ?? '',
        (row['last_description'] ?? '').replaceAll(/[`’]/g, "'"),
      ]),
    );
    const names = new Intl.DisplayNames('en', { type: 'region' });
    const SAID: Readonly<Record<string, string>> = {
      CD: 'Democratic Republic of the Congo',
      TR: 'Turkey',
      EU: 'European Union',
    };
    const headings: [string, string[]][] = [
      ...PHASE_1.map(([heading, , countries]): [string, string[]] => [heading, countries]),
      ...PHASE_2.map(([heading, , country]): [string, string[]] => [heading, [country]]),
    ];
    for (const [heading, countries] of headings)
      for (const country of countries) {
        const name = SAID[country] ?? names.of(country)?.replace('&', 'and').replaceAll('’', "'") ?? '';
        expect(descriptions.get(heading), `${heading} ${country}`).toContain(name);
      }
    expect(headings.length).toBe(101);
  });

  it('adds to column 2 where the cell of column 2 prints a rate, and only there', () => {
    const cells = new Map(
      csvRows(`${SHARED}/golden/us/ch99_heading_timeline.csv.gz`).map((row) => [
        row['htsno'] ?? '',
        (row['rate_history(rev:general|special|other)'] ?? '').split(' ;; ').at(-1)?.split('|').at(2) ?? '',
      ]),
    );
    let compared = 0;
    for (const row of rows) {
      const cell = cells.get(row.heading ?? '');
      if (cell === undefined) continue;
      expect([row.heading, row.columns.two]).toEqual([row.heading, cell.includes('%')]);
      compared += 1;
    }
    expect(compared).toBeGreaterThan(200);
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
