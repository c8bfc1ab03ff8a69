import type { ReferenceRecord } from '../../../transforms/records.ts';
import { europeanDate, validTime } from '../../../transforms/taric/european-date.ts';
import { legalBaseUrl } from '../../../transforms/taric/legal-base.ts';
import type { NormaliseContext } from '../../source.ts';
import { descriptionOf } from './nomenclature.ts';
import { requiredText, textOf, type SheetRecord } from './workbooks.ts';

/** One record per membership: `subject` is the group, `data.member` the country or area in it, with its own dates. */
export function* membershipRecords(rows: readonly SheetRecord[]): Generator<ReferenceRecord> {
  for (const record of rows) {
    const group = requiredText(record, 'Country group');
    const member = requiredText(record, 'Member country');
    const start = europeanDate(record.cells['Mbship start date'] ?? null);
    yield {
      kind: 'reference',
      natural_key: `geographical-area:${group}:${member}:${start ?? ''}`,
      topic: 'geographical-area',
      code: null,
      subject: group,
      data: { group, member },
      ...validTime(start, europeanDate(record.cells['Mbship end date'] ?? null)),
    };
  }
}

/** Descriptions by code and language: names of areas, texts of additional codes, footnotes and certificates. */
export function* descriptionRecords(
  topic: string,
  column: string,
  rows: readonly SheetRecord[],
): Generator<ReferenceRecord> {
  for (const record of rows) {
    const id = requiredText(record, column);
    const language = requiredText(record, 'Language');
    const start = europeanDate(record.cells['Start date'] ?? null);
    yield {
      kind: 'reference',
      natural_key: `${topic}:${id}:${language}:${start ?? ''}`,
      topic,
      code: null,
      subject: id,
      data: { language, description: descriptionOf(textOf(record, 'Description') ?? '') },
      ...validTime(start, europeanDate(record.cells['End date'] ?? null)),
    };
  }
}

export function* legalBaseRecords(rows: readonly SheetRecord[]): Generator<ReferenceRecord> {
  for (const record of rows) {
    const id = requiredText(record, 'Legal base');
    const published = europeanDate(record.cells['Publ. date'] ?? null);
    yield {
      kind: 'reference',
      natural_key: `legal-base:${id}`,
      topic: 'legal-base',
      code: null,
      subject: id,
      data: {
        journal: textOf(record, 'Off. Journal'),
        page: textOf(record, 'Page'),
        published,
        url: legalBaseUrl(id),
      },
      ...validTime(published, null),
    };
  }
}

/** Names of measure types, as the rows of the duties print them. */
export function* measureTypeRecords(
  rows: readonly SheetRecord[],
  context: NormaliseContext,
): Generator<ReferenceRecord> {
  const names = new Map<string, string>();
  for (const record of rows) {
    const type = requiredText(record, 'Meas. type code');
    const name = textOf(record, 'Measure type') ?? '';
    const before = names.get(type);
    if (before === undefined) names.set(type, name);
    else if (before !== name) {
      const message = `measure type ${type} is called '${before}' and '${name}'`;
      context.issue({ severity: 'warning', code: 'two-names', message, place: { row: record.row } });
    }
  }
  for (const [type, description] of names) {
    yield {
      kind: 'reference',
      natural_key: `measure-type:${type}`,
      topic: 'measure-type',
      code: null,
      subject: type,
      data: { description },
      ...validTime(null, null),
    };
  }
}
