import { significantDigits } from '../../../transforms/code.ts';
import { plainText } from '../../../transforms/gb/plain-text.ts';
import type { NomenclatureRecord } from '../../../transforms/records.ts';
import { europeanDate, validTime } from '../../../transforms/taric/european-date.ts';
import { lineKey, treeByParents } from '../../../transforms/tree.ts';
import type { NormaliseContext } from '../../source.ts';
import { reportFaults } from '../../tree-faults.ts';
import { filled, type TableRow } from './tables.ts';

/**
 * The commodity tree. It follows `parent__sid` only, since codes share digits across suffixes. A superseded line may never have been
 * ended (it then stands beside its successor): of lines with the same code and suffix the one that starts last is kept, and the
 * children of the others move to it.
 */
export function* commodityRecords(rows: readonly TableRow[], context: NormaliseContext): Generator<NomenclatureRecord> {
  const newest = new Map<string, TableRow>();
  const keyOfSid = new Map<string, string>();
  let superseded = 0;
  for (const row of rows) {
    const key = keyOf(row);
    keyOfSid.set(filled(row, 'commodity__sid'), key);
    const other = newest.get(key);
    if (other) superseded += 1;
    if (!other || startOf(row) > startOf(other)) newest.set(key, row);
  }
  if (superseded > 0) {
    const message = `${superseded} lines are superseded by a later one of the same code and suffix`;
    context.issue({ severity: 'info', code: 'superseded-lines', message, place: { lines: superseded } });
  }
  const lines = [...newest.values()].map((row) => ({
    itemId: filled(row, 'commodity__code'),
    suffix: filled(row, 'commodity__suffix'),
    row,
  }));
  const { lines: placed, faults } = treeByParents(lines, ({ row }) => {
    const sid = row.cells['parent__sid'] ?? null;
    return sid === null ? null : (keyOfSid.get(sid) ?? `sid ${sid}`);
  });
  reportFaults(faults, context);
  for (const { line, key, parentKey, ancestors, depth, declarable } of placed) {
    const { cells } = line.row;
    yield {
      kind: 'goods_nomenclature',
      natural_key: key,
      item_id: line.itemId,
      productline_suffix: line.suffix,
      code: line.suffix === '80' ? significantDigits(line.itemId) : null,
      parent_key: parentKey,
      ancestors,
      depth,
      sort_key: `${line.itemId}${line.suffix}`,
      declarable,
      description: plainText(cells['commodity__description'] ?? ''),
      units: [],
      footnotes: [],
      attributes: {},
      ...validTime(
        europeanDate(cells['commodity__validity_start'] ?? null),
        europeanDate(cells['commodity__validity_end'] ?? null),
      ),
    };
  }
}

function keyOf(row: TableRow): string {
  return lineKey(filled(row, 'commodity__code'), filled(row, 'commodity__suffix'));
}

function startOf(row: TableRow): string {
  return row.cells['commodity__validity_start'] ?? '';
}
