import { midnight } from '../../transforms/dates.ts';
import { pdfText } from '../../transforms/read/pdf-text.ts';
import type { ReferenceRecord } from '../../transforms/records.ts';
import { amendedLists, annexRows } from '../../transforms/us/annex-rows.ts';
import { parseChapter99Notes } from '../../transforms/us/chapter-99-notes.ts';
import { registerItems } from '../../transforms/us/federal-register-xml.ts';
import { bytesAt } from '../file-edition.ts';
import { ParseFailure } from '../parse-failure.ts';
import { defineSource, type NormaliseContext } from '../source.ts';
import { strictParse } from '../strict-parse.ts';
import { DOCUMENTS, type RegisterDocument } from './us-federal-register/documents.ts';

/** A number on a list of a document, or a page of it that is only a picture. */
type Row =
  | { of: 'number'; part: string; digits: string; description: string; scope: string | null; metal: string | null }
  | { of: 'image'; id: string };

const CONDITION: Readonly<Record<string, string>> = {
  Ex: 'described-article',
  Aircraft: 'civil-aircraft-use',
  Pharma: 'pharmaceutical-use',
};

/** Lists of goods in Federal Register documents and annexes of proclamations, read from the official files. */
export const usFederalRegister = defineSource<Row>({
  id: 'us.federal-register',
  jurisdiction: 'US',
  title: 'Lists in Federal Register documents and annexes',
  publisher: { name: 'Office of the Federal Register', acronym: 'OFR', url: 'https://www.federalregister.gov' },
  licence: { name: 'US Government work, public domain', attribution: 'US Government' },
  records: ['reference'],
  // One document adds its lists to those of the documents before it.
  validity: 'delta',
  cadence: { cron: '20 7 * * *', timezone: 'America/New_York', staleAfter: 'P400D' },
  http: { minDelayMs: 1000 },
  covers: { families: [] },

  async *discover({ fetch, known }) {
    for (const [at, document] of DOCUMENTS.entries()) {
      if (known.some((release) => release.label === document.document)) continue;
      if (!(await bytesAt(fetch, document.url))) continue;
      yield {
        label: document.document,
        // Documents of one day keep their order by a millisecond each.
        publishedAt: midnight(document.published).replace('.000Z', `.${String(sameDayBefore(at)).padStart(3, '0')}Z`),
        effectiveDate: document.effective,
        parts: [{ part: 'document', url: document.url, expect: document.kind === 'register-xml' ? 'xml' : 'pdf' }],
      };
    }
  },

  parse: strictParse<Row>('document', async function* (files, edition) {
    const document = documentOf(edition.label);
    const bytes = await files.read('document');
    if (document.kind === 'register-xml') {
      for await (const item of registerItems([bytes])) {
        if (item.of === 'image') yield item;
        if (item.of !== 'row') continue;
        const [number = '', description = '', scope = ''] = item.cells;
        const digits = number.replaceAll('.', '');
        if (!/^\d{4,10}$/.test(digits))
          throw new ParseFailure('document', `a table row begins with '${number}'`, { excerpt: item.cells });
        yield {
          of: 'number',
          part: 'annex',
          digits,
          description,
          scope: scope === '' ? null : scope.replace(/\.$/, ''),
          metal: null,
        };
      }
      return;
    }
    const pages = await pdfText(bytes);
    if (document.kind === 'notes-pdf') {
      for (const { key, numbers } of parseChapter99Notes(pages).subdivisions)
        if (key in document.parts)
          for (const { digits, use } of numbers)
            if (use !== 'excepted')
              yield { of: 'number', part: key, digits, description: '', scope: null, metal: null };
      return;
    }
    // Scans carry no text: a handful of characters is a page number.
    for (const [index, page] of pages.entries())
      if (page.trim().length < 20) yield { of: 'image', id: `page ${index + 1}` };
    if (document.kind === 'annex-pdf') {
      for (const row of annexRows(pages)) if (row.part in document.parts) yield { of: 'number', ...row };
      return;
    }
    for (const { part, numbers } of amendedLists(pages))
      if (part in document.parts)
        for (const digits of numbers) yield { of: 'number', part, digits, description: '', scope: null, metal: null };
  }),

  async *normalise(rows, context) {
    const document = documentOf(context.edition.label);
    const counts = new Map<string, number>();
    const images: string[] = [];
    const keys = new Set<string>();
    for await (const row of rows) {
      if (row.of === 'image') {
        images.push(row.id);
        continue;
      }
      counts.set(row.part, (counts.get(row.part) ?? 0) + 1);
      const record = recordOf(document, row);
      if (keys.has(record.natural_key)) {
        context.issue({
          severity: 'info',
          code: 'list-row-repeated',
          message: `${record.natural_key} is printed twice`,
        });
        continue;
      }
      keys.add(record.natural_key);
      yield record;
    }
    checkCounts(document, counts, images, context);
  },

  // A document whose annex is images has no records, and says so in an issue.
  expect: {
    // Each edition is another document: its size says nothing about the next.
    sizeShare: Infinity,
    min: {},
  },
});

