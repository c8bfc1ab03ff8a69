import { xlsxCreated } from '../../transforms/read/xlsx.ts';
import { EUROPEAN_FAMILIES, withFamilyCheck } from '../measure-families.ts';
import { defineSource } from '../source.ts';
import { strictNormalise } from '../strict-normalise.ts';
import { strictParse } from '../strict-parse.ts';
import { listMonths, monthEdition } from './eu-taric/folders.ts';
import { compareListings, measureDetails, measureRecords } from './eu-taric/measures.ts';
import { nomenclatureRecords } from './eu-taric/nomenclature.ts';
import { descriptionRecords, legalBaseRecords, measureTypeRecords, membershipRecords } from './eu-taric/reference.ts';
import { PARTS, requiredText, sheetRecords, textOf, type Part, type SheetRecord } from './eu-taric/workbooks.ts';

/**
 * The tariff of the European Union as DG TAXUD puts it on CIRCABC every month: some dozen workbooks in a folder
 * (https://circabc.europa.eu/ui/group/0e5f18c2-4b2f-42e9-aed4-dfe50ae1263b). A month stands for the law on its first day.
 */

/** How far back months are listed: each costs a request. */
const MONTHS_LISTED = 24;

export const euTaric = defineSource<SheetRecord>({
  id: 'eu.taric',
  jurisdiction: 'EU',
  title: 'TARIC: goods nomenclature and measures of the European Union (monthly workbooks)',
  publisher: {
    name: 'European Commission, Directorate-General for Taxation and Customs Union',
    acronym: 'DG TAXUD',
    url: 'https://taxation-customs.ec.europa.eu',
  },
  licence: { name: 'Commission Decision 2011/833/EU', attribution: '© European Union' },
  records: ['goods_nomenclature', 'measure', 'reference'],
  validity: 'extract',
  cadence: { cron: '35 5 * * *', timezone: 'Europe/Brussels', staleAfter: 'P45D', regular: true },
  http: { minDelayMs: 1_000, userAgent: 'plain', maxBytes: 128 * 1024 ** 2 },
  covers: {
    families: EUROPEAN_FAMILIES,
    partial: { quota: 'Order numbers only: balances are in eu.quotas.' },
  },

  async *discover(context) {
    // Published months are listed as well: which to take is the run's decision, and an older one may have been reposted.
    const newest = context.known[0]?.label ?? '9999';
    const months = await listMonths(context.fetch);
    const wanted = months.filter(({ label }, index) => index >= months.length - MONTHS_LISTED || label >= newest);
    for (const month of wanted) {
      const found = await monthEdition(context.fetch, month);
      if ('edition' in found) yield found.edition;
      else {
        const message = `unfinished month ${month.label}: ${found.listed} files, still without ${found.missing.join(', ')}`;
        context.issue?.({ severity: 'info', code: 'unfinished-month', message, place: { edition: month.label } });
      }
    }
  },

  /** A month's folder may hold the nomenclature of an earlier month (2026-05 and 2026-06: that of April). */
  async describe(files, { effectiveDate }) {
    const exported = await xlsxCreated(await files.read('nomenclature'));
    const older = exported !== null && effectiveDate !== null && exported < effectiveDate;
    return older ? { familiesAsOf: { nomenclature: exported } } : {};
  },

  parse: strictParse<SheetRecord>('workbooks', async function* (files) {
    for (const part of PARTS) {
      if (files.has(part)) yield* sheetRecords(part, await files.read(part));
    }
  }),

  normalise: strictNormalise<SheetRecord>('workbooks', async function* (rows, context) {
    // What belongs together arrives in different workbooks: 200,000 rows are held, some 100 MB, until all are there.
    const parts = new Map<Part, SheetRecord[]>(PARTS.map((part) => [part, []]));
    for await (const record of rows) parts.get(record.part)?.push(record);
    const take = (part: Part) => parts.get(part) ?? [];

    yield* nomenclatureRecords(take('nomenclature'), context);
    yield* membershipRecords(take('area-composition'));
    yield* descriptionRecords('geographical-area-name', 'Or./Dest.', take('area-descriptions'));
    yield* descriptionRecords('additional-code', 'Add code', take('additional-codes'));
    yield* descriptionRecords('footnote', 'Footnote', take('footnotes'));
    yield* descriptionRecords('certificate', 'Certificate code', take('certificates'));
    yield* legalBaseRecords(take('legal-bases'));

    const duties = take('duties-import');
    const names = new Map(
      take('area-descriptions').map((record) => [
        textOf(record, 'Description') ?? '',
        requiredText(record, 'Or./Dest.'),
      ]),
    );
    const details = measureDetails(
      {
        exclusions: take('measure-exclusions'),
        conditions: take('measure-conditions'),
        footnotes: take('measure-footnotes'),
      },
      (name) => names.get(name),
      context,
    );
    yield* measureTypeRecords(duties, context);
    yield* withFamilyCheck(measureRecords(duties, details, context), context);

    const second = take('taric-measures');
    if (second.length > 0) {
      const { alike, others } = compareListings(duties, second);
      context.issue({
        severity: others.length > 0 ? 'warning' : 'info',
        code: 'second-listing',
        message: `of ${second.length} rows of the second listing of measures ${alike} are in the duties, ${others.length} are not${others.length > 0 ? `, first: ${others[0] ?? ''}` : ''}; it is not loaded`,
        place: { alike, others: others.length },
      });
    }
  }),

  expect: {
    min: {
      goods_nomenclature: 24_000,
      'measure.103': 7_500,
      'measure.112': 1_000,
      'reference.geographical-area': 2_000,
      'reference.geographical-area-name': 250,
    },
    max: { goods_nomenclature: 32_000, measure: 250_000 },
    // All suspensions are renewed at the turn of the year: one row gone and one row new each, a fifth of a small set.
    removedShare: 0.25,
    modifiedShare: 0.25,
    known: {
      'goods_nomenclature.productline_suffix': ['10', '20', '30', '40', '50', '60', '70', '80'],
      'measure.measure_type': knownMeasureTypes(),
    },
    golden: [
      {
        natural_key: '0101210000-80',
        kind: 'goods_nomenclature',
        has: { code: '010121', parent_key: '0101210000-10', declarable: true },
      },
      {
        natural_key: '0100000000-80',
        kind: 'goods_nomenclature',
        has: { code: '01', parent_key: null, depth: 0 },
      },
    ],
  },
});

/** Three digits, the first 1 to 7: what TARIC numbers. A new number is no reason to hold a month back, a letter type is. */
function knownMeasureTypes(): string[] {
  return Array.from({ length: 700 }, (_, index) => String(index + 100));
}
