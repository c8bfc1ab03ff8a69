import { significantDigits } from '../../../transforms/code.ts';
import { plainText } from '../../../transforms/gb/plain-text.ts';
import type { NomenclatureRecord } from '../../../transforms/records.ts';
import { europeanDate, validTime } from '../../../transforms/taric/european-date.ts';
import { lineKey, linesOfDate, treeByParents } from '../../../transforms/tree.ts';
import type { NormaliseContext } from '../../source.ts';
import { reportFaults, reportOtherTimes } from '../../tree-faults.ts';
import { filled, type TableRow } from './tables.ts';

/**
 * The commodity tree. It follows `parent__sid` only, since codes share digits across suffixes. A superseded line may never have been
 * ended (it then stands beside its successor): of lines with the same code and suffix that are in force on the version's date the one that
 * starts last is kept, and the children of the others move to it. A line that begins later does not displace the one in force.
 */
export function* commodityRecords(rows: readonly TableRow[], context: NormaliseContext): Generator<NomenclatureRecord> {
  const date = context.edition.effectiveDate;
  const lines = rows.map((row) => ({
    itemId: filled(row, 'commodity__code'),
    suffix: filled(row, 'commodity__suffix'),
    row,
    valid: validTime(
      europeanDate(row.cells['commodity__validity_start'] ?? null),
      europeanDate(row.cells['commodity__validity_end'] ?? null),
    ),
  }));
  const keyOfSid = new Map(
    lines.map(({ itemId, suffix, row }) => [filled(row, 'commodity__sid'), lineKey(itemId, suffix)]),
  );
  const { kept, superseded, otherTime } = linesOfDate(lines, ({ valid }) => valid, date);
  if (superseded.length > 0) {
    const message = `${superseded.length} lines are superseded by a later one of the same code and suffix`;
    context.issue({ severity: 'info', code: 'superseded-lines', message, place: { lines: superseded.length } });
  }
  reportOtherTimes(otherTime, context);
  const { lines: placed, faults } = treeByParents(kept, ({ row }) => {
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
      ...line.valid,
    };
  }
}
