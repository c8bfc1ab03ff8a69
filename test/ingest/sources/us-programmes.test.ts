import { describe, expect, it } from 'vitest';
import {
  declaredBytes,
  declaredEditions,
  programmesKnownOn,
  usProgrammes,
} from '../../../ingest/sources/us-programmes.ts';
import { DECLARATIONS } from '../../../ingest/sources/us-programmes/all.ts';
import { referenceRecord } from '../../../transforms/records.ts';
import { FACTS } from '../../../transforms/stacking/facts.ts';
import {
  programmeData,
  type Condition,
  type HeadingRow,
  type ProgrammeData,
} from '../../../transforms/stacking/programme.ts';
import { editionFiles } from '../../support/edition-files.ts';
import { collect, contextFor } from '../../support/source-run.ts';

const newest = declaredEditions().at(-1)?.label ?? '';
const rows = programmesKnownOn(newest);
const isHeading = (data: ProgrammeData): data is HeadingRow => data.kind === 'heading';

describe('us.programmes', () => {
  it('has one edition per date of publication, oldest first, with its own bytes', () => {
    const editions = declaredEditions();
    const labels = editions.map((edition) => edition.label);
    expect(labels).toEqual([...new Set(labels)].sort());
    expect(labels).toContain('2026-02-20');
    for (const edition of editions) expect(edition.url).toBe(`declared:us.programmes/${edition.label}`);
    expect(editions.at(-1)?.bytes().equals(declaredBytes(newest))).toBe(true);
  });

  it('emits valid records of every edition', async () => {
    for (const { label, publishedAt, bytes } of declaredEditions().slice(-3)) {
      const edition = { label, publishedAt, effectiveDate: null, parts: [] };
      const files = editionFiles({ programmes: bytes() });
      const records = await collect(
        usProgrammes.normalise(usProgrammes.parse(files, edition), contextFor(edition, [])),
      );
      expect(records.length).toBe(programmesKnownOn(label).length);
      for (const record of records) {
        if (record.kind !== 'reference') throw new Error('only reference records');
        const { data } = referenceRecord.parse(record);
        expect(programmeData.parse(data).program).toBe(record.subject);
      }
      expect(new Set(records.map((record) => record.natural_key)).size).toBe(records.length);
    }
  });

  it('knows an end only from the act that brought it', () => {
    const end = (known: string) =>
      programmesKnownOn(known).find((row) => row.natural_key === 'us.ieepa.reciprocal:9903.01.25:2025-04-05')?.valid_to;
    expect([end('2026-02-19'), end('2026-02-20')]).toEqual([null, '2026-02-24']);
    const floor = (known: string) =>
      programmesKnownOn(known).some((row) => row.natural_key === 'us.ieepa.reciprocal:9903.02.80:2025-11-14');
    expect([floor('2025-12-03'), floor('2025-12-04')]).toEqual([false, true]);
  });

  it('lets no two periods of one heading overlap, unless their goods are told apart', () => {
    const groups = new Map<string, typeof rows>();
    for (const row of rows) {
      if (!isHeading(row.data) || row.data.heading === null) continue;
      const key = `${row.data.heading} ${row.natural_key.split(':')[3] ?? ''} ${JSON.stringify(row.data.area)} ${JSON.stringify(row.data.scope)}`;
      groups.set(key, [...(groups.get(key) ?? []), row]);
    }
    for (const [key, periods] of groups) {
      const sorted = periods.sort((one, other) => (one.valid_from < other.valid_from ? -1 : 1));
      sorted.forEach((period, index) => {
        const next = sorted[index + 1];
        if (next) expect(period.valid_to !== null && period.valid_to <= next.valid_from, key).toBe(true);
      });
    }
  });

  it('names only programmes that exist in what a heading yields to, and no two that yield to each other on a day', () => {
    const headings = rows.flatMap((row) => (isHeading(row.data) ? [{ ...row, data: row.data }] : []));
    const programs = new Set(headings.map((row) => row.data.program));
    const edges = headings.flatMap((row) =>
      row.data.yields_to.flatMap((relation) =>
        relation.programs.map((to) => ({
          from: row.data.program,
          to,
          start: [row.valid_from, relation.valid_from ?? ''].sort().at(-1) ?? '',
          end: [row.valid_to ?? '9999', relation.valid_to ?? '9999'].sort()[0] ?? '',
        })),
      ),
    );
    for (const edge of edges) expect(programs.has(edge.to), edge.to).toBe(true);
    for (const edge of edges.filter((one) => one.start < one.end))
      for (const back of edges)
        if (back.from === edge.to && back.to === edge.from)
          expect(
            back.start < edge.end && edge.start < back.end && back.start < back.end,
            `${edge.from} and ${edge.to}`,
          ).toBe(false);
  });

  it('cites an act for every row, and asks only for facts of the registry', () => {
    const names = new Set(FACTS.map((fact) => fact.name));
    const asked = (condition: Condition): string[] => {
      if (condition.op === 'fact' || condition.op === 'fact_below' || condition.op === 'fact_at_least')
        return [condition.name];
      if (condition.op === 'all' || condition.op === 'any') return condition.of.flatMap(asked);
      return condition.op === 'not' ? asked(condition.of) : [];
    };
    for (const { data } of rows) {
      expect(data.acts.length).toBeGreaterThan(0);
      if (!isHeading(data)) continue;
      const conditions = [data.scope, ...data.exceptions.map((exception) => exception.when)];
      // 'law:' names what no importer can declare.
      for (const name of conditions.flatMap(asked).filter((one) => !one.startsWith('law:')))
        expect(names.has(name), name).toBe(true);
      for (const name of data.presumption?.facts ?? []) expect(names.has(name), name).toBe(true);
    }
  });

  it('declares the sixty economies of note 52 and the countries of both reciprocal phases', () => {
    const of = (program: string, from: string) =>
      DECLARATIONS.flatMap(({ data, from: start }) =>
        data.kind === 'heading' && data.program === program && start === from ? [data.area.countries ?? []] : [],
      );
    const economies = of('us.section-301.forced-labor', '2026-07-24');
    expect(economies.length).toBe(60);
    expect(new Set(economies.flat()).size).toBe(59 + 27);
    // 67 single countries with a rate, then the EU and the countries whose rate a deal replaced on the day.
    expect(new Set(of('us.ieepa.reciprocal', '2025-08-07').flat()).size).toBe(68 + 27);
    expect(new Set(of('us.ieepa.reciprocal', '2025-04-09').flat()).size).toBe(56 + 27 + 2);
  });
});
