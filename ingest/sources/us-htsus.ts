import { parseChangeRecord } from '../../transforms/us/change-record.ts';
import { isStyled, plainText } from '../../transforms/html-text.ts';
import { pdfText } from '../../transforms/read/pdf-text.ts';
import { htsUnits } from '../../transforms/units.ts';
import { htsTree } from '../../transforms/us/hts-tree.ts';
import { ParseFailure, publishersFault } from '../parse-failure.ts';
import { defineSource, type NormaliseContext } from '../source.ts';
import { strictParse } from '../strict-parse.ts';
import { EXPORT_KEYS, exportRow, type ExportRow, isPlainRow } from './us-htsus/export-row.ts';
import { lineRecord } from './us-htsus/line.ts';
import { rateMeasures } from './us-htsus/rates.ts';
import { editionsOf, EFFECTIVE_OVERRIDES, RELEASE_LIST_URL } from './us-htsus/releases.ts';

/** The US tariff: every revision of the Harmonized Tariff Schedule as USITC exports it, chapters 1 to 99. */
export const usHtsus = defineSource<ExportRow>({
  id: 'us.htsus',
  jurisdiction: 'US',
  title: 'Harmonized Tariff Schedule of the United States',
  publisher: { name: 'U.S. International Trade Commission', acronym: 'USITC', url: 'https://hts.usitc.gov' },
  licence: { name: 'US Government work, public domain', attribution: 'USITC' },
  records: ['goods_nomenclature', 'measure'],
  validity: 'from-release',
  cadence: { cron: '17 6 * * *', timezone: 'America/New_York', staleAfter: 'P21D' },
  http: { minDelayMs: 500, userAgent: 'browser' },
  covers: { families: ['general', 'special', 'column-2', 'chapter-98'] },

  async *discover({ fetch, issue }) {
    const list = await fetch.get(RELEASE_LIST_URL, { expect: 'json' });
    if (list.outcome === 'ok') yield* editionsOf(list.body.toString('utf8'), issue);
  },

  async describe(files, edition, context) {
    const override = EFFECTIVE_OVERRIDES[edition.label];
    if (override) return { effectiveDate: override.date, effectiveBasis: override.basis };
    if (!files.has('change-record')) return {};
    const pages = await pdfText(await files.read('change-record'), { firstPages: 1 }).catch((error: unknown) => {
      throw publishersFault('change-record', error);
    });
    const record = parseChangeRecord(pages);
    if (record.release !== null && record.release !== edition.label) {
      context.issue({
        severity: 'warning',
        code: 'change-record-of-another-edition',
        message: `the change record filed under ${edition.label} says it is of ${record.release}`,
      });
    }
    if (record.effectiveDate === null) return {};
    return { effectiveDate: record.effectiveDate, effectiveBasis: `change record of ${edition.label}` };
  },

  /** Revisions that change notes only (2025 Revisions 13, 19, 22): their change record names no tariff number. */
  async statesNoChange(files, edition) {
    if (!files.has('change-record')) return false;
    const record = parseChangeRecord(await pdfText(await files.read('change-record')));
    return record.release === edition.label && record.items.length === 0 && record.issues.length === 0;
  },

  parse: strictParse<ExportRow>('schedule', async function* (files) {
    const rows: unknown = JSON.parse((await files.read('schedule')).toString('utf8'));
    if (!Array.isArray(rows)) throw new ParseFailure('schedule', 'a JSON array of rows is expected');
    for (const [index, row] of rows.entries()) yield checkedRow(row, index + 1);
  }),

  async *normalise(stream, context) {
    const rows: ExportRow[] = [];
    for await (const row of stream) rows.push(row);
    const tree = htsTree(
      rows.map((row) => ({
        digits: digitsOf(row),
        indent: Number(row.indent),
        description: plainText(row.description),
      })),
    );
    noteExport(rows, context);
    for (const [index, row] of rows.entries()) {
      const place = tree[index];
      if (!place) continue;
      for (const unit of row.units.map(plainText)) {
        if (htsUnits(unit) === null) {
          context.issue({
            severity: 'warning',
            code: 'unknown-unit',
            message: `unit '${unit}' is not in the unit table`,
            place: { code: place.code },
          });
        }
      }
      yield lineRecord(row, place);
      if (place.code === null) continue;
      yield* rateMeasures(row, place.code, (message) => {
        context.issue({ severity: 'info', code: 'special-cell', message, place: { code: place.code } });
      });
    }
  },

  expect: {
    min: { goods_nomenclature: 33_000, 'measure.mfn': 12_500, 'measure.column-2': 11_000, 'measure.preference': 6_500 },
    max: { goods_nomenclature: 45_000, 'measure.mfn': 20_000 },
    known: { 'measure.measure_type': ['mfn', 'column-2', 'preference'] },
    // The largest real change, 2026HTSBasic, removed 451 lines (1.3 %); renumbered chapters are what these bounds are for.
    removedShare: 0.05,
    modifiedShare: 0.1,
    // The largest real change, 2026HTSBasic, changed 207 general rates (1.6 %).
    modifiedShareOf: { 'measure.mfn': 0.05, 'measure.column-2': 0.05 },
    golden: [
      { kind: 'measure', natural_key: '01012100/mfn', has: { duty_expression: 'Free' } },
      { kind: 'measure', natural_key: '0805900100/column-2', has: { duty_expression: '35%' } },
    ],
  },
});

