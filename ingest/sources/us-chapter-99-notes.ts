import type { ReferenceRecord } from '../../transforms/records.ts';
import { pdfText } from '../../transforms/read/pdf-text.ts';
import {
  parseChapter99Notes,
  type NoteIssue,
  type NoteNumber,
  type NoteSubdivision,
} from '../../transforms/us/chapter-99-notes.ts';
import { parseChangeRecord } from '../../transforms/us/change-record.ts';
import { bytesAt } from '../file-edition.ts';
import { ParseFailure } from '../parse-failure.ts';
import { defineSource } from '../source.ts';
import { strictParse } from '../strict-parse.ts';
import { editionsOf, RELEASE_LIST_URL } from './us-htsus/releases.ts';

type Row = { of: 'subdivision'; subdivision: NoteSubdivision } | { of: 'issue'; issue: NoteIssue };

/**
 * The U.S. notes of chapter 99, subchapter III: the only place where the goods of most additional duties are listed.
 * Topics: 'list-entry' (a number the subdivision covers, subject 'note:20(f)'), 'list-exception' (a number it takes out again),
 * 'note-text' (the law text, for explanations and citations).
 */
export const usChapter99Notes = defineSource<Row>({
  id: 'us.chapter-99-notes',
  jurisdiction: 'US',
  title: 'U.S. notes of HTS chapter 99, subchapter III',
  publisher: { name: 'U.S. International Trade Commission', acronym: 'USITC', url: 'https://hts.usitc.gov' },
  licence: { name: 'US Government work, public domain', attribution: 'USITC' },
  records: ['reference'],
  validity: 'from-release',
  cadence: { cron: '47 6 * * *', timezone: 'America/New_York', staleAfter: 'P45D' },
  http: { minDelayMs: 500, userAgent: 'browser' },
  covers: { families: ['section-301', 'section-232'] },

  /** The newest release that has the PDF and, on later runs, every newer one: 750 pages each are not fetched for history. */
  async *discover({ fetch, known }) {
    const list = await fetch.get(RELEASE_LIST_URL, { expect: 'json' });
    if (list.outcome !== 'ok') return;
    const newest = known[0];
    const editions = editionsOf(list.body.toString('utf8')).filter(
      (edition) => newest === undefined || (edition.publishedAt ?? '') > newest.publishedAt,
    );
    const found = [];
    for (const edition of editions.toReversed()) {
      const file = (name: string) => `https://hts.usitc.gov/reststop/file?release=${edition.label}&filename=${name}`;
      if (!(await bytesAt(fetch, file('Chapter%2099'), { expect: 'pdf' }))) continue;
      found.push({
        ...edition,
        parts: [
          { part: 'chapter-99', url: file('Chapter%2099'), expect: 'pdf' as const },
          { part: 'change-record', url: file('Change%20Record'), expect: 'pdf' as const, optional: true },
        ],
      });
      if (newest === undefined) break;
    }
    yield* found.toReversed();
  },

  async describe(files, edition) {
    if (!files.has('change-record')) return {};
    const { effectiveDate } = parseChangeRecord(await pdfText(await files.read('change-record'), { firstPages: 1 }));
    return effectiveDate === null ? {} : { effectiveDate, effectiveBasis: `change record of ${edition.label}` };
  },

  parse: strictParse<Row>('chapter-99', async function* (files, edition) {
    const pages = await pdfText(await files.read('chapter-99'));
    const printed = printedRelease(pages);
    if (printed !== null && printed !== edition.label)
      throw new ParseFailure('chapter-99', `the file of ${edition.label} prints that it is of ${printed}`);
    const { subdivisions, issues } = parseChapter99Notes(pages);
    for (const issue of issues) yield { of: 'issue', issue };
    for (const subdivision of subdivisions) yield { of: 'subdivision', subdivision };
  }),

  async *normalise(rows, context) {
    for await (const row of rows) {
      if (row.of === 'issue') {
        context.issue({
          severity: row.issue.code === 'notes-missing' ? 'error' : 'warning',
          code: row.issue.code,
          message: row.issue.message,
        });
        continue;
      }
      const { subdivision } = row;
      yield noteText(subdivision);
      for (const number of subdivision.numbers) yield numberRecord(subdivision, number);
    }
  },

  expect: {
    min: { 'reference.list-entry': 20_000, 'reference.note-text': 3_000 },
    known: { 'reference.topic': ['list-entry', 'list-exception', 'note-text'] },
    removedShare: 0.15,
    golden: [
      { kind: 'reference', natural_key: 'note:20(f)/03021100', has: { subject: 'note:20(f)', code: '03021100' } },
      { kind: 'reference', natural_key: 'note:33(g)/8471', has: { subject: 'note:33(g)', code: '8471' } },
    ],
  },
});

export default usChapter99Notes;

/** The release that the page heads name, 'Harmonized Tariff Schedule of the United States Revision 6 (2026)'; null when they name none, or several. */
export function printedRelease(pages: readonly string[]): string | null {
  const HEAD =
    /Harmonized Tariff Schedule of the United States\s+(?:\((\d{4})\)\s+)?(?:Revision (\d+)|Basic(?: Edition)?)(?:\s+\((\d{4})\))?/gi;
  const named = new Set<string>();
  for (const page of pages)
    for (const [, before, revision, after] of page.matchAll(HEAD)) {
      const year = after ?? before;
      if (year !== undefined) named.add(`${year}HTS${revision === undefined ? 'Basic' : `Rev${revision}`}`);
    }
  const [only] = named;
  return only !== undefined && named.size === 1 ? only : null;
}

function noteText(subdivision: NoteSubdivision): ReferenceRecord {
  const { key, parent, heading, headings, text, page } = subdivision;
  return {
    kind: 'reference',
    natural_key: `note:${key}`,
    topic: 'note-text',
    code: null,
    subject: `note:${key}`,
    data: { note: key, parent, heading, headings, text, page },
  };
}

function numberRecord(subdivision: NoteSubdivision, number: NoteNumber): ReferenceRecord {
  const list = `note:${subdivision.key}`;
  // A number alone on a wrapped line of a description looks like a table; real tables are longer.
  const condition = number.table && subdivision.numbers.length > 5 ? null : conditionOf(subdivision);
  return {
    kind: 'reference',
    natural_key: `${list}/${number.digits}`,
    topic: number.use === 'excepted' ? 'list-exception' : 'list-entry',
    code: number.digits,
    subject: list,
    data: {
      list,
      role: 'law',
      note: subdivision.key,
      table: number.table,
      ...(subdivision.heading === null ? {} : { heading: subdivision.heading }),
      ...(condition === null ? {} : { condition }),
    },
  };
}

/**
 * Exclusions are numbered items: '(3) Ball bearings … (described in statistical reporting number 8482.10.5044)' covers those goods
 * only, '(1) 8412.21.0075' the whole number. Other sentences that name a number do not narrow it in a way one could tell here.
 */
function conditionOf(subdivision: NoteSubdivision): string | null {
  if (!/\(\d+\)$/.test(subdivision.key)) return null;
  const words = subdivision.text
    .replace(
      /\b(?:and|or|statistical reporting numbers?|subheadings?|headings?|prior to|effective|described in)\b/gi,
      '',
    )
    .replace(/[^a-z]/gi, '');
  return words.length > 12 ? 'described-article' : null;
}
