import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sheetRecords, textOf } from '../../ingest/sources/eu-taric/workbooks.ts';
import { csvRecords } from '../../transforms/read/csv.ts';
import { treeByIndents, treeByParents, type Tree, type TreeLine } from '../../transforms/tree.ts';
import { sharedFile } from '../support/edition-load.ts';

const shared = new URL('../../../shared/', import.meta.url);
const present = existsSync(shared);
if (!present) console.warn('skipped: no ../shared with the nomenclatures');

const sets: Record<string, { golden: string; tree: () => Promise<Tree<Omit<TreeLine, 'indents'>>> }> = {
  'v1.0.0': {
    golden: 'uk v1.0.0 commodities-report (TARIC copy Nov 2019)',
    tree: () => Promise.resolve(ukTree('v1.0.0')),
  },
  'v1.0.1': {
    golden: 'uk v1.0.1 commodities-report (UK list Jan 2021)',
    tree: () => Promise.resolve(ukTree('v1.0.1')),
  },
  '2026-04': { golden: 'circabc 2026-04 Nomenclature EN', tree: euTree },
};

function ukTree(version: string) {
  const columns = ['commodity__code', 'commodity__suffix', 'parent__code', 'parent__suffix'] as const;
  const rows = csvRecords(sharedFile(`mirror/uk/data-api/${version}/commodities-report.csv.gz`), columns, {
    nullToken: '#NA',
  });
  const lines = rows.map((row) => ({
    itemId: row.commodity__code ?? '',
    suffix: row.commodity__suffix ?? '',
    parent: row.parent__code === null ? null : `${row.parent__code}-${row.parent__suffix ?? ''}`,
  }));
  return treeByParents(lines, (line) => line.parent);
}

async function euTree() {
  const lines: TreeLine[] = [];
  for await (const record of sheetRecords(
    'nomenclature',
    sharedFile('mirror/eu/circabc/2026-04/Nomenclature EN.xlsx'),
  )) {
    const [itemId = '', suffix = ''] = (textOf(record, 'Goods code') ?? '').split(' ');
    lines.push({ itemId, suffix, indents: (textOf(record, 'Indent') ?? '').replaceAll(' ', '').length });
  }
  return treeByIndents(lines);
}

describe.skipIf(!present)('nomenclature trees', () => {
  it.each(Object.entries(sets))('%s has the counted rows, suffixes, leaves and depth', async (_, { golden, tree }) => {
    const { lines, faults } = await tree();
    const truth = new Map(
      csvRecords(sharedFile('golden/eu-uk/nomenclature_truths.csv'), ['set', 'property', 'value'])
        .filter((row) => row.set === golden)
        .map((row) => [row.property, Number(row.value)]),
    );
    const withSuffix = (...suffixes: string[]) => lines.filter((each) => suffixes.includes(each.line.suffix)).length;
    expect(truth.size).toBe(10);
    expect({
      rows: lines.length,
      rows_suffix_80: withSuffix('80'),
      rows_suffix_10: withSuffix('10'),
      rows_suffix_20: withSuffix('20'),
      rows_other_suffix: lines.length - withSuffix('80', '10', '20'),
      chapters: lines.filter((each) => each.depth === 0).length,
      declarable_leaves: lines.filter((each) => each.declarable).length,
      max_depth_edges: Math.max(...lines.map((each) => each.depth)),
      leaves_with_a_suffix80_ancestor_outside_the_8_6_4_2_prefixes: faults.length,
      leaves_whose_suffix80_ancestors_differ_from_the_existing_prefixes: faults.length,
    }).toEqual(Object.fromEntries(truth));
  });

  it.each(['v1.0.0', '2026-04'])('%s gives the sampled parents', async (set) => {
    const { lines } = (await sets[set]?.tree()) ?? { lines: [] };
    const byKey = new Map(lines.map((each) => [each.key, each]));
    const columns = ['set', 'code', 'suffix', 'parent_code', 'parent_suffix', 'declarable'] as const;
    const sample = csvRecords(sharedFile('golden/eu-uk/nomenclature_parents_sample.csv'), columns).filter((row) =>
      row.set?.includes(set),
    );
    expect(sample).toHaveLength(60);
    for (const row of sample) {
      const found = byKey.get(`${row.code ?? ''}-${row.suffix ?? ''}`);
      expect([row.code, found?.parentKey, found?.declarable]).toEqual([
        row.code,
        row.parent_code ? `${row.parent_code}-${row.parent_suffix ?? ''}` : null,
        row.declarable === 'yes',
      ]);
    }
  });
});