export default usFederalRegister;

function sameDayBefore(at: number): number {
  return DOCUMENTS.slice(0, at).filter((document) => document.published === DOCUMENTS[at]?.published).length;
}

function documentOf(label: string): RegisterDocument {
  const document = DOCUMENTS.find((candidate) => candidate.document === label);
  if (!document) throw new ParseFailure('document', `no declared document '${label}'`, {});
  return document;
}

function recordOf(document: RegisterDocument, row: Row & { of: 'number' }): ReferenceRecord {
  const part = document.parts[row.part];
  const subject = `fr:${document.document}/${row.part}`;
  const metal = row.metal ?? part?.metal ?? null;
  const condition = row.scope === null ? undefined : CONDITION[row.scope];
  return {
    kind: 'reference',
    natural_key: [subject, row.digits, row.metal].filter((piece) => piece !== null).join('/'),
    topic: 'list-entry',
    code: row.digits,
    subject,
    data: {
      list: subject,
      role: document.role,
      citation: document.document,
      url: document.url,
      ...(part?.heading === undefined ? {} : { heading: part.heading }),
      ...(part?.area === undefined ? {} : { area: part.area }),
      ...(metal === null ? {} : { metal }),
      ...(row.scope === null ? {} : { scope: row.scope }),
      ...(condition === undefined ? {} : { condition }),
      ...(row.description === '' ? {} : { description: row.description }),
    },
    valid_from: row.scope === 'Addition' ? document.effective : (document.restatedFrom ?? document.effective),
    ...(document.to === undefined ? {} : { valid_to: document.to }),
  };
}

/** A list that shrank to nothing without a word is the worst outcome: every count is checked, images are named. */
function checkCounts(
  document: RegisterDocument,
  counts: ReadonlyMap<string, number>,
  images: readonly string[],
  context: NormaliseContext,
): void {
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  if (images.length > 0 && total === 0)
    context.issue({
      severity: 'warning',
      code: 'annex-is-images',
      message: `${document.title}: the annex is ${images.length} page images (${images[0] ?? ''} to ${images.at(-1) ?? ''}); its numbers are in no text, import a reviewed list`,
      place: { document: document.document },
    });
  else if (images.length > 0)
    context.issue({
      severity: 'warning',
      code: 'annex-has-images',
      message: `${document.title}: ${images.length} pages are images (${images.join(', ')})`,
    });
  for (const [part, { numbers }] of Object.entries(document.parts)) {
    const found = counts.get(part) ?? 0;
    if (found === numbers) continue;
    const severity = found === 0 ? 'error' : 'warning';
    context.issue({
      severity,
      code: 'annex-count',
      message: `${document.title}, ${part}: ${found} numbers, ${numbers} when it was reviewed`,
    });
  }
}