function checkedRow(row: unknown, number: number): ExportRow {
  if (typeof row !== 'object' || row === null)
    throw new ParseFailure('schedule', 'a row is not an object', { row: number, excerpt: row });
  for (const key of EXPORT_KEYS) {
    if (!(key in row))
      throw new ParseFailure('schedule', `field '${key}' is missing; fields are ${Object.keys(row).join(', ')}`, {
        row: number,
      });
  }
  const keys = Object.keys(row);
  const strange = keys.length === EXPORT_KEYS.length ? undefined : keys.find((key) => !EXPORT_KEYS.includes(key));
  if (strange !== undefined) throw new ParseFailure('schedule', `unknown field '${strange}'`, { row: number });
  if (isPlainRow(row as Record<string, unknown>)) return row as ExportRow;
  const parsed = exportRow.safeParse(row);
  // The row itself: the schema changes nothing, and a copy of every row would double what an edition needs in memory.
  if (parsed.success) return row as ExportRow;
  const [problem] = parsed.error.issues;
  throw new ParseFailure('schedule', `field '${problem?.path.join('.') ?? ''}': ${problem?.message ?? 'invalid'}`, {
    row: number,
    excerpt: row,
  });
}

function digitsOf(row: ExportRow): string {
  return row.htsno.replace(/\D/g, '');
}

/** What is odd about the export as a whole: markup, and a first heading that was cut off. */
function noteExport(rows: readonly ExportRow[], context: NormaliseContext): void {
  const styled = rows.filter(
    (row) => isStyled(row.description) || isStyled(row.general) || isStyled(row.other) || row.units.some(isStyled),
  ).length;
  if (styled > 0)
    context.issue({
      severity: 'info',
      code: 'styled-export',
      message: `${styled} rows carry HTML markup; compared and stored as plain text`,
    });
  const [first] = rows;
  if (first && Number(first.indent) > 0) {
    const heading =
      rows
        .map(digitsOf)
        .find((digits) => digits !== '')
        ?.slice(0, 4) ?? '';
    context.issue({
      severity: 'warning',
      code: 'row-missing',
      message: `the export begins below heading ${heading} (exported from its first subheading): row ${heading} is missing and keeps what the release before said`,
      place: { code: heading },
    });
    context.silentAbout('goods_nomenclature', heading);
    context.silentAbout('measure', heading);
  }
}
