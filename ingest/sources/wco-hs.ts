import { z } from 'zod';
import { midnight } from '../../transforms/dates.ts';
import { csvRecords } from '../../transforms/read/csv.ts';
import type { NomenclatureRecord, ReferenceRecord } from '../../transforms/records.ts';
import { defineSource } from '../source.ts';
import { strictNormalise } from '../strict-normalise.ts';
import { strictParse } from '../strict-parse.ts';

/**
 * The Harmonized System: chapters, headings, subheadings and the titles of the sections.
 * The WCO sells its own files; the open list is made from UN Comtrade's reference data by datasets/harmonized-system (ODC-PDDL).
 */

const BASE = 'https://raw.githubusercontent.com/datasets/harmonized-system/main';

type Row = { part: 'nomenclature' | 'sections'; cells: Record<string, string | null>; row: number };

const dataPackage = z.object({ version: z.string().regex(/^\d{4}\.\d+$/) });

const PARTS = { nomenclature: `${BASE}/data/harmonized-system.csv`, sections: `${BASE}/data/sections.csv` } as const;

export const wcoHs = defineSource<Row>({
  id: 'wco.hs',
  jurisdiction: 'XX',
  title: 'Harmonized System: sections, chapters, headings and subheadings',
  publisher: { name: 'World Customs Organization', acronym: 'WCO', url: 'https://www.wcoomd.org' },
  licence: { name: 'ODC-PDDL-1.0', attribution: 'datasets/harmonized-system, from UN Comtrade reference data' },
  records: ['goods_nomenclature', 'reference'],
  validity: 'from-release',
  cadence: { cron: '40 5 * * 1', timezone: 'Europe/Brussels', staleAfter: 'P5Y' },
  covers: { families: ['nomenclature'] },

  async *discover({ fetch }) {
    const answer = await fetch.get(`${BASE}/datapackage.json`, { expect: 'json' });
    if (answer.outcome === 'not-modified') return;
    const { version } = dataPackage.parse(JSON.parse(answer.body.toString('utf8').replace(/^\uFEFF/, '')));
    // An HS edition enters into force on 1 January of its year (Article 16 of the HS Convention); the list carries no other date.
    const start = `${version.slice(0, 4)}-01-01`;
    yield {
      label: `HS ${version}`,
      publishedAt: midnight(start),
      effectiveDate: start,
      parts: [
        { part: 'nomenclature', url: PARTS.nomenclature, expect: 'csv' },
        { part: 'sections', url: PARTS.sections, expect: 'csv' },
      ],
    };
  },

  parse: strictParse<Row>('list', async function* (files) {
    const columns = {
      nomenclature: ['section', 'hscode', 'description', 'parent', 'level'],
      sections: ['section', 'name'],
    };
    for (const part of ['sections', 'nomenclature'] as const) {
      const records = csvRecords(await files.read(part), columns[part]);
      for (const [index, cells] of records.entries()) yield { part, cells, row: index + 2 };
    }
  }),

  normalise: strictNormalise<Row>('list', async function* (rows, context) {
    const titles = new Map<string, string>();
    const chapters = new Map<string, string[]>();
    const lines: NomenclatureRecord[] = [];
    const parents = new Set<string>();
    for await (const { part, cells, row } of rows) {
      const section = cells['section'] ?? '';
      const code = cells['hscode'] ?? '';
      if (part === 'sections') {
        titles.set(section, (cells['name'] ?? '').trim());
      } else if (code === 'TOTAL') {
        context.issue({
          severity: 'info',
          code: 'row-of-totals',
          message: 'the statistical total is no line of the HS',
          place: { row },
        });
      } else if (!/^(\d{2}){1,3}$/.test(code)) {
        context.issue({ severity: 'error', code: 'unknown-code', message: `no HS code: '${code}'`, place: { row } });
      } else {
        const ancestors = [code.slice(0, 4), code.slice(0, 2)].filter((prefix) => prefix.length < code.length);
        if (ancestors[0]) parents.add(ancestors[0]);
        if (code.length === 2) chapters.set(section, [...(chapters.get(section) ?? []), code]);
        lines.push(lineOf(code, cells['description'] ?? '', romanNumber(section), ancestors));
      }
    }
    const keys = new Set(lines.map((line) => line.natural_key));
    for (const line of lines) {
      const parent = line.parent_key;
      if (parent !== null && !keys.has(parent)) {
        context.issue({
          severity: 'error',
          code: 'parent-missing',
          message: `no line ${parent} above ${line.code ?? ''}`,
        });
      }
      yield { ...line, declarable: !parents.has(line.natural_key) };
    }
    for (const [numeral, title] of titles) yield sectionOf(numeral, title, chapters.get(numeral) ?? []);
  }),

  expect: {
    min: { goods_nomenclature: 6_500, 'reference.section': 21 },
    max: { goods_nomenclature: 7_500, 'reference.section': 22 },
    removedShare: 0.15,
    modifiedShare: 0.3,
    known: { 'reference.topic': ['section'] },
    golden: [
      { natural_key: '010121', kind: 'goods_nomenclature', has: { parent_key: '0101', depth: 2 } },
      { natural_key: '8471', kind: 'goods_nomenclature', has: { parent_key: '84', depth: 1 } },
    ],
  },
});

function lineOf(code: string, description: string, section: number | null, ancestors: string[]): NomenclatureRecord {
  return {
    kind: 'goods_nomenclature',
    natural_key: code,
    item_id: code,
    productline_suffix: null,
    code,
    parent_key: ancestors[0] ?? null,
    ancestors,
    depth: ancestors.length,
    sort_key: code,
    declarable: false,
    description: description.trim(),
    units: [],
    footnotes: [],
    // Chapter 99 ('not specified according to kind') belongs to UN Comtrade, the Convention leaves it to the parties: no section.
    attributes: section === null ? { statistical_only: true } : { section },
  };
}

function sectionOf(numeral: string, title: string, chapters: string[]): ReferenceRecord {
  const number = romanNumber(numeral);
  if (number === null) throw new Error(`section '${numeral}' is no Roman numeral`);
  return {
    kind: 'reference',
    natural_key: `section:${number}`,
    topic: 'section',
    code: null,
    subject: String(number),
    data: { number, numeral, title, chapters },
  };
}

/** I to XXXIX; null for anything else ('TOTAL'). */
function romanNumber(numeral: string): number | null {
  const match = /^(X{0,3})(IX|IV|V?I{0,3})$/.exec(numeral);
  if (!match || numeral === '') return null;
  const units =
    { IX: 9, IV: 4 }[match[2] ?? ''] ?? ((match[2] ?? '').startsWith('V') ? 4 : 0) + (match[2] ?? '').length;
  return (match[1] ?? '').length * 10 + units;
}
