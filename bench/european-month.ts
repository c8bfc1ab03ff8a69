import { readFileSync } from 'node:fs';
import { euTaric } from '../ingest/sources/eu-taric.ts';
import { editionFiles } from '../test/support/edition-files.ts';
import { DUTY_HEADER, dutyRow, euMonth } from '../test/support/eu-month.ts';
import { contextFor, edition } from '../test/support/source-run.ts';
import { workbookOf } from '../test/support/workbook.ts';

/**
 * A month of the European tariff at the size the Commission publishes: 140,000 duties, 29,000 exclusions, 29,000 conditions,
 * 120,000 footnotes and 25,700 lines, read and normalised (no database). Prints seconds and the peak of the resident set.
 * Limits: 90 s, 1.5 GB. Run with: node --import tsx bench/european-month.ts
 */
const DUTIES = 140_000;

function month(): Record<string, Buffer> {
  const code = (index: number) => String(100_000_000 + (index % 25_000) * 37).padStart(10, '0');
  const start = (index: number) =>
    `${String((index % 28) + 1).padStart(2, '0')}-01-${2000 + (Math.floor(index / 25_000) % 25)}`;
  const duties = Array.from({ length: DUTIES }, (_, index) =>
    dutyRow({
      goods: code(index),
      duty: index % 3 === 0 ? '12.800 % + 176.800 EUR DTN' : '6.500 % Cond:  B cert: C-074 (27):; B (08):',
      start: index % 25 === 0 ? { date: 36_526 + (index % 9_000) } : start(index),
      type: index % 3 === 0 ? '103' : '142',
      origin: index % 3 === 0 ? '1011' : String(2000 + (index % 60)),
      additional: String(1000 + Math.floor(index / 1000)),
    }),
  );
  const key = (index: number) => {
    const row = duties[index] ?? [];
    return { head: row.slice(0, 5), origin: row[10] ?? null, type: row[11] ?? null };
  };
  const base = ['Goods code', 'Add code', 'Order No.', 'Start date', 'End date'];
  const exclusions = Array.from({ length: 29_000 }, (_, index) => {
    const { head, origin, type } = key(index * 4);
    return [...head, 'ERGA OMNES', 'Third country duty', 'Belarus', origin, type, 'BY'];
  });
  const footnotes = Array.from({ length: 120_000 }, (_, index) => {
    const { head, origin, type } = key(index);
    return [...head, 'ERGA OMNES', 'Third country duty', `CD${String(index % 900).padStart(3, '0')}`, origin, type];
  });
  const lines = Array.from({ length: 25_700 }, (_, index) => [
    `${code(index)} 80`,
    '01-01-2012',
    null,
    'EN',
    10,
    '- - ',
    `Goods of line ${index}, not elsewhere specified or included`,
    '01-01-2012',
  ]);
  const small = euMonth();
  return {
    ...small,
    'duties-import': workbookOf([DUTY_HEADER, ...duties], { shared: true }),
    'measure-exclusions': workbookOf(
      [
        [
          ...base,
          'Origin',
          'Measure type',
          'Excluded country code',
          'Origin code',
          'Meas. type code',
          'Excluded country',
        ],
        ...exclusions,
      ],
      { shared: true },
    ),
    'measure-footnotes': workbookOf(
      [[...base, 'Origin', 'Measure type', 'Footnote', 'Origin code', 'Meas. type code'], ...footnotes],
      {
        shared: true,
      },
    ),
    nomenclature: workbookOf([
      ['Goods code', 'Start date', 'End date', 'Language', 'Hier. Pos.', 'Indent', 'Description', 'Descr. start date'],
      ...lines,
    ]),
  };
}

/** Peak resident set of this process, MB, as the kernel counts it. */
function peakMegabytes(): number {
  const [, kilobytes] = /VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  return Math.round(Number(kilobytes) / 1024);
}

const files = editionFiles(month());
const before = peakMegabytes();
const started = performance.now();
let records = 0;
for await (const record of euTaric.normalise(euTaric.parse(files, edition('2026-06')), contextFor('2026-06'))) {
  if (record.kind !== 'deletion') records += 1;
}
const seconds = ((performance.now() - started) / 1000).toFixed(1);
process.stdout.write(
  `${records} records in ${seconds} s; peak ${peakMegabytes()} MB (${before} MB for making the workbooks)\n`,
);
